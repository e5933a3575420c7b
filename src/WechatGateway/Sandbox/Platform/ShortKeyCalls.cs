using System.Text;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Short keys for long data (短key托管): /cgi-bin/shorten/gen and fetch.</summary>
internal static class ShortKeyCalls
{
    const int DataBytes = 4096;
    const int MostSeconds = 2_592_000;
    const int KeyLength = 15;

    public static object Make(PlatformCall call)
    {
        var data = call.Required("long_data", 44002);
        if (Encoding.UTF8.GetByteCount(data) > DataBytes) throw new PlatformError(45002, "content size out of limit", "long_data 最大 4KB。");
        var seconds = call.Body.Number("expire_seconds") ?? MostSeconds;
        if (seconds is < 1 or > MostSeconds) throw new PlatformError(40097, "invalid args", "expire_seconds 最大 2592000（30 天）。");
        var key = SandboxState.RandomText(KeyLength);
        call.State.ShortKeys.Put(key, new(key, call.Account.AppId, data, call.Now, call.Now.AddSeconds(seconds)));
        return new { errcode = 0, errmsg = "ok", short_key = key };
    }

    public static object Fetch(PlatformCall call)
    {
        var key = call.State.ShortKeys[call.Required("short_key", 40097)];
        if (key is null || key.AppId != call.Account.AppId || key.ExpiresAt <= call.Now)
            throw new PlatformError(40097, "invalid args", "short_key 不存在、已过期，或属于别的账号。");
        return new
        {
            errcode = 0, errmsg = "ok", long_data = key.Data, create_time = key.CreatedAt.ToUnixTimeSeconds(),
            expire_seconds = (long)(key.ExpiresAt - call.Now).TotalSeconds,
        };
    }
}

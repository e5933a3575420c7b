using System.Text.Json;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>A file that came as multipart form data.</summary>
internal sealed record UploadedFile(string FileName, string ContentType, byte[] Bytes);

/// <summary>One call of the product to the platform, already read; its handler runs under the state's lock.</summary>
internal sealed class PlatformCall(SandboxPlatform platform, HttpContext http, string path, DateTimeOffset now, byte[] raw, UploadedFile? file)
{
    JsonDocument? body;
    SandboxAccount? account;

    public SandboxPlatform Platform => platform;
    public SandboxState State => platform.State;
    public SandboxLimits Limits => platform.Limits;
    public DateTimeOffset Now => now;
    public string Path => path;
    public UploadedFile? File => file;
    public HttpRequest Request => http.Request;
    public string RawBody => System.Text.Encoding.UTF8.GetString(raw);

    /// <summary>The account that the access token or the appid named; known after that was checked.</summary>
    public SandboxAccount Account
    {
        get => account ?? throw new InvalidOperationException($"{path} has not named its account yet");
        set => account = value;
    }

    /// <summary>The answer of a call that has nothing to tell.</summary>
    public static object Ok { get; } = new { errcode = 0, errmsg = "ok" };

    public string? AppIdIfKnown => account?.AppId;
    /// <summary>A text field of multipart form data.</summary>
    public string? Form(string name) => http.Request.HasFormContentType && http.Request.Form.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The JSON body; 44002 when there is none, 47001 when it is not JSON in UTF-8.</summary>
    public JsonElement Body => (body ??= Parse()).RootElement;

    /// <summary>A required text field of the body, 47001 by default when it is missing.</summary>
    public string Required(string name, int code = 47001) => Body.Text(name) is { Length: > 0 } text
        ? text
        : throw new PlatformError(code, $"data format error: {name} is missing", $"请求缺少必填字段 {name}。");

    /// <summary>The follower of this account that an openid names; 40003 when the account does not know it.</summary>
    public Follower Follower(string? openId) =>
        openId is { Length: > 0 } && State.Followers.TryGet(openId, out var follower) && follower.AppId == Account.AppId
            ? follower
            : throw new PlatformError(40003, "invalid openid", "openid 不属于这个账号：每个账号下的 openid 各不相同，不能混用。");

    JsonDocument Parse()
    {
        if (raw.Length == 0) throw new PlatformError(44002, "empty post data", "请求体为空，这个接口要求 POST 一段 JSON。");
        try
        {
            _ = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(raw);
            var document = JsonDocument.Parse(raw);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            // Answered below, the same way as JSON that is no object.
        }
        throw new PlatformError(47001, "data format error", "请求体不是 UTF-8 编码的 JSON 对象。");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Services.Customers;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Callback;

/// <summary>A genuine callback on its way through the gateway.</summary>
/// <param name="Account">The account that it came to.</param>
/// <param name="Inbound">The message or event.</param>
/// <param name="Key">64 hex characters, alike for all attempts of the same callback: the idempotency key of all its effects.</param>
internal sealed record Question(GatewayAccount Account, Inbound Inbound, string Key)
{
    private const int MostOnStack = 512;

    public static Question From(GatewayAccount account, Wechat.Client.Callbacks.Callback callback) => new(account, callback.Inbound, KeyOf(account.AppId, callback.DeduplicationKey));

    /// <summary>The key as a number of half its length: what a process remembers of many callbacks is short.</summary>
    public UInt128 Id => UInt128.Parse(Key.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Does a customer wait for words? Other events are told again by WeChat when they fail.</summary>
    public bool ExpectsReply => Inbound is InboundMessage and not UnknownMessage
        or MenuClickEvent or ScanCodeWaitEvent or ScanCodePushEvent or LocationSelectEvent or SubscribeEvent or ScanEvent;

    /// <summary>Who asks; null when the sender is no person.</summary>
    public OpenId? Sender { get; } = OpenId.TryParse(Inbound.OpenId, null, out var openId) ? openId : null;

    private static string KeyOf(string appId, string callback)
    {
        var most = Encoding.UTF8.GetMaxByteCount(appId.Length + 1 + callback.Length);
        var text = most <= MostOnStack ? stackalloc byte[most] : new byte[most];
        var length = Encoding.UTF8.GetBytes(appId, text);
        text[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(callback, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return Convert.ToHexStringLower(hash);
    }
}

/// <summary>What handling a callback came to.</summary>
/// <param name="Outcome">For counters: <c>answered</c>, <c>silent</c>, <c>ignored</c>, <c>event</c>.</param>
/// <param name="Text">What the customer is told; null for nothing.</param>
internal sealed record Handled(string Outcome, string? Text = null);

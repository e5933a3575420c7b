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
    public static Question From(GatewayAccount account, Wechat.Client.Callbacks.Callback callback) => new(
        account, callback.Inbound, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.AppId}\n{callback.DeduplicationKey}"))));

    /// <summary>The key as a number of half its length: what a process remembers of many callbacks is short.</summary>
    public UInt128 Id => UInt128.Parse(Key.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Does a customer wait for words? Other events are told again by WeChat when they fail.</summary>
    public bool ExpectsReply => Inbound is InboundMessage and not UnknownMessage
        or MenuClickEvent or ScanCodeWaitEvent or ScanCodePushEvent or LocationSelectEvent or SubscribeEvent or ScanEvent;

    /// <summary>Who asks; null when the sender is no person.</summary>
    public OpenId? Sender => OpenId.TryParse(Inbound.OpenId, null, out var openId) ? openId : null;
}

/// <summary>What handling a callback came to.</summary>
/// <param name="Outcome">For counters: <c>answered</c>, <c>silent</c>, <c>ignored</c>, <c>event</c>.</param>
/// <param name="Text">What the customer is told; null for nothing.</param>
internal sealed record Handled(string Outcome, string? Text = null);

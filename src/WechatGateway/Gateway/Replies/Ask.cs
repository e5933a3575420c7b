using Courier.Kernel;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Replies;

/// <summary>What a customer did, as the reply rules see it.</summary>
/// <param name="Account">The account that it came to.</param>
/// <param name="Inbound">The message or event.</param>
/// <param name="Customer">Who did it.</param>
/// <param name="Key">Alike for all attempts of the same callback: the idempotency key of effects.</param>
internal sealed record Ask(GatewayAccount Account, Inbound Inbound, CustomerId Customer, string Key)
{
    private string? _words;

    public OpenId OpenId { get; } = OpenId.Parse(Inbound.OpenId);

    public ChannelAddress Channel => new("wechat", Account.AppId, Inbound.OpenId);

    /// <summary>Typed, spoken or clicked words; null when it was something else.</summary>
    public string? Text { get; } = Inbound switch
    {
        TextMessage text => text.Content.Trim(),
        VoiceMessage { Recognition: { Length: > 0 } heard } => heard.Trim().TrimEnd('。', '！', '？', '，'),
        MenuClickEvent { EventKey: var key } when key.Any(IsChinese) => key.Trim(), // a sentence or a keyword; names of commands and numbers are no words
        _ => null,
    };

    /// <summary>The words for comparing: plain; empty when there are none. What is kept of them is kept <see cref="AsTyped"/>.</summary>
    public string Words => _words ??= Text is null ? "" : Plain(Text); // rule after rule asks for them

    /// <summary>Is there a Chinese word? Most messages are numbers, which need not be compared with what people say.</summary>
    public bool HasChinese => Words.AsSpan().ContainsAnyInRange('\u4e00', '\u9fff');

    /// <summary>A text in half-width form and simplified characters without blanks around it; as long as the text without them.</summary>
    public static string Plain(string text)
    {
        var trimmed = HalfWidth.Of(text).Trim();
        return string.Create(trimmed.Length, trimmed, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Traditional.Simplified(from[i]);
        });
    }

    /// <summary>A stretch of the words in the characters in which it was typed: a name or an address keeps its own.</summary>
    public string AsTyped(string stretch) =>
        Text is { } text && Words.LastIndexOf(stretch, StringComparison.Ordinal) is >= 0 and var at ? HalfWidth.Of(text).Trim()[at..(at + stretch.Length)] : stretch;

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';
}

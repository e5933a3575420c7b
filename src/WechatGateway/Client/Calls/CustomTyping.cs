using System.Text.Json.Serialization;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// custom/typing: shows the customer "对方正在输入" while an answer is being made, or takes it away. Its errors 45072, 45080 and 45081 can be ignored.
/// </summary>
/// <param name="OpenId">The customer.</param>
/// <param name="IsTyping">True to show it, false to take it away.</param>
public sealed record CustomTyping(string OpenId, bool IsTyping) : WechatCall<Done>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Post, "/cgi-bin/message/custom/typing");

    internal override HttpContent Content(WechatAccount account) =>
        Json(new TypingBody(OpenId, IsTyping ? "Typing" : "CancelTyping"), WechatJson.Relaxed.TypingBody);

    internal override Done Read(CallAnswer answer) => Done.Well;
}

/// <summary>Body of custom/typing.</summary>
internal sealed record TypingBody([property: JsonPropertyName("touser")] string ToUser, string Command);

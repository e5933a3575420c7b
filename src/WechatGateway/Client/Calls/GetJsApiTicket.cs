using System.Text;

namespace Courier.Wechat.Client.Calls;

/// <summary>ticket/getticket: the ticket that signs pages for the JS-SDK. <see cref="WechatClient.SignPageAsync"/> asks for it and keeps it.</summary>
public sealed record GetJsApiTicket : WechatCall<JsApiTicket>
{
    internal override CallSpec Spec { get; } = new(HttpMethod.Get, "/cgi-bin/ticket/getticket");

    internal override void AddQuery(QueryText query, WechatAccount account) => query.Add("type", "jsapi");

    internal override JsApiTicket Read(CallAnswer answer) => answer.Json(WechatJson.Relaxed.JsApiTicket);
}

/// <summary>A ticket. Its text form does not show it.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="ExpiresIn">Seconds that it is good for, 7200 when new.</param>
public sealed record JsApiTicket(string Ticket, int ExpiresIn)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("ExpiresIn = ").Append(ExpiresIn);
        return true;
    }
}

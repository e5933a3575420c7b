using System.Text.Encodings.Web;
using System.Text.Json;
using Courier.Wechat.Client.Errors;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// custom/send: a message to a customer who wrote, tapped or scanned within the window (48 hours or 1 minute). WeChat gives no
/// id and takes none, so a lost answer is ambiguous and is never repeated here.
/// Differs from the table in -1 (busy): the message may have gone out all the same. 45015 (window closed) and 45047 (count used up) are what to expect.
/// </summary>
/// <param name="OpenId">The customer.</param>
/// <param name="Message">What to send.</param>
/// <param name="KfAccount">The agent in whose name it is sent; null for the account itself.</param>
public sealed record SendCustomMessage(string OpenId, CustomMessage Message, string? KfAccount = null) : WechatCall<Done>
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly CallSpec Post = new(HttpMethod.Post, "/cgi-bin/message/custom/send");

    internal override CallSpec Spec => Post;

    internal override HttpContent Content(WechatAccount account)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json);
        return Json(buffer.ToArray());
    }

    internal override Done Read(CallAnswer answer) => Done.Well;

    internal override ErrorReaction? ReactionTo(int code) => code == -1 ? ErrorReaction.Ambiguous : base.ReactionTo(code);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("touser", OpenId);
        json.WriteString("msgtype", Message.Type);
        json.WritePropertyName(Message.Type);
        Message.Write(json);
        if (KfAccount is not null)
        {
            json.WriteStartObject("customservice");
            json.WriteString("kf_account", KfAccount);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}

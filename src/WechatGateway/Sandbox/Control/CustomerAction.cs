using System.Text.Json;
using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>
/// Something a customer does: what is pushed, what it opens, and how it looks in the chat. <see cref="Follows"/> tells that
/// the customer follows (true) or leaves (false) by it.
/// </summary>
internal sealed record CustomerAction(
    string Name, XElement Body, OpensWindow Opens, bool ShowsReply, ChatSide Side, string Text, object Data, bool? Follows = null, string Scene = "");

/// <summary>A request of the control API that cannot be done; answered 400 (or 409) with the reason.</summary>
internal sealed class ControlError(string message, int status = 400) : Exception(message)
{
    public int Status { get; } = status;
}

/// <summary>What every kind of action is built from.</summary>
internal sealed record ActionContext(SandboxPlatform Platform, SandboxAccount Account, Follower Person, JsonElement Message, string MediaBase)
{
    public string? Field(string name) => Message.Text(name);
    public string Required(string name) => Field(name) ?? throw new ControlError($"message.{name} is required for type {Field("type")}");

    public DateTimeOffset At => Message.Number("createTime") is { } given ? DateTimeOffset.FromUnixTimeSeconds(given) : Platform.Now;

    /// <summary>An inbound message; msgId and createTime may be given to repeat an earlier one, fields adds more elements.</summary>
    public CustomerAction Says(string type, string text, object data, OpensWindow opens, params XElement[] fields)
    {
        var msgId = Message.Number("msgId") ?? 24_000_000_000_000_000 + Platform.State.Next();
        var body = PushXml.Message(Account, Person.OpenId, At, type, msgId, [.. fields, .. Extra()]);
        return new(type, body, opens, true, ChatSide.FromCustomer, text, data);
    }

    public CustomerAction Event(string name, string text, OpensWindow opens, bool showsReply, params XElement[] fields) =>
        new(name, PushXml.Event(Account, Person.OpenId, At, name, [.. fields, .. Extra()]), opens, showsReply, ChatSide.Note, text, new { });

    IEnumerable<XElement> Extra() => Message.Field("fields") is { ValueKind: JsonValueKind.Object } fields
        ? fields.EnumerateObject().SelectMany(field => FromJson(field.Name, field.Value)) : [];

    static IEnumerable<XElement> FromJson(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [new XElement(name, value.EnumerateObject().SelectMany(inner => FromJson(inner.Name, inner.Value)))],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => FromJson(name, item)),
        JsonValueKind.Number => [new XElement(name, value.GetRawText())],
        _ => [PushXml.Text(name, value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText())],
    };
}

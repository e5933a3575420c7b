using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Callbacks;

/// <summary>The bodies that WeChat pushes: XML, and the JSON that mini-programs may choose, which keeps the XML's names.</summary>
internal static class PushXml
{
    public static XElement Text(string name, string? value) => new(name, new XCData(Clean(value ?? "")));
    public static XElement Number(string name, double value) => new(name, value.ToString("0.######", CultureInfo.InvariantCulture));

    public static XElement Message(SandboxAccount account, string openId, DateTimeOffset at, string type, long msgId, params XElement[] fields) =>
        new("xml", [.. Head(account, openId, at, type), .. fields, new XElement("MsgId", msgId)]);

    public static XElement Event(SandboxAccount account, string openId, DateTimeOffset at, string name, params XElement[] fields) =>
        new("xml", [.. Head(account, openId, at, "event"), Text("Event", name), .. fields]);

    public static Push ToPush(SandboxState state, SandboxAccount account, string openId, XElement body, string name, bool showsReply) => new()
    {
        Sequence = state.Next(),
        AppId = account.AppId,
        OpenId = openId,
        Body = IsJson(account) ? Json(body).ToJsonString(JsonFields.Wire) : Write(body),
        Name = name,
        ShowsReply = showsReply,
    };

    public static bool IsJson(SandboxAccount account) => account is { Kind: SandboxAccountKind.MiniProgram, Format: SandboxFormat.Json };

    /// <summary>The body as it goes over the wire: plain, with the encrypted text beside it, or only that.</summary>
    public static string Envelope(SandboxAccount account, string body, string encrypted)
    {
        if (IsJson(account))
        {
            var json = account.Mode == SandboxMode.Compatible ? JsonNode.Parse(body)!.AsObject() : new JsonObject { ["ToUserName"] = account.OriginalId };
            json["Encrypt"] = encrypted;
            return json.ToJsonString(JsonFields.Wire);
        }
        var xml = account.Mode == SandboxMode.Compatible ? Parse(body) : new XElement("xml", Text("ToUserName", account.OriginalId));
        xml.Add(Text("Encrypt", encrypted));
        return Write(xml);
    }

    /// <summary>Reads XML without DTDs, entities of its own or endless depth; throws XmlException.</summary>
    public static XElement Parse(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1024 * 1024 };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        return XElement.Load(reader);
    }

    /// <summary>Siblings of one name become a list; what is not in CDATA and looks like a number becomes one.</summary>
    public static JsonObject Json(XElement element)
    {
        var json = new JsonObject();
        foreach (var group in element.Elements().GroupBy(child => child.Name.LocalName))
        {
            var values = group.Select(Value).ToArray();
            json[group.Key] = values.Length == 1 ? values[0] : new JsonArray(values);
        }
        return json;
    }

    static JsonNode? Value(XElement element)
    {
        if (element.HasElements) return Json(element);
        if (element.FirstNode is not XCData && long.TryParse(element.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return element.FirstNode is not XCData && double.TryParse(element.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : element.Value;
    }

    static XElement[] Head(SandboxAccount account, string openId, DateTimeOffset at, string type) =>
    [
        Text("ToUserName", account.OriginalId),
        Text("FromUserName", openId),
        new("CreateTime", at.ToUnixTimeSeconds()),
        Text("MsgType", type),
    ];

    public static string Write(XElement element) => element.ToString(SaveOptions.DisableFormatting);
    static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.IsBmp ? XmlConvert.IsXmlChar((char)rune.Value) : true));
}

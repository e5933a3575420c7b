using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Courier.Simulator.Parcels;
using Courier.Simulator.Play;
using Courier.Simulator.Sms;

namespace Courier.Simulator.Replay;

/// <summary>
/// Writes what happened between two moments as a day's file. Nothing has to be switched on before: parcels, moves and texts
/// are in the simulator's memory, what customers did is in the platform's chats.
/// </summary>
internal sealed class DayRecorder(World world, SmsStore sms, SimulatorOptions options, HttpClient http)
{
    public async Task<string> Write(string name, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        bool Within(DateTimeOffset at) => at >= from && at < to;
        var parcels = world.Parcels.Where(parcel => Within(parcel.CreatedAt) || parcel.Past.Any(event_ => Within(event_.Time))).ToList();
        var lines = parcels.Select(parcel => Registered(parcel, from)).Concat<DayLine>(parcels.SelectMany(parcel => Moves(parcel, from, to))).ToList();
        foreach (var person in await People(ct))
        {
            var said = (await Chat(person.OpenId, ct)).Where(entry => Within(entry.At)).Select(entry => Said(person.OpenId, entry, from)).OfType<SayLine>().ToList();
            if (said.Count == 0 && !parcels.Any(parcel => person.Phone is not null && (parcel.Recipient.Phone == person.Phone || parcel.Sender.Phone == person.Phone))) continue;
            var follows = said.FirstOrDefault() is { } first && first.Message.GetProperty("type").GetString() == "subscribe" ? first : null;
            lines.Add(new CustomerLine(follows?.At ?? 0, person.OpenId, person.Nickname ?? "", person.Phone, person.UnionId));
            lines.AddRange(said.Where(line => line != follows));
            if (person.Phone is not null) lines.AddRange(sms.Inbox(person.Phone).Where(text => Within(text.At)).Select(text => new SmsLine(Seconds(text.At, from), text.Phone, text.Text)));
        }
        return DayFile.Write(new(0, name, (to - from).TotalSeconds), lines.OrderBy(line => line is CustomerLine ? 0 : line is ParcelLine ? 1 : 2));
    }

    static ParcelLine Registered(SimulatedParcel parcel, DateTimeOffset from) => new(Seconds(parcel.CreatedAt, from),
        parcel.Waybill, parcel.From, parcel.To, WeightGrams: parcel.WeightGrams, PromisedAfter: (parcel.PromisedBy - parcel.CreatedAt).TotalSeconds,
        Sender: parcel.Sender, Recipient: parcel.Recipient);

    /// <summary>The whole past comes along, so that the parcel stands where it stood when the day began.</summary>
    static IEnumerable<MoveLine> Moves(SimulatedParcel parcel, DateTimeOffset from, DateTimeOffset to) => parcel.Past.Where(event_ => event_.Time < to).Select(event_ => new MoveLine(
        Seconds(event_.Time, from), parcel.Waybill, event_.Step.Code, event_.Step.City, event_.Step.Place, event_.Step.Text, event_.Step.Operator, event_.Step.Reason, event_.Step.WeightGrams));

    async Task<IReadOnlyList<Person>> People(CancellationToken ct) =>
        (await Get("/sandbox/control/followers", ct))?["followers"]?.AsArray().Select(person => new Person(person!["openId"]!.GetValue<string>(),
            person["nickname"]?.GetValue<string>(), person["phone"]?.GetValue<string>(), person["unionId"]?.GetValue<string>(), person["appId"]!.GetValue<string>()))
            .Where(person => person.AppId == options.DemoAppId).ToList() ?? [];

    async Task<IReadOnlyList<Entry>> Chat(string openId, CancellationToken ct) =>
        (await Get($"/sandbox/control/chat/{openId}?last=100000", ct))?["entries"]?.AsArray().Where(entry => entry!["side"]!.GetValue<string>() != "toCustomer")
            .Select(entry => new Entry(entry!["at"]!.GetValue<DateTimeOffset>(), entry["messageType"]!.GetValue<string>(), entry["raw"]?.GetValue<string>() ?? "")).ToList() ?? [];

    async Task<JsonNode?> Get(string path, CancellationToken ct) =>
        (options.SandboxAddress ?? options.ProductAddress)?.Invoke() is { } address ? JsonNode.Parse(await http.GetStringAsync(new Uri(address, path), ct)) : null;

    /// <summary>What was done, as the control takes it, read from the push that it made; null for what the platform says by itself.</summary>
    static SayLine? Said(string openId, Entry entry, DateTimeOffset from) =>
        Message(entry.Type, Fields(entry.Raw)) is { } message ? new(Seconds(entry.At, from), openId, JsonSerializer.SerializeToElement(message)) : null;

    static JsonObject? Message(string type, XElement? push)
    {
        if (push is null) return null;
        string? Of(params string[] names) => names.Aggregate((XElement?)push, (element, name) => element?.Element(name))?.Value;
        return type switch
        {
            "text" => new() { ["type"] = "text", ["content"] = Of("Content"), ["menuId"] = Of("bizmsgmenuid") },
            "image" or "video" or "shortvideo" => new() { ["type"] = type },
            "voice" => new() { ["type"] = "voice", ["recognition"] = Of("Recognition") is { Length: > 0 } words ? words : null },
            "location" => new() { ["type"] = "location", ["lat"] = Of("Location_X"), ["lng"] = Of("Location_Y"), ["label"] = Of("Label") },
            "CLICK" => new() { ["type"] = "click", ["key"] = Of("EventKey") },
            "VIEW" => new() { ["type"] = "view", ["url"] = Of("EventKey") },
            "SCAN" => new() { ["type"] = "scan", ["scene"] = Of("EventKey") },
            "subscribe" or "unsubscribe" => new() { ["type"] = type },
            "scancode_push" or "scancode_waitmsg" => new() { ["type"] = type, ["key"] = Of("EventKey"), ["code"] = Of("ScanCodeInfo", "ScanResult") },
            "LOCATION" => new() { ["type"] = "location_report", ["lat"] = Of("Latitude"), ["lng"] = Of("Longitude") },
            _ => null,
        };
    }

    static XElement? Fields(string raw)
    {
        try
        {
            return raw.StartsWith('<') ? XElement.Parse(raw) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    static double Seconds(DateTimeOffset at, DateTimeOffset from) => Math.Round((at - from).TotalSeconds, 3);

    sealed record Person(string OpenId, string? Nickname, string? Phone, string? UnionId, string AppId);
    sealed record Entry(DateTimeOffset At, string Type, string Raw);
}

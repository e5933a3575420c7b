using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Simulator.Tests.Kit;

/// <summary>The other side of the carrier core's interface, as the contract describes it: checks signatures, knows each event once.</summary>
sealed class ReceivingProduct(TimeProvider clock)
{
    public const string Key = "core-of-tests";
    public const string Secret = "secret-of-tests";

    readonly Lock _gate = new();
    readonly Dictionary<string, JsonNode> _waybills = [];
    readonly Dictionary<string, JsonNode> _events = [];

    public ConcurrentQueue<IReadOnlyList<string>> EventBatches { get; } = [];
    public int BadSignatures;
    public int UnknownWaybills;

    /// <summary>So many of the next requests are refused with 503.</summary>
    public int RefuseNext;

    /// <summary>Events with this code are accepted never.</summary>
    public string? RejectedCode { get; set; }

    /// <summary>Waybills beginning like this make the whole request bad.</summary>
    public string? BadWaybillPrefix { get; set; }

    /// <summary>Events with this code make the whole request bad.</summary>
    public string? BadCode { get; set; }

    public IReadOnlyList<JsonNode> Waybills { get { lock (_gate) return [.. _waybills.Values]; } }
    public IReadOnlyList<JsonNode> Events { get { lock (_gate) return [.. _events.Values]; } }
    public IReadOnlyList<JsonNode> EventsOf(string waybill) =>
        [.. Events.Where(event_ => Text(event_, "waybill") == waybill).OrderBy(event_ => Time(event_))];

    public static string Text(JsonNode node, string field) => node[field]?.GetValue<string>() ?? "";
    public static DateTimeOffset Time(JsonNode event_) => DateTimeOffset.Parse(Text(event_, "time"), CultureInfo.InvariantCulture);

    public void Map(WebApplication app)
    {
        app.MapPost("/api/carrier/waybills", (HttpRequest request) => Receive(request, "waybills", TakeWaybills));
        app.MapPost("/api/carrier/deliveries", (HttpRequest request) => Receive(request, "parcels", TellWishes));
        app.MapPost("/api/carrier/routes", (HttpRequest request) => Receive(request, "events", TakeEvents));
    }

    async Task<IResult> Receive(HttpRequest request, string field, Func<JsonArray, IResult> take)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (!IsSigned(request, body.ToArray())) { Interlocked.Increment(ref BadSignatures); return Results.StatusCode(401); }
        var items = JsonNode.Parse(body.ToArray())![field]!.AsArray();
        lock (_gate)
        {
            if (field == "events") EventBatches.Enqueue([.. items.Select(item => Text(item!, "id"))]);
            if (RefuseNext > 0) { RefuseNext--; return Results.StatusCode(503); }
            return take(items);
        }
    }

    static IResult TellWishes(JsonArray items) =>
        Results.Ok(new { parcels = items.Select(item => new { waybill = Text(item!, "waybill"), ways = new[] { new { way = "to_door", text = "送货上门可以" } } }), rejected = Array.Empty<object>() });

    IResult TakeWaybills(JsonArray items)
    {
        if (BadWaybillPrefix is { } bad && items.Any(item => Text(item!, "waybill").StartsWith(bad, StringComparison.Ordinal)))
            return Results.Problem("bad waybill", statusCode: 400);
        foreach (var item in items) _waybills[Text(item!, "waybill")] = item!;
        return Results.Ok(new { accepted = items.Count, rejected = Array.Empty<object>() });
    }

    IResult TakeEvents(JsonArray items)
    {
        if (BadCode is { } bad && items.Any(item => Text(item!, "code") == bad)) return Results.Problem("bad event", statusCode: 400);
        var rejected = new List<object>();
        var duplicates = 0;
        foreach (var (item, index) in items.Select((item, index) => (item!, index)))
        {
            if (!_waybills.ContainsKey(Text(item, "waybill"))) UnknownWaybills++;
            if (Text(item, "code") == RejectedCode) rejected.Add(new { index, code = "route.code_unknown", message = "unknown code" });
            else if (!_events.TryAdd(Text(item, "id"), item)) duplicates++;
        }
        return Results.Ok(new { accepted = items.Count - duplicates - rejected.Count, duplicates, rejected });
    }

    bool IsSigned(HttpRequest request, byte[] body)
    {
        var timestamp = request.Headers["X-Courier-Timestamp"].ToString();
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "\n"), .. body];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed));
        return request.Headers["X-Courier-Key"] == Key && request.Headers["X-Courier-Signature"] == expected
            && long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= 300;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Courier.Simulator.Network;
using Courier.Simulator.Orders;
using Courier.Simulator.Parcels;
using Courier.Simulator.Play;
using Microsoft.Extensions.Logging;

namespace Courier.Simulator.Carrier;

/// <summary>
/// Tells the product what happened, as a carrier core does: waybills first, then their events in order, at most 1000 a
/// batch, again and again under the same ids until they are answered.
/// </summary>
internal sealed class CarrierLink(World world, OrderBook orders, SimulatorOptions options, Faults faults, TimeProvider time, HttpClient http, ILogger<CarrierLink> log)
{
    const int EventsPerBatch = 1000;
    const int WaybillsPerBatch = 200;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly SemaphoreSlim _sending = new(1, 1);
    DateTimeOffset _notBefore;
    int _failures;

    /// <summary>What the last failed attempt was answered; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Sends if the pause after a failure is over. True when nothing is left to tell.</summary>
    public async Task<bool> SendWhatIsDue(CancellationToken ct) => time.GetUtcNow() >= _notBefore && await SendAll(ct);

    /// <summary>Sends all that is open, now. True when the product has answered all of it.</summary>
    public async Task<bool> SendAll(CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            while (world.Unregistered(WaybillsPerBatch) is { Count: > 0 } waybills)
                if (!await Register(waybills, ct)) return false;
            if (orders.Unanswered is { Count: > 0 } reports && !await Report(reports, ct)) return false;
            while (world.Unanswered(EventsPerBatch) is { Count: > 0 } events)
                if (!await Report(events, ct)) return false;
            return true;
        }
        finally { _sending.Release(); }
    }

    /// <summary>Asks where parcels may be left, for whoever delivers them: the words of each way, by waybill. Null when the product does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>?> Wishes(IReadOnlyList<string> waybills, CancellationToken ct)
    {
        if (options.ProductAddress?.Invoke() is not { } address || faults.CarrierIsDown) return null;
        using var request = Signed(address, "/api/carrier/deliveries", new { parcels = waybills.Select(waybill => new { waybill }) });
        try
        {
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode) return null;
            var answer = JsonSerializer.Deserialize<WishesAnswer>(await response.Content.ReadAsStringAsync(ct), Json);
            return answer?.Parcels?.ToDictionary(each => each.Waybill, each => (IReadOnlyList<string>)[.. each.Ways.Select(way => way.Text)]);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    async Task<bool> Register(IReadOnlyList<SimulatedParcel> parcels, CancellationToken ct)
    {
        var answer = await Post("/api/carrier/waybills", new { waybills = parcels.Select(Registering) }, ct);
        if (answer is { IsRefusal: true } && parcels.Count > 1)   // One that the product does not like must not hold up the others.
            return await Register([.. parcels.Take(parcels.Count / 2)], ct) && await Register([.. parcels.Skip(parcels.Count / 2)], ct);
        if (answer is { IsRefusal: true })
            world.Registered(new Dictionary<string, string?> { [parcels[0].Waybill] = answer.Trouble });
        if (answer is not { Rejections: { } rejections }) return answer is { IsRefusal: true };
        world.Registered(parcels.Select((parcel, index) => (parcel, why: rejections.GetValueOrDefault(index))).ToDictionary(pair => pair.parcel.Waybill, pair => pair.why));
        return true;
    }

    // What the product refuses (an order that was called off meanwhile) is answered, too.
    async Task<bool> Report(IReadOnlyList<OrderReport> reports, CancellationToken ct)
    {
        var answer = await Post("/api/carrier/orders", new { events = reports.Select(report => new { report.Id, report.Order, report.Code, time = Rfc3339(report.Time), report.CourierName, report.CourierPhone }) }, ct);
        if (answer.Rejections is null && !answer.IsRefusal) return false;
        orders.Answered(reports);
        return true;
    }

    async Task<bool> Report(IReadOnlyList<(string Waybill, Happening Event)> events, CancellationToken ct)
    {
        var answer = await Post("/api/carrier/routes", new { events = events.Select(pair => Reporting(pair.Waybill, pair.Event)) }, ct);
        if (answer.IsRefusal && events.Count > 1)   // As with waybills; the halves go in order.
            return await Report([.. events.Take(events.Count / 2)], ct) && await Report([.. events.Skip(events.Count / 2)], ct);
        var rejections = answer.IsRefusal ? new() { [0] = answer.Trouble } : answer.Rejections;
        if (rejections is null) return false;
        world.Answered(events.Select((pair, index) => (pair.Waybill, pair.Event.Id, rejections.GetValueOrDefault(index))));
        return true;
    }

    static object Registering(SimulatedParcel parcel) => new
    {
        parcel.Waybill,
        product = "standard",
        parcel.Sender,
        parcel.Recipient,
        parcel.WeightGrams,
        promisedBy = Rfc3339(parcel.PromisedBy),
    };

    static object Reporting(string waybill, Happening event_) => new
    {
        event_.Id,
        waybill,
        event_.Step.Code,
        time = Rfc3339(event_.Time),
        event_.Step.City,
        event_.Step.Place,
        event_.Step.Text,
        event_.Step.Operator,
        event_.Step.Reason,
        event_.Step.WeightGrams,
    };

    static string Rfc3339(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture);

    async Task<Answer> Post(string path, object what, CancellationToken ct)
    {
        if (options.ProductAddress?.Invoke() is not { } address) return Failed("the product's address is not known yet", null);
        if (faults.CarrierIsDown) return Failed("the line to the product is cut by a fault switch", null);
        using var request = Signed(address, path, what);
        try
        {
            using var response = await http.SendAsync(request, ct);
            return await Understand(path, response, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || e is TaskCanceledException && !ct.IsCancellationRequested)   // HttpClient tells a time-out this way.
        {
            return Failed($"{path}: {e.Message}", null);
        }
    }

    HttpRequestMessage Signed(Uri address, string path, object what)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(what, Json);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Signature.Put(request, body, options.CarrierKey, options.CarrierSecret, time.GetUtcNow());
        return request;
    }

    async Task<Answer> Understand(string path, HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
        {
            var trouble = $"{path}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 300)]}";
            var refusal = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity;
            return Failed(trouble, response.Headers.RetryAfter?.Delta) with { IsRefusal = refusal };
        }
        (_failures, _notBefore, Trouble) = (0, default, null);
        return new Answer(Rejections(text));
    }

    static Dictionary<int, string?> Rejections(string text)
    {
        var rejected = text.Length == 0 ? null : JsonSerializer.Deserialize<BatchAnswer>(text, Json)?.Rejected;
        return (rejected ?? []).ToDictionary(each => each.Index, each => (string?)$"{each.Code}: {each.Message}");
    }

    Answer Failed(string trouble, TimeSpan? retryAfter)
    {
        if (Trouble != trouble) log.LogWarning("The carrier core could not reach the product and will try again: {Trouble}", trouble);
        var pause = retryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures, 5)) / 2);
        (_failures, _notBefore, Trouble) = (_failures + 1, time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause), trouble);
        return new Answer(null, trouble);
    }

    sealed record Answer(Dictionary<int, string?>? Rejections, string? Trouble = null, bool IsRefusal = false);
    sealed record WishesAnswer(IReadOnlyList<ParcelWishes>? Parcels);
    sealed record ParcelWishes(string Waybill, IReadOnlyList<Way> Ways);
    sealed record Way(string Text);
    sealed record BatchAnswer(IReadOnlyList<RejectedItem>? Rejected);
    sealed record RejectedItem(int Index, string? Code, string? Message);
}

using System.Text.Json.Serialization;
using Courier.Simulator.Network;

namespace Courier.Simulator.Parcels;

/// <summary>Sender or recipient, as a waybill is registered with them.</summary>
internal sealed record Party(string Name, string Phone, string Province, string City, string District, string Detail);

/// <summary>A route event that happened: it goes to the product under its id until it is answered.</summary>
internal sealed record Happening(string Id, Step Step, DateTimeOffset Time, bool Answered = false, string? Rejection = null);

/// <summary>Whether the product knows the waybill.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Registration>))]
internal enum Registration { Open, Accepted, Rejected }

/// <summary>A parcel with its past and its planned future. Immutable: the world replaces it and writes the new one down.</summary>
internal sealed record SimulatedParcel
{
    public required string Waybill { get; init; }
    public required Party Sender { get; init; }
    public required Party Recipient { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public required CodeBook Codes { get; init; }
    public required int WeightGrams { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset PromisedBy { get; init; }

    /// <summary>False for a parcel that stands still until somebody moves it by hand.</summary>
    public bool Live { get; init; } = true;
    public Registration Registration { get; init; }
    public string? Rejection { get; init; }
    public IReadOnlyList<Happening> Past { get; init; } = [];
    public IReadOnlyList<Step> Plan { get; init; } = [];

    [JsonIgnore] public ParcelStage Stage => Past.Count == 0 ? ParcelStage.Registered : Past[^1].Step.Stage;
    [JsonIgnore] public bool IsDone => Plan.Count == 0;
    [JsonIgnore] public IEnumerable<Happening> Unanswered => Past.Where(happening => !happening.Answered);

    /// <summary>The next planned step happens. Its time is when it was due, but never in the future and never before the one before it.</summary>
    public SimulatedParcel Happen(DateTimeOffset now)
    {
        var step = Plan[0];
        var time = step.Due < now ? step.Due : now;
        if (Past.Count > 0 && time <= Past[^1].Time) time = Past[^1].Time.AddMilliseconds(1);
        return this with { Past = [.. Past, new($"{Waybill}-{Past.Count + 1:00}", step, time)], Plan = [.. Plan.Skip(1)] };
    }

    /// <summary>The rest of the plan keeps its pauses but begins as if the last step had been due now.</summary>
    public SimulatedParcel PlanFrom(DateTimeOffset lastDue, DateTimeOffset worldNow) =>
        this with { Plan = [.. Plan.Select(step => step with { Due = step.Due + (worldNow - lastDue) })] };

    public SimulatedParcel Answer(IReadOnlyDictionary<string, string?> rejections) =>
        this with { Past = [.. Past.Select(event_ => rejections.TryGetValue(event_.Id, out var why) ? event_ with { Answered = true, Rejection = why } : event_)] };

    [JsonIgnore] public Trip Trip => new(Cities.Find(From)!, Outlet(From, Sender), Cities.Find(To)!, Outlet(To, Recipient), Codes, WeightGrams);

    // An order may come from any district; the city's first outlet looks after those that have none.
    static Outlet Outlet(string city, Party party) 
    {
        var outlets = Cities.Find(city)!.Outlets;
        return outlets.FirstOrDefault(outlet => outlet.District == party.District) ?? outlets[0];
    }
}

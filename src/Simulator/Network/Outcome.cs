using System.Text.Json.Serialization;

namespace Courier.Simulator.Network;

/// <summary>How a journey ends. Chosen when it is planned, as fate would.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
internal enum Outcome
{
    SignedInPerson,
    SignedByProxy,
    FetchedFromLocker,
    FetchedFromStation,
    FailedFirst,
    HeldFirst,
    Redirected,
    Refused,
    Undeliverable,
    Damaged,
    Lost,
    Cancelled,
}

internal static class Outcomes
{
    /// <summary>How often each happens, in 1/100; the odd ones are more frequent than in life, so that a small world shows them.</summary>
    static readonly (Outcome Outcome, int Share)[] Shares =
    [
        (Outcome.SignedInPerson, 38), (Outcome.SignedByProxy, 15), (Outcome.FetchedFromLocker, 15), (Outcome.FetchedFromStation, 11),
        (Outcome.FailedFirst, 6), (Outcome.HeldFirst, 4), (Outcome.Redirected, 2), (Outcome.Refused, 2), (Outcome.Undeliverable, 2),
        (Outcome.Damaged, 2), (Outcome.Lost, 1), (Outcome.Cancelled, 2),
    ];

    public static Outcome Draw(Random random)
    {
        var at = random.Next(Shares.Sum(share => share.Share));
        foreach (var (outcome, share) in Shares)
            if ((at -= share) < 0) return outcome;
        return Outcome.SignedInPerson;
    }

    /// <summary>An ending in which the stage comes up.</summary>
    public static Outcome Reaching(ParcelStage stage) => stage switch
    {
        ParcelStage.Registered or ParcelStage.PickedUp or ParcelStage.Departed or ParcelStage.Arrived
            or ParcelStage.OutForDelivery or ParcelStage.Signed => Outcome.SignedInPerson,
        ParcelStage.InLocker => Outcome.FetchedFromLocker,
        ParcelStage.InStation => Outcome.FetchedFromStation,
        ParcelStage.DeliveryFailed => Outcome.FailedFirst,
        ParcelStage.Held => Outcome.HeldFirst,
        ParcelStage.Refused or ParcelStage.Returning or ParcelStage.Returned => Outcome.Refused,
        ParcelStage.Damaged => Outcome.Damaged,
        ParcelStage.Lost => Outcome.Lost,
        ParcelStage.Redirected => Outcome.Redirected,
        ParcelStage.Cancelled => Outcome.Cancelled,
    };
}

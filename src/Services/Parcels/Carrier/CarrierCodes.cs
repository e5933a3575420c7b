using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>What a carrier's code means.</summary>
/// <param name="Status">The status it reports.</param>
/// <param name="OnlyMoves">
/// It says no more than that something moved (an update of the route, or a code that nobody knows): it starts a parcel that has not
/// moved yet or was stopped, and changes no other status.
/// </param>
internal readonly record struct CodeMeaning(ParcelStatus Status, bool OnlyMoves = false)
{
    /// <summary>What it reports about a parcel that stands at a status; null for nothing new.</summary>
    public ParcelStatus? StatusFor(ParcelStatus current) =>
        !OnlyMoves || current is ParcelStatus.Registered or ParcelStatus.PickedUp or ParcelStatus.Held or ParcelStatus.Redirected ? Status : null;
}

/// <summary>
/// THE table of codes: our own words, kuaidi100's main and sub states, WeChat's action types. A code of a known vocabulary that is
/// not in it counts as "in transit", its text is kept; a word of no vocabulary is refused.
/// </summary>
internal static class CarrierCodes
{
    private const ParcelStatus InTransit = ParcelStatus.Departed;

    private static readonly CodeMeaning Moves = new(InTransit, OnlyMoves: true);

    private static readonly Dictionary<int, CodeMeaning> Kuaidi100 = new()
    {
        // main states
        [0] = new(InTransit), [1] = new(ParcelStatus.PickedUp), [2] = new(ParcelStatus.Held), [3] = new(ParcelStatus.Signed),
        [4] = new(ParcelStatus.Refused), [5] = new(ParcelStatus.OutForDelivery), [6] = new(ParcelStatus.Returning),
        [7] = new(ParcelStatus.Redirected), [8] = Moves, [14] = new(ParcelStatus.Refused),
        // in transit
        [1001] = new(ParcelStatus.Arrived), [1002] = new(InTransit), [1003] = new(ParcelStatus.Redirected),
        // pick-up: ordered and waiting are no movement yet
        [101] = new(ParcelStatus.Registered), [102] = new(ParcelStatus.Registered), [103] = new(ParcelStatus.PickedUp),
        // trouble
        [201] = new(ParcelStatus.Held), [202] = new(ParcelStatus.Held), [203] = new(ParcelStatus.Refused), [204] = new(ParcelStatus.DeliveryFailed),
        [205] = new(ParcelStatus.Held), [206] = new(ParcelStatus.DeliveryFailed), [207] = new(ParcelStatus.DeliveryFailed),
        [208] = new(ParcelStatus.Held), [209] = new(ParcelStatus.Damaged), [210] = new(ParcelStatus.Cancelled),
        // signed
        [301] = new(ParcelStatus.Signed), [302] = new(ParcelStatus.Signed), [303] = new(ParcelStatus.Signed), [304] = new(ParcelStatus.Signed),
        [401] = new(ParcelStatus.Cancelled),
        [501] = new(ParcelStatus.InStation),
        // customs
        [10] = Moves, [11] = Moves, [12] = Moves, [13] = new(ParcelStatus.Held),
    };

    private static readonly Dictionary<int, CodeMeaning> Wechat = new()
    {
        [90001] = new(ParcelStatus.Registered), [90002] = new(ParcelStatus.Registered), [90003] = new(ParcelStatus.Registered),
        [90010] = new(ParcelStatus.Registered), [90011] = new(ParcelStatus.Registered),
        [100001] = new(ParcelStatus.PickedUp), [100002] = new(ParcelStatus.Registered), [100003] = new(ParcelStatus.Registered),
        [200001] = Moves,
        [300002] = new(ParcelStatus.OutForDelivery), [300003] = new(ParcelStatus.Signed), [300004] = new(ParcelStatus.DeliveryFailed),
        [300005] = new(ParcelStatus.InStation), [300006] = new(ParcelStatus.OutForDelivery), [300007] = new(ParcelStatus.Signed),
        [400001] = new(ParcelStatus.Cancelled), [400002] = new(ParcelStatus.Held), [400003] = new(ParcelStatus.Returned),
        [400004] = new(ParcelStatus.Refused), [400005] = new(ParcelStatus.Held),
        [500001] = Moves,
    };

    /// <summary>Reads a code; false for a word of no vocabulary.</summary>
    public static bool TryRead([NotNullWhen(true)] string? code, out CodeMeaning meaning)
    {
        meaning = default;
        if (code is null) return false;
        if (Number(code, "kuaidi100:") is { } kuaidi) meaning = Kuaidi100.GetValueOrDefault(kuaidi, Moves);
        else if (Number(code, "wechat:") is { } wechat) meaning = Wechat.GetValueOrDefault(wechat, Moves);
        else if (EnumText<ParcelStatus>.TryParse(code, out var own) && own != ParcelStatus.Registered) meaning = new(own);
        else return false;
        return true;
    }

    private static int? Number(string code, string vocabulary) =>
        code.StartsWith(vocabulary, StringComparison.Ordinal) && code.Length <= vocabulary.Length + 7
        && int.TryParse(code.AsSpan(vocabulary.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using Courier.CallCenter.Voice;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;

namespace Courier.CallCenter.Ivr;

/// <summary>What a caller is told of parcels, the same as the chat tells, in spoken words; the read text is kept for sending.</summary>
internal sealed class ParcelTelling(Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, ParcelOutlook outlook, IncidentBoard board, Divisions divisions)
{
    /// <summary>Our own numbers: these letters stand before the digits that a telephone can key in.</summary>
    public string Prefix => options.WaybillPrefix;

    /// <summary>The caller's own open parcels with their outlook, what is about to arrive or waits first.</summary>
    public async Task<IReadOnlyList<MyParcel>> Own(FlowCall call, ParcelState? state, int most, CancellationToken ct)
    {
        if (call.Customer is not { } customer) return [];
        var page = await MyParcels.Execute(db, keys, customer, role: null, state, cursor: null, most, ct).ConfigureAwait(false);
        return [.. (await outlook.Of(page, ct).ConfigureAwait(false)).Parcels.OrderBy(p => p.Status switch
        {
            ParcelStatus.OutForDelivery or ParcelStatus.InLocker or ParcelStatus.InStation => 0,
            _ => 1,
        })];
    }

    /// <summary>Looks a number up as the chat does; with a tail as proof when one is given.</summary>
    public async Task<string> Track(FlowCall call, WaybillNumber waybill, string? tail, CancellationToken ct)
    {
        var request = new TrackRequest([waybill], call.Customer, tail, "call:" + call.Facts.CallId, Follow: call.Customer is not null);
        call.Waybill = waybill;
        switch ((await TrackParcels.Execute(db, keys, clock, options, request, ct).ConfigureAwait(false))[0])
        {
            case TrackedParcel.Found found:
                await Tell(call, await outlook.Of(found, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
                return "found";
            case TrackedParcel.TooManyTries: return "locked";
            case TrackedParcel.Unknown { LooksLike.CheckDigitWrong: true }: return "wrong_number";
            default: return tail is null ? "needs_tail" : "refused";
        }
    }

    private async Task Tell(FlowCall call, TrackedParcel.Found found, CancellationToken ct)
    {
        var incidents = ParcelIncidents.Worst((await ParcelIncidents.OfWaybills(db, board, divisions, [found.Waybill], ct).ConfigureAwait(false)).Values);
        call.Keep("parcel", ParcelSpeech.Of(SpokenParcel.Of(found), clock.GetUtcNow()) + string.Concat(incidents.Take(1).Select(ParcelSpeech.Of)));
        call.Keep("waybill", Spoken.Waybill(found.Waybill.Text));
        call.Result = IncidentText.Above(incidents, TrackingText.Of(found, clock));
    }
}

/// <summary>The caller's own open parcels: what is said before any menu.</summary>
internal sealed class TellOwnParcels(ParcelTelling telling, TimeProvider clock) : Deed("parcel.mine", NodeType.Lookup, "查来电人自己的快件",
    [new("one", "一件"), new("several", "几件"), new("none", "没有")], new("parcel", "快件的状态"), new("parcel_count", "几件"), new("waybill", "运单号"))
{
    private const int Told = 2, Counted = 20;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        var mine = await telling.Own(call, ParcelState.Open, Counted, ct).ConfigureAwait(false);
        if (mine.Count == 0) return "none";
        var now = clock.GetUtcNow();
        call.Waybill = mine[0].Waybill;
        call.Keep("waybill", Spoken.Waybill(mine[0].Waybill.Text));
        call.Keep("parcel_count", Spoken.Count(mine.Count, "件"));
        call.Keep("parcel", string.Concat(mine.Take(Told).Select(p => ParcelSpeech.Of(SpokenParcel.Of(p), now))));
        call.Result = string.Join('\n', mine.Select(p => $"{p.Waybill} {p.StatusText}{(p.Eta is { } eta ? $"，{OutlookWords.Short(eta, now)}" : "")}"));
        return mine.Count == 1 ? "one" : "several";
    }
}

/// <summary>A parcel by the digits of its number, or by the last digits of the number of one's own.</summary>
internal sealed class TellParcelByNumber(ParcelTelling telling) : Deed("parcel.by_number", NodeType.Lookup, "按运单号查（数字在 digits）",
    [new("found", "查到"), new("needs_tail", "要手机尾号才能告诉"), new("wrong_number", "号码不对"), new("locked", "试错太多")],
    new("parcel", "快件的状态"), new("waybill", "运单号"))
{
    private const int OwnDigits = 13, Shortest = 4, Longest = 8, Searched = 50;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        var digits = call.Of("digits");
        if (digits.Length is >= Shortest and <= Longest)
        {
            var ending = (await telling.Own(call, state: null, Searched, ct).ConfigureAwait(false)).Where(p => p.Waybill.Text.EndsWith(digits, StringComparison.Ordinal)).ToList();
            return ending.Count == 1 ? await telling.Track(call, ending[0].Waybill, null, ct).ConfigureAwait(false) : "wrong_number";
        }
        var number = digits.Length == OwnDigits ? telling.Prefix + digits : digits;
        return WaybillNumber.TryParse(number, null, out var waybill) ? await telling.Track(call, waybill, null, ct).ConfigureAwait(false) : "wrong_number";
    }
}

/// <summary>A parcel that was asked for, proven by the last four digits of a party's phone; wrong ones are counted as everywhere.</summary>
internal sealed class TellParcelByTail(ParcelTelling telling) : Deed("parcel.by_tail", NodeType.Lookup, "用手机尾号证明后查（数字在 tail）",
    [new("found", "查到"), new("refused", "没查到或尾号不对"), new("locked", "试错太多")], new("parcel", "快件的状态"), new("waybill", "运单号"))
{
    public override async Task<string> Do(FlowCall call, CancellationToken ct) =>
        call.Waybill is { } waybill && call.Of("tail") is { Length: 4 } tail ? await telling.Track(call, waybill, tail, ct).ConfigureAwait(false) : "refused";
}

/// <summary>What waits for the caller in lockers and stations, with the codes; only over a number that they have proven.</summary>
internal sealed class TellLockerCodes(Db db) : Deed("locker.code", NodeType.Lookup, "查取件码（只告诉号码已验证的客户）",
    [new("some", "有"), new("none", "没有"), new("unknown", "不认识来电人")], new NamedThing("locker_codes", "取件码和地点"))
{
    private const int Most = 3;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (call.Customer is not { } customer) return "unknown";
        var waiting = (await WaitingParcels.Of(db, [customer], ct).ConfigureAwait(false)).Take(Most).ToList();
        call.Keep("locker_codes", string.Concat(waiting.Select(w => $"{Spoken.Text(w.Place)}，{(w.Code is { } code ? "取件码" + Spoken.Digits(code) : "取件码在短信或微信里")}。")));
        if (waiting.Count > 0) call.Result = string.Join('\n', waiting.Select(w => $"{w.Waybill} {w.Place}{(w.Code is { } code ? $"，取件码 {code}" : "")}"));
        return waiting.Count > 0 ? "some" : "none";
    }
}

using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>A parcel that a core's courier is about to deliver.</summary>
public sealed record DeliveryQuestion
{
    /// <summary>The parcel's number.</summary>
    public string? Waybill { get; init; }

    /// <summary>S, M or L in the sizes of locker cells; left out when it was not measured.</summary>
    public string? Size { get; init; }
}

/// <summary>Where a parcel may be left, for its courier to see.</summary>
/// <param name="Waybill">The parcel.</param>
/// <param name="Ways">All five, the door first.</param>
public sealed record DeliveryWishes(WaybillNumber Waybill, IReadOnlyList<DeliveryWay> Ways);

/// <summary>One way to hand a parcel over or to leave it.</summary>
/// <param name="Way">Which.</param>
/// <param name="Allowed">May it be done?</param>
/// <param name="Ground">Why.</param>
/// <param name="ExceptSizes">For which sizes it is the other way round, when the size was not said.</param>
/// <param name="Place">Where the recipient wants it: a locker's or outlet's code, or where the neighbour lives; null when nothing was chosen.</param>
/// <param name="Text">The same in words.</param>
public sealed record DeliveryWay(ConsentKind Way, bool Allowed, ConsentGround Ground, IReadOnlyList<ParcelSize> ExceptSizes, string? Place, string Text);

/// <summary>What was asked, in order, without what was not understood.</summary>
/// <param name="Parcels">The parcels.</param>
/// <param name="Rejected">Those that are unknown or malformed.</param>
public sealed record DeliveryWishesAnswer(IReadOnlyList<DeliveryWishes> Parcels, IReadOnlyList<BatchRejection> Rejected);

/// <summary>Shows couriers, through their core, where each parcel may be left (快递市场管理办法 2024, article 28).</summary>
public static class ShowDeliveryWishes
{
    /// <summary>Answers for parcels of this core; looking is not logged, a deposit is (<see cref="CheckDeposits"/>).</summary>
    public static async Task<DeliveryWishesAnswer> Execute(ISqlReader db, DataKeys keys, string core, IReadOnlyList<DeliveryQuestion?> questions, CancellationToken ct)
    {
        var rejected = new List<BatchRejection>();
        var asked = new List<(int Index, WaybillNumber Waybill, ParcelSize? Size)>(questions.Count);
        for (var i = 0; i < questions.Count; i++)
        {
            if (ReportCheck.Read(questions[i], out var waybill, out var size) is { } fault) rejected.Add(new(i, fault.Code, fault.Message));
            else asked.Add((i, waybill, size));
        }
        var consents = await DeliveryConsents.Of(db, keys, core, [.. asked.Select(a => a.Waybill)], ct).ConfigureAwait(false);
        rejected.AddRange(asked.Where(a => !consents.Knows(a.Waybill)).Select(a => new BatchRejection(a.Index, "waybill.unknown", Texts.WaybillUnknown)));
        return new([.. asked.Where(a => consents.Knows(a.Waybill)).Select(a => new DeliveryWishes(a.Waybill, [.. Enum.GetValues<ConsentKind>().Select(k => Way(consents, a.Waybill, a.Size, k))]))],
            [.. rejected.OrderBy(r => r.Index)]);
    }

    private static DeliveryWay Way(DeliveryConsents consents, WaybillNumber waybill, ParcelSize? size, ConsentKind kind)
    {
        var answer = consents.Of(waybill, size, kind);
        IReadOnlyList<ParcelSize> except = size is null ? [.. Enum.GetValues<ParcelSize>().Where(s => consents.Of(waybill, s, kind).IsAllowed != answer.IsAllowed)] : [];
        var place = answer.Ground == ConsentGround.Chosen ? consents.ChosenPlace(waybill) : null;
        return new(kind, answer.IsAllowed, answer.Ground, except, place, Texts.Way(kind, answer, except, place));
    }
}

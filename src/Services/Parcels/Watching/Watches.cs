using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Which open parcels are looked at when. A row a parcel, from its registration until it is done.</summary>
internal static class Watches
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    private static readonly string[] Columns = ["parcel_id", "check_at"];

    /// <summary>New parcels are watched.</summary>
    public static Task Begin(Tx tx, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0 ? Task.CompletedTask
        : tx.InsertRows("parcels_watches", Columns, parcelIds.Select(id => new object?[] { id, now + FirstLook }), ifAbsent: true, ct);

    /// <summary>These are looked at next.</summary>
    public static Task LookSoon(Tx tx, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0 ? Task.CompletedTask
        : tx.Execute("update parcels_watches set check_at = @now where parcel_id in @parcelIds and check_at > @now", new { parcelIds, now }, ct);
}

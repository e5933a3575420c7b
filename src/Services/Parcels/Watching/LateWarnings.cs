using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Who was told that a parcel will be late.</summary>
public static class LateWarnings
{
    /// <summary>How long an answer in one word counts as the answer to the warning.</summary>
    internal static readonly TimeSpan OpenFor = TimeSpan.FromHours(24);

    private static readonly string[] Columns = ["parcel_id", "customer_id", "warned_at", "open_until", "choice", "chosen_at"];

    /// <summary>The customers who were told about these parcels, by a warning or when they asked, and when the question was put to them last.</summary>
    public static Task<IReadOnlyList<ToldFollower>> ToldOf(ISqlReader db, IReadOnlyCollection<string> parcelIds, CancellationToken ct) => db.Query<ToldFollower>(
        "select parcel_id as ParcelId, customer_id as Customer, warned_at as WarnedAt from parcels_warnings where parcel_id in @ids",
        new { ids = parcelIds.Count > 0 ? parcelIds : [""] }, ct);

    /// <summary>Those of the parcels whose promise is over: a warning comes too late.</summary>
    public static async Task<IReadOnlySet<string>> PromiseIsOver(ISqlReader db, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0
        ? new HashSet<string>()
        : (await db.Query<string>("select id from parcels_parcels where id in @parcelIds and promised_by <= @now", new { parcelIds, now }, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Who knows already, as the answer to a question of theirs said so: the choices are still open, or one was made.</summary>
    internal static async Task<IReadOnlySet<ParcelFollower>> KnownTo(Tx tx, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0
        ? new HashSet<ParcelFollower>()
        : (await tx.Query<ParcelFollower>(
            "select parcel_id as ParcelId, customer_id as Customer from parcels_warnings where parcel_id in @parcelIds and (open_until > @now or choice in ('wait', 'person', 'redirect'))",
            new { parcelIds, now }, ct).ConfigureAwait(false)).ToHashSet();

    internal static Task Open(Tx tx, IReadOnlyCollection<ParcelFollower> told, DateTimeOffset now, CancellationToken ct) => told.Count == 0 ? Task.CompletedTask
        : tx.UpsertRows("parcels_warnings", Columns, told.Select(t => new object?[] { t.ParcelId, t.Customer, now, now + OpenFor, null, null }),
            "parcel_id, customer_id", Columns[2..], ct);

    /// <summary>Who has the parcel brought another way has answered.</summary>
    internal static Task Redirected(Tx tx, string parcelId, CustomerId customer, DateTimeOffset now, CancellationToken ct) => tx.Execute(
        "update parcels_warnings set choice = 'redirect', chosen_at = @now, open_until = @now where parcel_id = @parcelId and customer_id = @customer and open_until > @now",
        new { parcelId, customer, now }, ct);

    /// <summary>That was taken back: the question is open again, as long as it would have been.</summary>
    internal static Task RedirectionUndone(Tx tx, string parcelId, CustomerId customer, CancellationToken ct) => tx.Execute(
        "update parcels_warnings set choice = null, chosen_at = null, open_until = warned_at + @openFor where parcel_id = @parcelId and customer_id = @customer and choice = 'redirect'",
        new { parcelId, customer, openFor = (long)OpenFor.TotalMilliseconds }, ct);

    internal static Task Close(Tx tx, IReadOnlyCollection<string> parcelIds, DateTimeOffset now, CancellationToken ct) => parcelIds.Count == 0 ? Task.CompletedTask
        : tx.Execute("update parcels_warnings set open_until = @now where parcel_id in @parcelIds and open_until > @now", new { parcelIds, now }, ct);
}

/// <summary>A customer who was told that a parcel will be late.</summary>
public sealed record ToldFollower
{
    /// <summary>The parcel's id.</summary>
    public required string ParcelId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>When the question was put last.</summary>
    public required DateTimeOffset WarnedAt { get; init; }
}

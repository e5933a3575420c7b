using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>
/// Counts wrong phone tails: five a waybill and hour, whoever tries and whether or not there is such a waybill. A try is taken before
/// the tail is compared, and given back when it was right, so that many at once gain nothing.
/// </summary>
internal static class TailTries
{
    private const int PerHour = 5;

    /// <summary>Takes a try for each number and compares.</summary>
    /// <returns>The numbers whose tail was right, and those that may not be tried now.</returns>
    public static Task<(HashSet<WaybillNumber> Right, HashSet<WaybillNumber> Over)> Try(
        Db db, DateTimeOffset now, IReadOnlyList<WaybillNumber> waybills, Func<WaybillNumber, bool> isRight, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var numbers = waybills.Select(w => w.Text).Order(StringComparer.Ordinal).ToList();
        // An upsert locks a row that is there for writing; an insert that leaves it alone would lock it for reading, and two would wait for each other.
        await tx.UpsertRows("parcels_tail_tries", ["waybill", "since", "tries"], numbers.Select(n => new object?[] { n, now, 0 }), "waybill", ["waybill"], ct).ConfigureAwait(false);
        // The count comes before its start: MariaDB assigns from left to right and reads what it has assigned.
        await tx.Execute(
            """
            update parcels_tail_tries
            set tries = case when since <= @hourAgo then 1 else tries + 1 end, since = case when since <= @hourAgo then @now else since end
            where waybill in @numbers
            """, new { numbers, now, hourAgo = now - TimeSpan.FromHours(1) }, ct).ConfigureAwait(false);
        var tries = (await tx.Query<Count>("select waybill as Waybill, tries as Tries from parcels_tail_tries where waybill in @numbers", new { numbers }, ct)
            .ConfigureAwait(false)).ToDictionary(c => c.Waybill, c => c.Tries);

        var over = waybills.Where(w => tries[w] > PerHour).ToHashSet();
        var right = waybills.Where(w => isRight(w) & !over.Contains(w)).ToHashSet();
        await tx.Execute("update parcels_tail_tries set tries = tries - 1 where waybill in @right", new { right = right.Count > 0 ? right.Select(w => w.Text) : [""] }, ct)
            .ConfigureAwait(false);
        return (right, over);
    }, ct);

    private sealed record Count
    {
        public required WaybillNumber Waybill { get; init; }

        public required long Tries { get; init; }
    }
}

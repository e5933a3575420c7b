using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>Tries a card on what orders took lately, so that a price change holds no surprise when it is switched on.</summary>
public static class ReplayCard
{
    private const int Portion = 2000;

    private const string Newest =
        """
        select quote_id as QuoteId, product as Product, request as Request, total_fen as TotalFen, accepted_at as AcceptedAt
        from rates_accepted
        where accepted_at >= @since and (accepted_at < @at or (accepted_at = @at and quote_id < @id))
        order by accepted_at desc, quote_id desc
        limit @Portion
        """;

    /// <summary>Computes what the card's prices would have been, keeps the report with the card and gives it back.</summary>
    /// <param name="db">Where the orders' requests lie.</param>
    /// <param name="clock">The time.</param>
    /// <param name="book">The card in force after all that is planned, which it is compared with.</param>
    /// <param name="divisions">Reads the card.</param>
    /// <param name="options">How far back.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="id">The card.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Null when there is no such card.</returns>
    /// <exception cref="RuleBroken">Its state does not allow it: see <see cref="CardMachine"/>.</exception>
    public static async Task<ReplayReport?> Execute(
        Db db, TimeProvider clock, RateBook book, Divisions divisions, RatesOptions options, StaffId who, string id, CancellationToken ct)
    {
        var files = await CardStore.Files(db, id, ct).ConfigureAwait(false);
        if (files.Count == 0) return null;
        var live = await book.Latest(ct).ConfigureAwait(false);
        var card = CardReader.Read(id, files, divisions).Card ?? throw new InvalidOperationException($"the imported rate card {id} cannot be read any more");
        var now = clock.GetUtcNow();
        var replay = new CardReplay(live, card);
        await ReadAccepted(db, replay, now, options, ct).ConfigureAwait(false);
        var report = replay.Report(now.AddDays(-options.ReplayDays), now);
        return await db.InTransaction(tx => Keep(tx, clock, who, id, live.Id, report, ct), ct).ConfigureAwait(false) ? report : null;
    }

    /// <summary>The report that is kept with a card; null when it was never replayed.</summary>
    public static async Task<ReplayReport?> Find(ISqlReader db, string id, CancellationToken ct) =>
        await db.First<string>("select report from rates_replays where card_id = @id", new { id }, ct).ConfigureAwait(false) is { } json
            ? JsonSerializer.Deserialize<ReplayReport>(json, KernelJson.Options)
            : null;

    private static async Task ReadAccepted(Db db, CardReplay replay, DateTimeOffset now, RatesOptions options, CancellationToken ct)
    {
        var (at, id) = (now.AddMinutes(1), "");
        while (replay.Count < options.MostReplayed)
        {
            var rows = await db.Query<AcceptedRow>(Newest, new { since = now.AddDays(-options.ReplayDays), at, id, Portion }, ct).ConfigureAwait(false);
            foreach (var row in rows) replay.Add(row.Product, JsonSerializer.Deserialize<QuoteRequest>(row.Request, KernelJson.Options)!, row.TotalFen);
            if (rows.Count < Portion) return;
            (at, id) = (rows[^1].AcceptedAt, rows[^1].QuoteId);
        }
    }

    private static async Task<bool> Keep(Tx tx, TimeProvider clock, StaffId who, string id, string against, ReplayReport report, CancellationToken ct)
    {
        if (await CardStore.Locked(tx, id, ct).ConfigureAwait(false) is not { } row) return false;
        await CardStore.SetState(tx, id, CardMachine.After(row.State, CardAction.Replay), clock.GetUtcNow(), ct).ConfigureAwait(false);
        await tx.UpsertRows(
            "rates_replays", ["card_id", "against", "made_at", "report"], [[id, against, clock.GetUtcNow(), JsonSerializer.Serialize(report, KernelJson.Options)]],
            "card_id", ["against", "made_at", "report"], ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, who, "rate_card.replayed", "rate_card:" + id, Texts.Replayed(report), ct).ConfigureAwait(false);
        return true;
    }

    private sealed record AcceptedRow
    {
        public required string QuoteId { get; init; }
        public required string Product { get; init; }
        public required string Request { get; init; }
        public required long TotalFen { get; init; }
        public required DateTimeOffset AcceptedAt { get; init; }
    }
}

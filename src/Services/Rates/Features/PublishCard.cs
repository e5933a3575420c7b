using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Rates;

/// <summary>Confirms, publishes, gives up, takes back and restores cards. Each step is audited; publishing takes a second person.</summary>
public static class PublishCard
{
    /// <summary>The author cannot publish.</summary>
    public const string SamePerson = "rates.same_person";

    /// <summary>The card that it follows is not the one that it was replayed against.</summary>
    public const string ReplayOutdated = "rates.replay_outdated";

    /// <summary>Another card is planned for a later time, which would end this one and lose its changes.</summary>
    public const string PlannedLater = "rates.planned_later";

    /// <summary>It is the live card already.</summary>
    public const string AlreadyLive = "rates.already_live";

    /// <summary>It is in force already and cannot be taken back.</summary>
    public const string Begun = "rates.begun";

    /// <summary>Somebody has looked through the differences from the live card.</summary>
    /// <returns>False when there is no such card.</returns>
    /// <exception cref="RuleBroken">See <see cref="CardMachine"/>.</exception>
    public static Task<bool> Check(Db db, TimeProvider clock, StaffId who, string id, CancellationToken ct) =>
        Act(db, clock, who, id, CardAction.Check, "checked", "", (_, _) => Task.CompletedTask, ct);

    /// <summary>Gives a card up that was never published.</summary>
    /// <returns>False when there is no such card.</returns>
    /// <exception cref="RuleBroken">See <see cref="CardMachine"/>.</exception>
    public static Task<bool> Discard(Db db, TimeProvider clock, StaffId who, string id, string reason, CancellationToken ct) =>
        Act(db, clock, who, id, CardAction.Discard, "discarded", reason, (_, _) => Task.CompletedTask, ct);

    /// <summary>Puts a card in force from a time on; the quotes that were given before stay valid until their end.</summary>
    /// <param name="db">Where it is kept.</param>
    /// <param name="clock">The time.</param>
    /// <param name="book">Learns of it at once.</param>
    /// <param name="who">Who does it, not the author.</param>
    /// <param name="id">The card.</param>
    /// <param name="from">From when on; what is past counts as now.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>False when there is no such card.</returns>
    /// <exception cref="RuleBroken"><see cref="SamePerson"/>, <see cref="ReplayOutdated"/>, <see cref="PlannedLater"/>, and those of <see cref="CardMachine"/>.</exception>
    public static Task<bool> Execute(Db db, TimeProvider clock, RateBook book, StaffId who, string id, DateTimeOffset from, CancellationToken ct) =>
        Act(db, clock, who, id, CardAction.Publish, "published", Texts.From(from), async (tx, row) =>
        {
            if (row.Author == who.Text) throw new RuleBroken(SamePerson, Texts.SamePerson);
            var begin = from < clock.GetUtcNow() ? clock.GetUtcNow() : from;
            await CardStore.Raise(tx, ct).ConfigureAwait(false); // its lock keeps the schedule as it is
            if (await CardStore.IsPlannedAfter(tx, begin, ct).ConfigureAwait(false)) throw new RuleBroken(PlannedLater, Texts.PlannedLater);
            var against = await tx.First<string>("select against from rates_replays where card_id = @id", new { id }, ct).ConfigureAwait(false);
            if (against != await CardStore.InForce(tx, begin, ct).ConfigureAwait(false)) throw new RuleBroken(ReplayOutdated, Texts.ReplayOutdated);
            await Schedule(tx, clock, book, who, id, begin, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Puts a card in force again at once that was published before: the way back from a mistake, so one person is enough.</summary>
    /// <returns>False when there is no such card.</returns>
    /// <exception cref="RuleBroken"><see cref="AlreadyLive"/>, and those of <see cref="CardMachine"/>.</exception>
    public static Task<bool> Restore(Db db, TimeProvider clock, RateBook book, StaffId who, string id, string reason, CancellationToken ct) =>
        Act(db, clock, who, id, CardAction.Restore, "restored", reason, async (tx, _) =>
        {
            await CardStore.Raise(tx, ct).ConfigureAwait(false);
            if (await CardStore.InForce(tx, clock.GetUtcNow(), ct).ConfigureAwait(false) == id) throw new RuleBroken(AlreadyLive, Texts.CardAlreadyLive);
            await Schedule(tx, clock, book, who, id, clock.GetUtcNow(), ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Takes back a publication whose time has not come.</summary>
    /// <param name="db">Where it is kept.</param>
    /// <param name="clock">The time.</param>
    /// <param name="book">Learns of it at once.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="entry">Id of the publication.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>False when there is no such publication, or it is taken back already.</returns>
    /// <exception cref="RuleBroken"><see cref="Begun"/>.</exception>
    public static Task<bool> Withdraw(Db db, TimeProvider clock, RateBook book, StaffId who, string entry, string reason, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        var row = await tx.First<EntryRow>(
            $"select card_id as CardId, valid_from as ValidFrom from rates_schedule where id = @entry and withdrawn_at is null {tx.Dialect.ForUpdate}", new { entry }, ct).ConfigureAwait(false);
        if (row is null) return false;
        if (row.ValidFrom <= now) throw new RuleBroken(Begun, Texts.ScheduleBegun);
        await tx.Execute("update rates_schedule set withdrawn_at = @now where id = @entry", new { entry, now }, ct).ConfigureAwait(false);
        await CardStore.Raise(tx, ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, who, "rate_card.withdrawn", "rate_card:" + row.CardId, reason, ct).ConfigureAwait(false);
        tx.AfterCommit(book.LookAgain);
        return true;
    }, ct);

    private static Task<bool> Act(
        Db db, TimeProvider clock, StaffId who, string id, CardAction action, string verb, string reason, Func<Tx, CardStore.CardRow, Task> change, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (await CardStore.Locked(tx, id, ct).ConfigureAwait(false) is not { } row) return false;
            var state = CardMachine.After(row.State, action);
            await change(tx, row).ConfigureAwait(false);
            if (state != row.State) await CardStore.SetState(tx, id, state, clock.GetUtcNow(), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, who, "rate_card." + verb, "rate_card:" + id, reason.Length == 0 ? row.Name : $"{row.Name}：{reason}", ct).ConfigureAwait(false);
            return true;
        }, ct);

    private static async Task Schedule(Tx tx, TimeProvider clock, RateBook book, StaffId who, string id, DateTimeOffset from, CancellationToken ct)
    {
        await CardStore.Schedule(tx, Ids.New(clock), id, from, who, clock.GetUtcNow(), ct).ConfigureAwait(false);
        tx.AfterCommit(book.LookAgain);
    }

    private sealed record EntryRow
    {
        public required string CardId { get; init; }
        public required DateTimeOffset ValidFrom { get; init; }
    }
}

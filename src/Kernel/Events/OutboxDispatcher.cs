using System.Diagnostics;
using System.Diagnostics.Metrics;
using Courier.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.Kernel.Events;

/// <summary>How deliveries are leased and tried again; section <c>Outbox</c>.</summary>
public sealed record OutboxOptions : ICheckedOptions
{
    /// <summary>How long a claimed delivery belongs to the process that claimed it; a crash frees it after this time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Delay before the second attempt; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The delay grows no further than this.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After so many attempts a delivery is dead until a person re-queues it.</summary>
    public int Attempts { get; init; } = 12;

    /// <summary>Deliveries claimed at once.</summary>
    public int ClaimSize { get; init; } = 200;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (Lease < TimeSpan.FromSeconds(5)) yield return "Lease must be 00:00:05 or more";
        if (FirstDelay <= TimeSpan.Zero || LongestDelay < FirstDelay) yield return "FirstDelay must be positive and not above LongestDelay";
        if (Attempts is < 1 or > 100) yield return "Attempts must lie between 1 and 100";
        if (ClaimSize is < 1 or > 1000) yield return "ClaimSize must lie between 1 and 1000";
    }
}

/// <summary>Hands events to their reactions: claims by lease, commits "done" with the reaction's own changes, tries again with a growing delay.</summary>
public sealed partial class OutboxDispatcher(
    Db db, EventCatalog catalog, IServiceScopeFactory scopes, TimeProvider clock, OutboxOptions options, ILogger<OutboxDispatcher> log)
{
    private static readonly Counter<long> Deliveries =
        CourierMetrics.Meter.CreateCounter<long>("courier_outbox_deliveries_total", description: "Attempts to deliver an event to a reaction, by outcome.");

    private readonly string[] _handlers = [.. catalog.Reactions.Select(r => r.Name)];

    // The outer conditions are checked again when the row is locked: two processes may have read the same candidates.
    private const string Claim =
        """
        update outbox_deliveries
        set leased_by = @claim, leased_until = @until, attempts = attempts + 1
        where status = 'pending' and leased_until < @now and id in (
          select id from (
            select d.id
            from outbox_deliveries d
            where d.status = 'pending' and d.next_at <= @now and d.leased_until < @now and d.handler in @handlers
              and (d.delivery_order = 'none' or not exists (
                select 1 from outbox_deliveries e
                where e.handler = d.handler and e.aggregate = d.aggregate and e.version < d.version
                  and (e.status = 'pending' or (e.status = 'dead' and d.delivery_order = 'per_aggregate'))))
            order by d.next_at, d.id
            limit @size) due)
        """;

    private const string Claimed =
        """
        select d.id, d.handler, d.aggregate, d.version, d.attempts, m.name, m.body
        from outbox_deliveries d
        join outbox_messages m on m.id = d.message_id
        where d.leased_by = @claim and d.status = 'pending'
        order by d.id
        """;

    private const string Finish =
        """
        update outbox_deliveries
        set status = 'done', finished_at = @now, leased_until = 0, last_error = ''
        where id in @ids and leased_by = @claim and status = 'pending'
        """;

    private const string Supersede =
        """
        update outbox_deliveries
        set status = 'superseded', finished_at = @now
        where handler = @Handler and aggregate = @Aggregate and version < @Version and status = 'dead'
        """;

    private const string Postpone =
        """
        update outbox_deliveries
        set status = @status, next_at = @next, leased_until = 0, last_error = @error, finished_at = @finished
        where id = @id and leased_by = @claim and status = 'pending'
        """;

    // Not those that failed: they were given back with their delay.
    private const string GiveBack =
        """
        update outbox_deliveries
        set leased_until = 0, attempts = attempts - 1
        where leased_by = @claim and leased_until > 0 and status = 'pending'
        """;

    /// <summary>Delivers what is due until nothing is left.</summary>
    /// <param name="ct">Cuts the work under way; its deliveries come again when their leases end.</param>
    /// <param name="stop">Lets the batch under way finish, gives the rest of the portion back and begins nothing more.</param>
    /// <returns>How many deliveries were attempted.</returns>
    public async Task<int> RunUntilIdle(CancellationToken ct = default, CancellationToken stop = default)
    {
        var total = 0;
        while (!stop.IsCancellationRequested && await RunOnce(ct, stop).ConfigureAwait(false) is var count and > 0) total += count;
        return total;
    }

    /// <summary>Claims one portion of what is due and delivers it.</summary>
    /// <param name="ct">Cuts the work under way; its deliveries come again when their leases end.</param>
    /// <param name="stop">Lets the batch under way finish and gives the rest of the portion back.</param>
    /// <returns>How many deliveries were attempted.</returns>
    public async Task<int> RunOnce(CancellationToken ct = default, CancellationToken stop = default)
    {
        var attempted = 0;
        var claim = Ids.New(clock);
        var leased = await Lease(claim, ct).ConfigureAwait(false);
        foreach (var ofOneReaction in leased.GroupBy(d => d.Handler))
        {
            var reaction = catalog.Named(ofOneReaction.Key)!;
            foreach (var batch in ofOneReaction.Chunk(reaction.BatchSize))
            {
                if (stop.IsCancellationRequested)
                {
                    await db.Execute(GiveBack, new { claim }, ct).ConfigureAwait(false);
                    return attempted;
                }
                await Deliver(reaction, batch, claim, ct).ConfigureAwait(false);
                attempted += batch.Length;
            }
        }
        return attempted;
    }

    private async Task<IReadOnlyList<PendingDelivery>> Lease(string claim, CancellationToken ct)
    {
        if (_handlers.Length == 0) return [];
        var now = clock.GetUtcNow();
        var count = await db.Execute(Claim, new { claim, now, until = now + options.Lease, handlers = _handlers, size = options.ClaimSize }, ct).ConfigureAwait(false);
        return count == 0 ? [] : await db.Query<PendingDelivery>(Claimed, new { claim }, ct).ConfigureAwait(false);
    }

    private async Task Deliver(ReactionRegistration reaction, PendingDelivery[] batch, string claim, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        try
        {
            await Attempt(reaction, batch, claim, ct).ConfigureAwait(false);
            Count(reaction, "done", batch.Length);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw; // the shutdown has no more time: the leases end and the deliveries come again
        }
        catch (LeaseLost)
        {
            LeaseRanOut(log, reaction.Name, clock.GetElapsedTime(started));
        }
        catch (Exception) when (batch.Length > 1)
        {
            foreach (var one in batch) await Deliver(reaction, [one], claim, ct).ConfigureAwait(false);
        }
        catch (Exception e) // one of the four loops: a reaction that fails must not stop the others
        {
            await Fail(reaction, batch[0], claim, e, ct).ConfigureAwait(false);
        }
    }

    private async Task Attempt(ReactionRegistration reaction, PendingDelivery[] batch, string claim, CancellationToken ct)
    {
        await db.InTransaction(async tx =>
        {
            await using var scope = scopes.CreateAsyncScope(); // in here: the work may run again and must begin anew
            await reaction.Handle(scope.ServiceProvider, batch, tx, ct).ConfigureAwait(false);
            var finished = await tx.Execute(Finish, new { ids = batch.Select(d => d.Id), claim, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
            if (finished != batch.Length) throw new LeaseLost();
            if (reaction.Order == DeliveryOrder.LatestWins)
            {
                foreach (var d in batch) await tx.Execute(Supersede, new { d.Handler, d.Aggregate, d.Version, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
            }
        }, ct).ConfigureAwait(false);
    }

    private async Task Fail(ReactionRegistration reaction, PendingDelivery delivery, string claim, Exception error, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var dead = delivery.Attempts >= options.Attempts;
        var text = $"{error.GetType().Name}: {Masking.PhonesIn(error.Message)}";
        await db.Execute(Postpone, new
        {
            id = delivery.Id, claim, status = dead ? "dead" : "pending", next = now + Delay(delivery.Attempts),
            error = text.Length > 1000 ? text[..1000] : text, finished = dead ? now : (DateTimeOffset?)null,
        }, ct).ConfigureAwait(false);
        Count(reaction, dead ? "dead" : "failed", 1);
        if (dead) Died(log, error, reaction.Name, delivery.Id, delivery.Attempts);
        else Failed(log, error, reaction.Name, delivery.Id, delivery.Attempts);
    }

    private TimeSpan Delay(long attempts)
    {
        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(attempts - 1, 30));
        return doubled < options.LongestDelay ? doubled : options.LongestDelay;
    }

    private static void Count(ReactionRegistration reaction, string outcome, int count) =>
        Deliveries.Add(count, new TagList { { "handler", reaction.Name }, { "outcome", outcome } });

    private sealed class LeaseLost : Exception;

    [LoggerMessage(LogLevel.Warning, "{Handler} could not handle delivery {Delivery} at attempt {Attempt}; it comes again later")]
    private static partial void Failed(ILogger log, Exception error, string handler, string delivery, long attempt);

    [LoggerMessage(LogLevel.Error, "{Handler} gave up delivery {Delivery} after {Attempt} attempts; it waits for a person")]
    private static partial void Died(ILogger log, Exception error, string handler, string delivery, long attempt);

    [LoggerMessage(LogLevel.Warning, "{Handler} took {Elapsed} and lost its lease; the deliveries come again")]
    private static partial void LeaseRanOut(ILogger log, string handler, TimeSpan elapsed);
}

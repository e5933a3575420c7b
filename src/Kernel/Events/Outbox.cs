using System.Text.Json;
using System.Threading.Channels;
using Courier.Kernel.Data;

namespace Courier.Kernel.Events;

/// <summary>Writes events beside the change that caused them: one message, and one delivery for each reaction.</summary>
public sealed class Outbox(EventCatalog catalog, TimeProvider clock)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something may have been published in this process since the last look.</summary>
    internal ChannelReader<bool> Signal => _signal.Reader;

    internal async Task Add(Tx tx, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        if (events.Count == 0) return;
        var now = clock.GetUtcNow();
        var messages = events.Select(e => (Id: Ids.New(clock), Event: e)).ToList();
        await tx.InsertRows("outbox_messages", ["id", "name", "aggregate", "version", "body", "created_at"],
            messages.Select(m => new object?[]
            {
                m.Id, EventCatalog.WireName(m.Event.GetType()), m.Event.Aggregate, m.Event.Version,
                JsonSerializer.Serialize(m.Event, m.Event.GetType(), KernelJson.Options), now,
            }), ct: ct).ConfigureAwait(false);
        await tx.InsertRows("outbox_deliveries", ["id", "message_id", "handler", "aggregate", "version", "delivery_order", "status", "next_at"],
            messages.SelectMany(m => catalog.For(m.Event.GetType()).Select(r => new object?[]
            {
                Ids.New(clock), m.Id, r.Name, m.Event.Aggregate, m.Event.Version, EnumText<DeliveryOrder>.Of(r.Order), "pending", now,
            })), ct: ct).ConfigureAwait(false);
        tx.AfterCommit(Wake);
    }

    /// <summary>
    /// Removes all messages that name one of these texts, with their deliveries, whatever became of them. Reads through all that is
    /// kept (a week): for erasing a person, not for every day.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="texts">Ids and the like: letters, digits, hyphens and underscores.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>How many messages were removed.</returns>
    public static async Task<int> Forget(Db db, IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        if (texts.Count == 0) return 0;
        var conditions = texts.Select((_, i) => FormattableString.Invariant($"instr(body, @t{i}) > 0"));
        var args = texts.Select((text, i) => (Name: FormattableString.Invariant($"t{i}"), text)).ToDictionary(t => t.Name, t => (object)t.text);
        var ids = await db.Query<string>($"select id from outbox_messages where {string.Join(" or ", conditions)}", args, ct).ConfigureAwait(false);
        foreach (var portion in ids.Chunk(500))
            await db.InTransaction(async tx =>
            {
                await tx.Execute("delete from outbox_deliveries where message_id in @portion", new { portion }, ct).ConfigureAwait(false);
                await tx.Execute("delete from outbox_messages where id in @portion", new { portion }, ct).ConfigureAwait(false);
            }, ct).ConfigureAwait(false);
        return ids.Count;
    }

    internal void Wake() => _signal.Writer.TryWrite(true);
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>The customer wants a person.</summary>
public static class RequestHuman
{
    private const string Before =
        """
        select count(*) from conversations_conversations
        where owner = 'queue' and (queued_at < @queuedAt or (queued_at = @queuedAt and id < @id))
        """;

    /// <summary>Puts the customer's conversation into the queue, once; a customer who waits or is being answered already keeps the place.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="calendars">When people answer.</param>
    /// <param name="customer">Who.</param>
    /// <param name="channel">Where the answer goes.</param>
    /// <param name="topic">What it is about, in a few words for the desk; may be empty.</param>
    /// <param name="idempotencyKey">The same for repeats of the same wish (WeChat's MsgId): a repeat opens nothing, even when the conversation was closed since.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<HandOff> Execute(
        Db db, TimeProvider clock, CalendarsOptions calendars, CustomerId customer, ChannelAddress channel, string topic, string idempotencyKey, CancellationToken ct)
    {
        var (conversation, alreadyOpen) = await Queue(db, clock, customer, channel, ShortTopic(topic), "handoff:" + idempotencyKey, ct).ConfigureAwait(false);
        var ahead = conversation.Owner == ConversationOwner.Queue
            ? await db.First<long>(Before, new { queuedAt = conversation.QueuedAt, id = conversation.Id }, ct).ConfigureAwait(false)
            : 0;
        var service = ServiceHours.At(calendars, clock.GetUtcNow());
        var text = Texts.HandOff(conversation.Number, conversation.Owner, alreadyOpen, (int)ahead, service, calendars.Hours);
        return new HandOff(conversation.Number, conversation.Owner, alreadyOpen, (int)ahead, service.OpenNow, service.NextOpeningText, text);
    }

    private static async Task<(Conversation Conversation, bool AlreadyOpen)> Queue(
        Db db, TimeProvider clock, CustomerId customer, ChannelAddress channel, string topic, string key, CancellationToken ct)
    {
        if (await ConversationStore.Kept(db, customer, MessageAuthor.System, key, ct).ConfigureAwait(false) is { } kept
            && await ConversationStore.Find(db, kept.ConversationId, ct).ConfigureAwait(false) is { } before)
            return (before, true);
        return await ConversationStore.InOpen(db, clock, customer, channel, topic, async (tx, open) =>
        {
            if (Complaints.IsIn(topic)) await Complaints.Begin(tx, clock, open, ct).ConfigureAwait(false);
            if (ConversationRules.After(open.Owner, ConversationAction.RequestHuman) is not { } next) return (open, true);
            var queued = await ConversationStore.Move(tx, clock, open, next, null, ct).ConfigureAwait(false);
            await ConversationStore.Add(tx, clock, queued, NewMessage.Happened("handed_off", key), ct).ConfigureAwait(false);
            await tx.Publish(new ConversationHandedOff(queued.Id, queued.Number, customer, queued.Version), ct).ConfigureAwait(false);
            return (queued, false);
        }, ct).ConfigureAwait(false);
    }

    private static string ShortTopic(string topic)
    {
        var masked = Masking.PhonesIn(topic.ReplaceLineEndings(" ").Trim());
        return masked.Length > 100 ? masked[..100] : masked;
    }
}

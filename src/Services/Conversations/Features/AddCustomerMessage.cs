using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>A customer has written: the message is kept in the open conversation; without one, a conversation with the bot begins.</summary>
public static class AddCustomerMessage
{
    private const int MostCharacters = 5000;

    /// <summary>Keeps the message, once.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypt the text at rest.</param>
    /// <param name="clock">The time.</param>
    /// <param name="customer">Who wrote.</param>
    /// <param name="channel">Where the answer goes.</param>
    /// <param name="kind">Kind of message: <c>text</c>, <c>image</c>, <c>voice</c>, <c>location</c> ….</param>
    /// <param name="text">What was written; for other kinds a description, or empty.</param>
    /// <param name="mediaId">Id of the medium at the channel; null when there is none.</param>
    /// <param name="idempotencyKey">The same for repeats of the same message (WeChat's MsgId).</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Execute(
        Db db, DataKeys keys, TimeProvider clock, CustomerId customer, ChannelAddress channel, string kind, string text, string? mediaId, string idempotencyKey, CancellationToken ct)
    {
        // Looked for twice: before, so that a repeat begins no conversation; under the lock, for a repeat that runs at the same time.
        if (await Known(db).ConfigureAwait(false)) return;
        await ConversationStore.InOpen(db, clock, customer, channel, "", async (tx, open) =>
        {
            if (await Known(tx).ConfigureAwait(false)) return false;
            var cut = text.Length > MostCharacters ? text[..MostCharacters] : text;
            var message = new NewMessage(MessageAuthor.Customer, null, kind, keys.Encrypt(cut), mediaId, idempotencyKey);
            var id = await ConversationStore.Add(tx, clock, open, message, ct).ConfigureAwait(false);
            if (mediaId is not null && kind is "image" or "voice") await Want(tx, clock, open, id, channel, mediaId!, ct).ConfigureAwait(false);
            if (open.State.BotIsSilent && Complaints.IsIn(cut)) await Complaints.Begin(tx, clock, open, ct).ConfigureAwait(false);
            await tx.Publish(new ConversationMessageReceived(open.Id, id, customer, open.Owner, open.Version), ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);

        static Task Want(Tx tx, TimeProvider clock, Conversation open, string message, ChannelAddress from, string mediaId, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            return tx.InsertRows("conversations_media", ["id", "conversation_id", "message_id", "channel", "app_id", "media_id", "state", "wanted_at", "next_at"],
                [[Ids.New(clock), open.Id, message, from.Channel, from.AppId, mediaId, "wanted", now, now]], ct: ct);
        }

        async Task<bool> Known(ISqlReader reader) =>
            await ConversationStore.Kept(reader, customer, MessageAuthor.Customer, idempotencyKey, ct).ConfigureAwait(false) is not null;
    }
}

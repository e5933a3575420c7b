using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>The agent who has the conversation writes to the customer.</summary>
public static class ReplyAsAgent
{
    // What WeChat takes as one message; longer ones would reach the customer cut.
    private const int MostBytes = 2048;

    /// <summary>Keeps the message and has it sent over the customer's channel, once.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypt the text at rest.</param>
    /// <param name="clock">The time.</param>
    /// <param name="conversationId">Which conversation.</param>
    /// <param name="agent">Who writes.</param>
    /// <param name="text">What; 1 to 2048 bytes of UTF-8.</param>
    /// <param name="clientKey">The same for repeats of the same message.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The message's id.</returns>
    /// <exception cref="RuleBroken"><c>conversation.not_yours</c>: somebody else or nobody has it; <c>conversation.unknown</c>; <c>conversation.text_length</c>.</exception>
    public static Task<string> Execute(Db db, DataKeys keys, TimeProvider clock, string conversationId, StaffId agent, string text, string clientKey, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text) || Encoding.UTF8.GetByteCount(text) > MostBytes) throw new RuleBroken("conversation.text_length", Texts.TextLength);
        return db.InTransaction(async tx =>
        {
            var conversation = await ConversationStore.Lock(tx, conversationId, ct).ConfigureAwait(false);
            var key = $"{conversation.Id}:{clientKey}";
            if (await ConversationStore.Kept(tx, conversation.Customer, MessageAuthor.Agent, key, ct).ConfigureAwait(false) is { } kept) return kept.MessageId;
            ConversationRules.MustHave(conversation, agent);
            var message = new NewMessage(MessageAuthor.Agent, agent, "text", keys.Encrypt(text), null, key);
            var id = await ConversationStore.Add(tx, clock, conversation, message, ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, agent, "conversation.replied", $"conversation:{conversation.Id}", null, ct).ConfigureAwait(false);
            await tx.Publish(new ConversationAnswered(conversation.Id, id, conversation.Version), ct).ConfigureAwait(false);
            return id;
        }, ct);
    }
}

using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>The conversation that a customer is in, and the customer of a conversation.</summary>
public static class CurrentConversation
{
    /// <summary>The open conversation; null when there is none, and then the bot answers.</summary>
    public static async Task<ConversationState?> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        (await ConversationStore.Open(db, customer, ct).ConfigureAwait(false))?.State;

    /// <summary>Whose conversation it is; null when there is none with this id.</summary>
    public static async Task<CustomerId?> CustomerOf(ISqlReader db, string id, CancellationToken ct) => (await ConversationStore.Find(db, id, ct).ConfigureAwait(false))?.Customer;
}

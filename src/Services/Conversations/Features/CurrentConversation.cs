using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>The conversation that a customer is in.</summary>
public static class CurrentConversation
{
    /// <summary>The open conversation; null when there is none, and then the bot answers.</summary>
    public static async Task<ConversationState?> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        (await ConversationStore.Open(db, customer, ct).ConfigureAwait(false))?.State;
}

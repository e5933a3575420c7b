namespace Courier.Services.Conversations;

/// <summary>Whose turn it is in a conversation.</summary>
public enum ConversationOwner
{
    /// <summary>The bot answers.</summary>
    Bot,

    /// <summary>The customer waits for a person; the bot is silent.</summary>
    Queue,

    /// <summary>A person answers; the bot is silent.</summary>
    Agent,

    /// <summary>It is over. The customer's next message begins another one with the bot.</summary>
    Closed,
}

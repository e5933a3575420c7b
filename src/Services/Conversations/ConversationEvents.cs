using Courier.Kernel.Events;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>A customer waits for a person.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Number">Its speakable number.</param>
/// <param name="Customer">Who.</param>
/// <param name="Version">Version of the conversation.</param>
[EventName("conversation.handed_off.v1")]
public sealed record ConversationHandedOff(string ConversationId, string Number, CustomerId Customer, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "conversation:" + ConversationId;
}

/// <summary>A customer has written.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The message; its text is read by <see cref="ReadTranscript"/>.</param>
/// <param name="Customer">Who.</param>
/// <param name="Owner">Whose turn it is.</param>
/// <param name="Version">Version of the conversation.</param>
[EventName("conversation.message_received.v1")]
public sealed record ConversationMessageReceived(string ConversationId, string MessageId, CustomerId Customer, ConversationOwner Owner, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "conversation:" + ConversationId;
}

/// <summary>An agent has taken a conversation.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Agent">Who has it now.</param>
/// <param name="Version">Version of the conversation.</param>
[EventName("conversation.taken.v1")]
public sealed record ConversationTaken(string ConversationId, StaffId Agent, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "conversation:" + ConversationId;
}

/// <summary>A message for the customer was written: an agent's, or the one that closes the conversation. The text is not in the event: it lies encrypted with the message.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Version">Version of the conversation.</param>
[EventName("conversation.answered.v1")]
public sealed record ConversationAnswered(string ConversationId, string MessageId, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "conversation:" + ConversationId;
}

/// <summary>A conversation is over.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Number">Its speakable number.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Channel">Where the customer is told.</param>
/// <param name="Version">Version of the conversation.</param>
[EventName("conversation.closed.v1")]
public sealed record ConversationClosed(string ConversationId, string Number, CustomerId Customer, ChannelAddress Channel, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "conversation:" + ConversationId;
}

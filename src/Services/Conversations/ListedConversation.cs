using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>A conversation in the desk's list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its speakable number.</param>
/// <param name="Customer">Who.</param>
/// <param name="Owner">Queue or Agent; Closed when it is over.</param>
/// <param name="Agent">Who has it; null while it waits.</param>
/// <param name="Topic">What it is about, in a few words.</param>
/// <param name="QueuedAt">Since when a person is wanted.</param>
/// <param name="LastMessageAt">When something was written last; null when nothing was.</param>
/// <param name="LastMessage">The last message; empty when there is none.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record ListedConversation(
    string Id, string Number, CustomerId Customer, ConversationOwner Owner, StaffId? Agent, string Topic, DateTimeOffset QueuedAt,
    DateTimeOffset? LastMessageAt, string LastMessage, long Version);

using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>A conversation as it lies in the database.</summary>
internal sealed record Conversation
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required CustomerId Customer { get; init; }
    public required ConversationOwner Owner { get; init; }
    public required StaffId? Agent { get; init; }
    public required string Channel { get; init; }
    public required string AppId { get; init; }
    public required string Address { get; init; }
    public required long Version { get; init; }
    public required long LastSequence { get; init; }
    public required DateTimeOffset? QueuedAt { get; init; }

    public ChannelAddress ReplyTo => new(Channel, AppId, Address);

    public ConversationState State => new(Id, Number, Owner, Version);
}

namespace Courier.Services.Conversations;

/// <summary>What became of the wish for a person.</summary>
/// <param name="Number">The conversation's speakable number.</param>
/// <param name="Owner">Queue, or Agent when somebody answers already.</param>
/// <param name="AlreadyOpen">Was a person in charge or waited for before?</param>
/// <param name="Ahead">How many customers wait before this one.</param>
/// <param name="OpenNow">Does somebody answer at this hour?</param>
/// <param name="NextOpening">When somebody answers next, as people say it (<c>明天 08:00</c>); empty when it is open.</param>
/// <param name="Text">All of it as the customer reads it.</param>
public sealed record HandOff(string Number, ConversationOwner Owner, bool AlreadyOpen, int Ahead, bool OpenNow, string NextOpening, string Text);

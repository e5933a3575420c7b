namespace Courier.Services.Conversations;

/// <summary>An open conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its speakable number: <c>C20261122-0007</c>.</param>
/// <param name="Owner">Whose turn it is; never <see cref="ConversationOwner.Closed"/> here.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record ConversationState(string Id, string Number, ConversationOwner Owner, long Version)
{
    /// <summary>Is a person in charge (or waited for), so that the bot must be silent?</summary>
    public bool BotIsSilent => Owner switch
    {
        ConversationOwner.Bot => false,
        ConversationOwner.Queue => true,
        ConversationOwner.Agent => true,
        ConversationOwner.Closed => false,
    };
}

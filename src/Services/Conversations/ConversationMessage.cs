namespace Courier.Services.Conversations;

/// <summary>Who wrote a message.</summary>
public enum MessageAuthor
{
    /// <summary>The customer.</summary>
    Customer,

    /// <summary>The bot.</summary>
    Bot,

    /// <summary>An agent.</summary>
    Agent,

    /// <summary>Nobody: something happened (the customer asked for a person, an agent took over …).</summary>
    System,
}

/// <summary>A message of a conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sequence">1, 2, 3 … in the conversation.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Kind">Kind of message: <c>text</c>, <c>image</c> …; for <see cref="MessageAuthor.System"/> what happened (<c>handed_off</c>, <c>taken</c>, <c>closed</c>).</param>
/// <param name="Text">What was written, decrypted.</param>
/// <param name="MediaId">Id of the medium at the channel; null when there is none.</param>
/// <param name="At">When.</param>
/// <param name="Media">How far the picture or voice is that came with it; null when none is kept.</param>
public sealed record ConversationMessage(string Id, long Sequence, MessageAuthor Author, string Kind, string Text, string? MediaId, DateTimeOffset At, MediaState? Media = null);

namespace Courier.WechatGateway.Replies;

/// <summary>What a rule answers: words, or silence where the customer is heard by somebody else.</summary>
/// <param name="Text">The words; null for silence.</param>
internal sealed record Reply(string? Text)
{
    public static Reply Silence { get; } = new((string?)null);
}

/// <summary>One way of answering. The rules are asked in order; the first that knows an answer gives it.</summary>
internal interface IReplyRule
{
    /// <summary>The answer, or null when this rule has none.</summary>
    Task<Reply?> Answer(Ask ask, CancellationToken ct);
}

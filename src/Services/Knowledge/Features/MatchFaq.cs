using Courier.Kernel.Data;

namespace Courier.Services.Knowledge;

/// <summary>Answers a frequent question by its keywords.</summary>
public static class MatchFaq
{
    /// <summary>The answer; null when it is not sure which one is meant, so that the customer is guided instead.</summary>
    /// <param name="db">Where the questions lie.</param>
    /// <param name="index">What is held in memory of them.</param>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<FaqAnswer?> Execute(ISqlReader db, KnowledgeIndex index, string text, CancellationToken ct) =>
        (await index.QuestionsFrom(db, ct).ConfigureAwait(false)).Best(text);
}

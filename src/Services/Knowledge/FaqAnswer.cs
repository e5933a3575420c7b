namespace Courier.Services.Knowledge;

/// <summary>The answer to a frequent question.</summary>
/// <param name="Intent">Stable key of the question: <c>track_stuck</c>.</param>
/// <param name="Question">The question in its standard form.</param>
/// <param name="Answer">The answer as the customer reads it.</param>
/// <param name="Source">Law or standard behind a rule that the answer claims; null when there is none.</param>
public sealed record FaqAnswer(string Intent, string Question, string Answer, string? Source);

namespace Courier.Services.Editions;

/// <summary>Something in a content that must not or should not be published.</summary>
/// <param name="Path">Which entry, such as <c>default/0/children/2</c> or <c>rows/5</c>; empty for the whole.</param>
/// <param name="Field">Which field of it, as in the content's JSON; empty for the entry.</param>
/// <param name="Message">What operators read.</param>
/// <param name="IsWarning">Whether it may be published all the same.</param>
public sealed record ContentProblem(string Path, string Field, string Message, bool IsWarning = false);

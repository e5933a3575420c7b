using System.Text.Json.Serialization;

namespace Courier.Services.Knowledge;

/// <summary>May it be sent?</summary>
public enum GoodsVerdict
{
    /// <summary>Not at all (禁止寄递).</summary>
    Forbidden,

    /// <summary>On a condition, which the answer names.</summary>
    Conditional,

    /// <summary>Yes.</summary>
    Allowed,
}

/// <summary>Whether one kind of goods may be sent.</summary>
/// <param name="Name">The goods as the rules name them.</param>
/// <param name="Verdict">May it be sent?</param>
/// <param name="Reason">Why.</param>
/// <param name="Condition">On which condition; only for <see cref="GoodsVerdict.Conditional"/>.</param>
/// <param name="Kind">The kind of goods that products may exclude, whatever it is filed under: <c>battery</c>, <c>liquid</c>, <c>powder</c>, <c>magnetic</c>; empty for none.</param>
public sealed record GoodsAnswer(string Name, GoodsVerdict Verdict, string Reason, string? Condition, [property: JsonIgnore] string Kind = "");

/// <summary>What a question about goods came to.</summary>
/// <param name="Known">An answer a thing, in the order of the question; at most five.</param>
/// <param name="Unknown">What was named and no rule is known for, as written; at most five.</param>
public sealed record GoodsCheck(IReadOnlyList<GoodsAnswer> Known, IReadOnlyList<string> Unknown);

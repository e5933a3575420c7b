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
public sealed record GoodsAnswer(string Name, GoodsVerdict Verdict, string Reason, string? Condition);

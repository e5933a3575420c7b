namespace Courier.Http;

/// <summary>What the caller sent cannot be understood; answered 400 with the field. For parsing at the edge; rules throw <see cref="Kernel.RuleBroken"/>.</summary>
/// <param name="field">The field as the caller named it.</param>
/// <param name="message">What people read.</param>
/// <param name="code">Stable code.</param>
public sealed class BadInput(string field, string message, string code = "request.field_invalid") : Exception(message)
{
    /// <summary>The field as the caller named it.</summary>
    public string Field { get; } = field;

    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}

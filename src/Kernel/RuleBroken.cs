namespace Courier.Kernel;

/// <summary>A business rule refuses what was asked. Faces answer it as a conflict (409) with <see cref="Code"/>; it never means a fault of ours.</summary>
/// <param name="code">Stable code such as <c>parcel.already_delivered</c>.</param>
/// <param name="message">What the person is told, in Chinese.</param>
public sealed class RuleBroken(string code, string message) : Exception(message)
{
    /// <summary>Stable code, lower snake case, prefixed by its capability.</summary>
    public string Code { get; } = code;
}

namespace Courier.Services.Addresses.Parsing;

/// <summary>A file that cannot be taken as a list of addresses.</summary>
/// <param name="code">Stable code: <c>file.type_wrong</c>, <c>file.too_large</c>, <c>file.too_many_rows</c>, <c>file.damaged</c>, <c>file.empty</c>, <c>file.encoding_wrong</c>.</param>
/// <param name="message">What people read.</param>
public sealed class SheetRefused(string code, string message) : Exception(message)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}

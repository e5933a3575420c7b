namespace Courier.Kernel.Data;

/// <summary>
/// Compares texts of statements, for finding what was made of one before. They have hundreds of characters and there are few of them: a hash
/// of all characters would cost more than SQLite's search for a row, so it is made of some, over the whole length.
/// </summary>
internal sealed class SqlTexts : IEqualityComparer<string>
{
    private const int Looked = 16;

    /// <summary>The one.</summary>
    public static SqlTexts Comparer { get; } = new();

    public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal); // at once for the same object

    public int GetHashCode(string text)
    {
        var hash = text.Length;
        for (var (i, step) = (text.Length - 1, text.Length / Looked + 1); i >= 0; i -= step) hash = hash * 31 + text[i];
        return hash;
    }
}

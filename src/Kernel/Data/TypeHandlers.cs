using System.Data;
using System.Text;

namespace Courier.Kernel.Data;

/// <summary>
/// How our types lie in columns: times as Unix milliseconds UTC, money as fen, enums as lower snake case text, text values as text.
/// A capability registers its own enums and value types in its module file.
/// </summary>
public static class TypeHandlers
{
    /// <summary>Stores an enum as its name in lower snake case (<c>OutForDelivery</c> → <c>out_for_delivery</c>).</summary>
    public static void AddEnum<T>() where T : struct, Enum
    {
        Columns.Add(new ColumnType<T>((row, i) => EnumText<T>.Parse(row.Utf8(i)), EnumText<T>.Of));
    }

    /// <summary>Stores a value type as its text.</summary>
    public static void AddText<T>() where T : struct, ITextValue<T>
    {
        Columns.Add(new ColumnType<T>((row, i) => Parsed<T>(row.Text(i)), v => v.Text));
    }

    private static T Parsed<T>(string text) where T : struct, ITextValue<T> =>
        T.TryParse(text, null, out var parsed) ? parsed : throw new DataException($"a stored {typeof(T).Name} cannot be read");
}

/// <summary>The text of an enum's members as stored and sent: lower snake case.</summary>
/// <typeparam name="T">The enum.</typeparam>
public static class EnumText<T> where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(v => v, v => Snake(v.ToString()));
    private static readonly Dictionary<string, T> Values = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    private static readonly (byte[] Text, T Value)[] Stored = [.. Names.Select(p => (Encoding.UTF8.GetBytes(p.Value), p.Key))];

    /// <summary>The text of a member.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>The member with this text; false when there is none.</summary>
    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is not null && Values.TryGetValue(text, out value);
    }

    /// <summary>The member with this text.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static T Parse(string text) => TryParse(text, out var value) ? value : throw new DataException($"'{text}' is no {typeof(T).Name}");

    /// <summary>The member with this text in UTF-8, as a row holds it.</summary>
    /// <exception cref="DataException">There is none.</exception>
    internal static T Parse(ReadOnlySpan<byte> utf8)
    {
        foreach (var (text, value) in Stored) if (utf8.SequenceEqual(text)) return value;
        throw new DataException($"'{Encoding.UTF8.GetString(utf8)}' is no {typeof(T).Name}");
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}

using System.Text;

namespace Courier.Wechat.Client.Calls;

/// <summary>
/// Limits of WeChat that can be seen before a call is made. A breach is a mistake of whoever makes the call: an
/// <see cref="ArgumentException"/> that says the limit, instead of a bare number from WeChat and a call of the day's quota gone.
/// </summary>
internal static class Limit
{
    /// <summary>The items, when there are between <paramref name="fewest"/> and <paramref name="most"/> of them.</summary>
    public static IReadOnlyList<T> Items<T>(IReadOnlyList<T> items, int fewest, int most, string name)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        return items.Count >= fewest && items.Count <= most
            ? items : throw new ArgumentException($"There are {items.Count} of them; WeChat takes {fewest} to {most}.", name);
    }

    /// <summary>The text, when it is not blank and has at most so many characters (UTF-16 units, as WeChat counts).</summary>
    public static string Characters(string text, int most, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        return text.Length <= most ? text : throw new ArgumentException($"It has {text.Length} characters; WeChat takes at most {most}.", name);
    }

    /// <summary>The same for a text that may be left out.</summary>
    public static string? OptionalCharacters(string? text, int most, string name) =>
        string.IsNullOrEmpty(text) ? null : Characters(text, most, name);

    /// <summary>The text, when it is not blank and has at most so many bytes in UTF-8; a Chinese character has three.</summary>
    public static string Bytes(string text, int most, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        var bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= most ? text : throw new ArgumentException($"It has {bytes} bytes; WeChat takes at most {most}.", name);
    }

    /// <summary>The number, when it lies between the bounds, both included.</summary>
    public static T Range<T>(T value, T least, T most, string name) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value : throw new ArgumentOutOfRangeException(name, value, $"WeChat takes {least} to {most}.");

    /// <summary>The text, when it is not blank.</summary>
    public static string NotBlank(string text, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        return text;
    }
}

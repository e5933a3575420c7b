using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>One element of a callback: XML element or JSON property, with its text or its children.</summary>
/// <param name="Name">Name as it came; case differs between WeChat's own pages and its traffic.</param>
/// <param name="Value">Text as it came; empty when there are children.</param>
/// <param name="Children">Elements inside; empty when there is text.</param>
public sealed record Field(string Name, string Value, Fields Children)
{
    /// <summary>An element with text.</summary>
    public Field(string name, string value) : this(name, value, Fields.Empty)
    {
    }

    /// <summary>Whether the value is a number in JSON and needs no CDATA in XML.</summary>
    internal bool IsNumber { get; init; }
}

/// <summary>
/// The elements of a callback in the order in which they came, the same for XML and JSON: a JSON array is the element repeated.
/// Names are found whatever their case; the first of several wins where one is asked for.
/// </summary>
public sealed class Fields : IReadOnlyList<Field>
{
    private readonly IReadOnlyList<Field> _fields;

    /// <summary>Elements in order.</summary>
    public Fields(IReadOnlyList<Field> fields) => _fields = fields;

    /// <summary>No elements.</summary>
    public static Fields Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => _fields.Count;

    /// <inheritdoc />
    public Field this[int index] => _fields[index];

    /// <summary>Elements with text only, for tests and unknown types.</summary>
    public static Fields Of(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var fields = new List<Field>(values.Length);
        foreach (var (name, value) in values) fields.Add(new Field(name, value));
        return new Fields(fields);
    }

    /// <summary>Whether there is an element of that name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The text exactly as it came; empty when there is none.</summary>
    public string Raw(string name) => Find(name)?.Value ?? "";

    /// <summary>The text without blanks around it; empty when there is none.</summary>
    public string Text(string name) => Raw(name).Trim();

    /// <summary>The text without blanks around it; null when there is none or it is empty.</summary>
    public string? Optional(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>A whole number, from a JSON number or text; null when there is none.</summary>
    public long? Number(string name) =>
        long.TryParse(Raw(name).AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A finite number with decimals; null when there is none.</summary>
    public double? Decimal(string name) =>
        double.TryParse(Raw(name).AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : null;

    /// <summary>A time from Unix seconds; null when there is none or it is out of range.</summary>
    public DateTimeOffset? Time(string name) =>
        Number(name) is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The children of an element; empty when there is none.</summary>
    public Fields Group(string name) => Find(name)?.Children ?? Empty;

    /// <summary>The children of every element of that name, be there one or many.</summary>
    public IReadOnlyList<Fields> Each(string name)
    {
        var found = new List<Fields>();
        foreach (var field in _fields)
            if (Is(field, name)) found.Add(field.Children);
        return found;
    }

    /// <inheritdoc />
    public IEnumerator<Field> GetEnumerator() => _fields.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Field? Find(string name)
    {
        for (var i = 0; i < _fields.Count; i++) // asked for each value of each callback: an enumerator would be made each time
            if (Is(_fields[i], name)) return _fields[i];
        return null;
    }

    private static bool Is([NotNull] Field field, string name) => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase);
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Courier.Sip.Messages;

/// <summary>One parameter.</summary>
/// <param name="Name">the name as it came; compared without regard to case</param>
/// <param name="Value">the value as it came, quotes included; null when there is none</param>
public readonly record struct SipParameter(string Name, string? Value);

/// <summary>The parameters behind a URI, an address or a Via, in their order. Unchangeable: a change makes another list.</summary>
public sealed class SipParameters : IReadOnlyList<SipParameter>
{
    /// <summary>No parameters.</summary>
    public static readonly SipParameters None = new([]);

    private readonly SipParameter[] _all;

    private SipParameters(SipParameter[] all) => _all = all;

    /// <inheritdoc />
    public int Count => _all.Length;

    /// <inheritdoc />
    public SipParameter this[int index] => _all[index];

    /// <summary>What a parameter says, without quotes; null when it is not there or has no value.</summary>
    public string? this[string name] => Find(name) is { Value: { } value } ? SipText.Unquote(value) : null;

    /// <summary>Whether the parameter is there, with a value or without.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A list in which the parameter has this value: in its old place, or at the end.</summary>
    public SipParameters With(string name, string? value)
    {
        var at = Array.FindIndex(_all, p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0) return new([.. _all, new(name, value)]);
        var changed = (SipParameter[])_all.Clone();
        changed[at] = new(_all[at].Name, value);
        return new(changed);
    }

    /// <summary>A list without the parameter.</summary>
    public SipParameters Without(string name) =>
        Has(name) ? new([.. _all.Where(p => !p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))]) : this;

    /// <inheritdoc />
    public IEnumerator<SipParameter> GetEnumerator() => ((IEnumerable<SipParameter>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads the parameters that come next; stops before what is none. False when one is malformed or comes twice.</summary>
    internal static bool TryTake(ref Cursor cursor, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = null;
        List<SipParameter>? read = null;
        while (cursor.TakeSeparator(';'))
        {
            if (!TryTakeOne(ref cursor, out var parameter)) return false;
            if (read?.Exists(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)) == true) return false;
            (read ??= []).Add(parameter);
        }
        parameters = read is null ? None : new([.. read]);
        return true;
    }

    /// <summary>Reads the parameters of a URI: separated by semicolons without spaces, with escapes for what may not stand there.</summary>
    internal static bool TryParseUri(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipParameters? parameters)
    {
        parameters = null;
        List<SipParameter> read = [];
        foreach (var range in text.Split(';'))
        {
            var one = text[range];
            var equals = one.IndexOf('=');
            var name = equals < 0 ? one : one[..equals];
            if (name.IsEmpty || one.ContainsAnyExcept(SipText.UriParameterCharacters)) return false;
            read.Add(new(SipText.Unescape(Words.Of(name)), equals < 0 ? null : SipText.Unescape(one[(equals + 1)..].ToString())));
        }
        parameters = new([.. read]);
        return true;
    }

    internal void AppendTo(ref TextBuffer buffer)
    {
        foreach (var (name, value) in _all)
        {
            buffer.Append(';');
            buffer.Append(name);
            if (value is null) continue;
            buffer.Append('=');
            buffer.Append(value);
        }
    }

    private static bool TryTakeOne(ref Cursor cursor, out SipParameter parameter)
    {
        parameter = default;
        var name = Words.Of(cursor.TakeWhile(SipText.TokenCharacters));
        if (name.Length == 0) return false;
        if (!cursor.TakeSeparator('='))
        {
            parameter = new(name, null);
            return true;
        }
        ReadOnlySpan<char> value;
        if (!cursor.Sees('"')) value = cursor.TakeWhile(SipText.ParameterValueCharacters);
        else if (!cursor.TryTakeQuoted(out value)) return false;
        parameter = new(name, Words.Of(value));
        return !value.IsEmpty;
    }

    private SipParameter? Find(string name)
    {
        foreach (var parameter in _all)
            if (parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return parameter;
        return null;
    }
}

using System.Collections;

namespace Courier.Sip.Messages;

/// <summary>One header as text.</summary>
/// <param name="Name">the name in its long form</param>
/// <param name="Value">the value without folds and without spaces at its ends</param>
public readonly record struct SipHeader(string Name, string Value);

/// <summary>The headers of a message that the stack itself does not act on, in their order.</summary>
public sealed class SipHeaders : IReadOnlyList<SipHeader>
{
    private readonly List<SipHeader> _headers = [];

    /// <inheritdoc />
    public int Count => _headers.Count;

    /// <inheritdoc />
    public SipHeader this[int index] => _headers[index];

    /// <summary>The first value of a header, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var header in _headers)
                if (Same(header.Name, name)) return header.Value;
            return null;
        }
    }

    /// <summary>All values of a header, one for each time it stands there.</summary>
    public IEnumerable<string> All(string name) => _headers.Where(h => Same(h.Name, name)).Select(h => h.Value);

    /// <summary>The tokens of a header that is a list, such as Require or Allow, whether in one header or in several (RFC 3261 §7.3.1).</summary>
    public IEnumerable<string> Tokens(string name) => All(name).SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Adds a header after those that are there.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value holds a line end, which would begin another header.</exception>
    public void Add(string name, string value)
    {
        if (!SipText.IsToken(name)) throw new ArgumentException("A header's name is a token.", nameof(name));
        if (value.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException("A header's value has no line end.", nameof(value));
        _headers.Add(new SipHeader(name, value));
    }

    /// <summary>Puts a value in the place of all that the header has.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Add"/>.</exception>
    public void Set(string name, string value)
    {
        Remove(name);
        Add(name, value);
    }

    /// <summary>Takes a header out, however often it stands there.</summary>
    public void Remove(string name) => _headers.RemoveAll(h => Same(h.Name, name));

    /// <inheritdoc />
    public IEnumerator<SipHeader> GetEnumerator() => _headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds what the parser has read: one line, without line ends.</summary>
    internal void AddParsed(string name, string value) => _headers.Add(new SipHeader(name, value));

    private static bool Same(string one, string other) => ReferenceEquals(one, other) || one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

using System.Buffers;

namespace Courier.Sip.Messages;

/// <summary>Walks over the text of a header value whose folds have been taken out.</summary>
internal ref struct Cursor(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool Ended => _rest.IsEmpty;

    public readonly ReadOnlySpan<char> Rest => _rest;

    public readonly bool Sees(char character) => !_rest.IsEmpty && _rest[0] == character;

    public void SkipSpace()
    {
        while (!_rest.IsEmpty && _rest[0] is ' ' or '\t') _rest = _rest[1..];
    }

    /// <summary>Takes a separator together with the spaces around it; leaves everything where it was when it is not there.</summary>
    public bool TakeSeparator(char separator)
    {
        var before = _rest;
        SkipSpace();
        if (!Sees(separator))
        {
            _rest = before;
            return false;
        }
        _rest = _rest[1..];
        SkipSpace();
        return true;
    }

    /// <summary>Takes the characters of a kind that come next; empty when there is none.</summary>
    public ReadOnlySpan<char> TakeWhile(SearchValues<char> kind)
    {
        var end = _rest.IndexOfAnyExcept(kind);
        return Take(end < 0 ? _rest.Length : end);
    }

    /// <summary>Takes what comes before the first of the characters, or everything.</summary>
    public ReadOnlySpan<char> TakeUntilAny(ReadOnlySpan<char> ends)
    {
        var end = _rest.IndexOfAny(ends);
        return Take(end < 0 ? _rest.Length : end);
    }

    public ReadOnlySpan<char> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    /// <summary>Takes a quoted-string with its quotes; false when it does not end.</summary>
    public bool TryTakeQuoted(out ReadOnlySpan<char> quoted)
    {
        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == '\\') i++;
            else if (_rest[i] == '"')
            {
                quoted = Take(i + 1);
                return true;
            }
        }
        quoted = default;
        return false;
    }
}

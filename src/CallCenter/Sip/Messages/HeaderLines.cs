namespace Courier.Sip.Messages;

/// <summary>Walks over the lines of a message's head. Folds are replaced by spaces in place (RFC 3261 §7.3.1).</summary>
internal ref struct HeaderLines(Span<char> text)
{
    private Span<char> _rest = text;
    private int _count;

    /// <summary>What is wrong with the line that ended the walk; null when the walk came to the end of the head.</summary>
    public string? Fault { get; private set; }

    public ReadOnlySpan<char> TakeStartLine() => TakeLine();

    /// <summary>Takes the next header; false at the end of the head or at a line that is none.</summary>
    public bool TryTake(out string name, out ReadOnlySpan<char> value)
    {
        name = "";
        value = default;
        Unfold();
        var line = TakeLine();
        if (line.IsEmpty) return false;
        var colon = line.IndexOf(':');
        var written = colon < 0 ? default : line[..colon].TrimEnd(" \t");
        if (!SipText.IsToken(written)) return Ended("Malformed Header");
        if (line.Length > SipParser.LongestLine || ++_count > SipParser.MostHeaders) return Ended("Too Many Headers");
        name = HeaderNames.Of(written);
        value = line[(colon + 1)..].Trim(" \t");
        // A carriage return alone ends no line; written again it would, at somebody who reads more loosely.
        return !value.Contains('\r') || Ended("Malformed Header");
    }

    private bool Ended(string fault)
    {
        Fault = fault;
        return false;
    }

    private ReadOnlySpan<char> TakeLine()
    {
        var end = _rest.IndexOf('\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return line.EndsWith("\r") ? line[..^1] : line;
    }

    private readonly void Unfold()
    {
        for (var from = 0; ;)
        {
            var end = _rest[from..].IndexOf('\n');
            if (end < 0) return;
            end += from;
            if (end + 1 >= _rest.Length || _rest[end + 1] is not (' ' or '\t')) return;
            // The empty line that ends the head continues nothing.
            if (end == 0 || (end == 1 && _rest[0] == '\r')) return;
            _rest[end] = ' ';
            if (_rest[end - 1] == '\r') _rest[end - 1] = ' ';
            from = end + 1;
        }
    }
}

using Courier.Sip.Messages;

namespace Courier.Sip.Auth;

/// <summary>The scheme and the fields of a challenge or of credentials (RFC 3261 §25.1, challenge, credentials).</summary>
internal sealed class AuthFields
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Reads a header's value; null when it is not Digest or malformed.</summary>
    public static AuthFields? Digest(ReadOnlySpan<char> value)
    {
        var cursor = new Cursor(value);
        cursor.SkipSpace();
        if (!cursor.TakeWhile(SipText.TokenCharacters).Equals("Digest", StringComparison.OrdinalIgnoreCase)) return null;
        var fields = new AuthFields();
        do
        {
            cursor.SkipSpace();
            if (!fields.TryTake(ref cursor)) return null;
        }
        while (cursor.TakeSeparator(','));
        cursor.SkipSpace();
        return cursor.Ended ? fields : null;
    }

    private bool TryTake(ref Cursor cursor)
    {
        var name = cursor.TakeWhile(SipText.TokenCharacters);
        if (name.IsEmpty || !cursor.TakeSeparator('=')) return false;
        ReadOnlySpan<char> value;
        if (!cursor.Sees('"')) value = cursor.TakeUntilAny(", \t");
        else if (!cursor.TryTakeQuoted(out value)) return false;
        return _fields.TryAdd(name.ToString(), SipText.Unquote(value));
    }
}

using System.Buffers;
using System.Text;

namespace Courier.Sip.Messages;

/// <summary>Characters, escapes and quoting of RFC 3261 §25.1, and the way between bytes and text that loses nothing.</summary>
/// <remarks>
/// Header text is UTF-8. Bytes that are not (a display name in GBK, say) are carried as lone surrogates U+DC80…U+DCFF and
/// written back as the bytes they were, so that what is copied into a response is what came.
/// </remarks>
public static class SipText
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Mark = "-_.!~*'()";
    private const char EscapedByte = '\uDC00';

    internal static readonly SearchValues<char> TokenCharacters = SearchValues.Create(Alphanumeric + "-.!%*_+`'~");
    internal static readonly SearchValues<char> ParameterValueCharacters = SearchValues.Create(Alphanumeric + "-.!%*_+`'~[]:");
    internal static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(Alphanumeric + "+-.");
    internal static readonly SearchValues<char> HostCharacters = SearchValues.Create(Alphanumeric + "-._");
    // '#' is not in the RFC's list, but it is a key of every telephone and phones send it as it is.
    internal static readonly SearchValues<char> UserCharacters = SearchValues.Create(Alphanumeric + Mark + "%&=+$,;?/#");
    internal static readonly SearchValues<char> PasswordCharacters = SearchValues.Create(Alphanumeric + Mark + "%&=+$,");
    internal static readonly SearchValues<char> UriParameterCharacters = SearchValues.Create(Alphanumeric + Mark + "%[]/:&+$=");
    internal static readonly SearchValues<char> UriHeaderCharacters = SearchValues.Create(Alphanumeric + Mark + "%[]/?:+$=&");
    internal static readonly SearchValues<char> OpaqueUriCharacters = SearchValues.Create(Alphanumeric + Mark + "%;/?:@&=+$,#[]");
    private static readonly SearchValues<char> PlainUserCharacters = SearchValues.Create(Alphanumeric + Mark + "&=+$,/");
    private static readonly SearchValues<char> ReservedCharacters = SearchValues.Create(";/?:@&=+$,");

    /// <summary>Whether the text is a token of RFC 3261 §25.1: one or more letters, digits and -.!%*_+`'~.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>The text as a quoted-string, with backslashes before quotes and backslashes.</summary>
    public static string Quote(string text)
    {
        var buffer = new TextBuffer();
        AppendQuoted(ref buffer, text);
        return buffer.Release();
    }

    /// <summary>What a quoted-string says; any other text unchanged.</summary>
    public static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return text.ToString();
        var inner = text[1..^1];
        if (!inner.Contains('\\')) return inner.ToString();
        var plain = new TextBuffer();
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length) i++;
            plain.Append(inner[i]);
        }
        return plain.Release();
    }

    /// <summary>A user part with everything escaped that may not stand there by itself (RFC 3261 §25.1, user).</summary>
    public static string EscapeUser(string user)
    {
        if (!user.AsSpan().ContainsAnyExcept(PlainUserCharacters)) return user;
        var escaped = new TextBuffer();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in user.EnumerateRunes())
        {
            if (rune.IsAscii && PlainUserCharacters.Contains((char)rune.Value)) { escaped.Append((char)rune.Value); continue; }
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)]) AppendEscape(ref escaped, octet);
        }
        return escaped.Release();
    }

    /// <summary>The text with every %HH replaced by what it stands for.</summary>
    public static string Unescape(string text) => Unescape(text, keepReserved: false);

    /// <summary>
    /// The form in which parts of URIs are compared (RFC 3261 §19.1.4): an escape equals the character it stands for,
    /// unless that is reserved.
    /// </summary>
    internal static string Canonical(string text) => Unescape(text, keepReserved: true);

    /// <summary>Whether each percent sign begins an escape of two hexadecimal digits.</summary>
    internal static bool HasWholeEscapes(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%'))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return false;
            text = text[(at + 3)..];
        }
        return true;
    }

    /// <summary>Reads digits; false for anything else or a value above the limit.</summary>
    internal static bool TryParseNumber(ReadOnlySpan<char> digits, long limit, out long value)
    {
        value = 0;
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            value = value * 10 + (digit - '0');
            if (value > limit) return false;
        }
        return true;
    }

    /// <summary>Seconds as they stand in Expires and the like: more than 2^32-1 counts as that (RFC 3261 §20.19). False when they are no digits.</summary>
    internal static bool TryParseSeconds(ReadOnlySpan<char> digits, out uint seconds)
    {
        seconds = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return false;
        seconds = TryParseNumber(digits, uint.MaxValue, out var value) ? (uint)value : uint.MaxValue;
        return true;
    }

    /// <summary>Decodes UTF-8 into the buffer, which must be as long as the bytes; returns how many characters were written.</summary>
    internal static int Decode(ReadOnlySpan<byte> bytes, Span<char> into)
    {
        var written = 0;
        while (!bytes.IsEmpty)
        {
            var status = System.Text.Unicode.Utf8.ToUtf16(bytes, into[written..], out var read, out var characters, replaceInvalidSequences: false);
            written += characters;
            bytes = bytes[read..];
            if (status == OperationStatus.Done) break;
            into[written++] = (char)(EscapedByte + bytes[0]);
            bytes = bytes[1..];
        }
        return written;
    }

    /// <summary>The bytes of a text that <see cref="Decode"/> made or that the application wrote.</summary>
    internal static byte[] Encode(ReadOnlySpan<char> text, ReadOnlySpan<byte> body)
    {
        if (Ascii.IsValid(text))
        {
            var plain = new byte[text.Length + body.Length];
            Ascii.FromUtf16(text, plain, out _);
            body.CopyTo(plain.AsSpan(text.Length));
            return plain;
        }
        var rented = ArrayPool<byte>.Shared.Rent(text.Length * 3);
        var length = EncodeInto(text, rented);
        var bytes = new byte[length + body.Length];
        rented.AsSpan(0, length).CopyTo(bytes);
        body.CopyTo(bytes.AsSpan(length));
        ArrayPool<byte>.Shared.Return(rented);
        return bytes;
    }

    private static int EncodeInto(ReadOnlySpan<char> text, Span<byte> into)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) == OperationStatus.Done) written += rune.EncodeToUtf8(into[written..]);
            else into[written++] = text[0] is > (char)(EscapedByte + 0x7F) and <= (char)(EscapedByte + 0xFF) ? (byte)(text[0] - EscapedByte) : (byte)'?';
            text = text[used..];
        }
        return written;
    }

    internal static void AppendQuoted(ref TextBuffer buffer, ReadOnlySpan<char> text)
    {
        buffer.Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\') buffer.Append('\\');
            // A line end in a name that the application made up would begin a header of its own.
            buffer.Append(character is '\r' or '\n' ? ' ' : character);
        }
        buffer.Append('"');
    }

    private static string Unescape(string text, bool keepReserved)
    {
        if (!text.Contains('%')) return text;
        Span<byte> bytes = text.Length <= 128 ? stackalloc byte[text.Length * 3] : new byte[text.Length * 3];
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                written += EncodeInto(text.AsSpan(i, 1), bytes[written..]);
                continue;
            }
            var octet = (byte)(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
            i += 2;
            if (keepReserved && ReservedCharacters.Contains((char)octet)) written += EncodeInto(Escape(octet), bytes[written..]);
            else bytes[written++] = octet;
        }
        Span<char> characters = written <= 384 ? stackalloc char[written] : new char[written];
        return new string(characters[..Decode(bytes[..written], characters)]);
    }

    private static string Escape(byte octet) => $"%{octet:X2}";

    private static void AppendEscape(ref TextBuffer buffer, byte octet) => buffer.Append(Escape(octet));
}

using System.Text;
using System.Text.Unicode;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>
/// Reads the XML of a callback in one pass over its UTF-8 bytes. It knows elements, text, CDATA, comments, processing
/// instructions, the five named entities and numeric ones. It does not know document types, so there is nothing to expand and
/// nothing to fetch: a body with one is refused. Attributes are checked and skipped: WeChat gives them no meaning.
/// Control characters inside a text are let through, since customers do send them.
/// </summary>
internal ref struct XmlFields
{
    private const int MaxDepth = 16;

    private readonly ReadOnlySpan<byte> _xml;
    private int _at;

    private XmlFields(ReadOnlySpan<byte> xml) => _xml = xml;

    /// <summary>The children of the root element, or null when the text is not well formed, is nested too deep or has a document type.</summary>
    public static Fields? Read(ReadOnlySpan<byte> xml)
    {
        if (!Utf8.IsValid(xml)) return null;
        var reader = new XmlFields(xml);
        if (!reader.SkipAround() || !reader.TryElement(1, out var root)) return null;
        return reader.SkipAround() && reader._at == xml.Length ? root.Children : null;
    }

    private readonly ReadOnlySpan<byte> Rest => _xml[_at..];

    // Blanks, comments and processing instructions before and after the root.
    private bool SkipAround()
    {
        while (true)
        {
            SkipBlanks();
            if (Rest.StartsWith("<?"u8)) { if (!SkipPast("?>"u8)) return false; }
            else if (Rest.StartsWith("<!--"u8)) { if (!SkipComment()) return false; }
            else return true;
        }
    }

    private bool TryElement(int depth, out Field element)
    {
        element = null!;
        if (depth > MaxDepth || !TryStartTag(out var name, out var empty)) return false;
        var text = Encoding.UTF8.GetString(name);
        if (empty)
        {
            element = new Field(text, "");
            return true;
        }
        if (!TryContent(depth, out var value, out var children) || !TryEndTag(name)) return false;
        element = children is null ? new Field(text, value) : new Field(text, "", new Fields(children));
        return true;
    }

    private bool TryStartTag(out ReadOnlySpan<byte> name, out bool empty)
    {
        name = default;
        empty = false;
        if (!Take("<"u8) || !TryName(out name)) return false;
        while (true)
        {
            var blanks = SkipBlanks();
            if (Take(">"u8)) return true;
            if (Take("/>"u8)) return empty = true;
            if (!blanks || !TryAttribute()) return false;
        }
    }

    private bool TryAttribute()
    {
        if (!TryName(out _)) return false;
        SkipBlanks();
        if (!Take("="u8)) return false;
        SkipBlanks();
        if (Rest.IsEmpty || Rest[0] is not ((byte)'"' or (byte)'\'')) return false;
        var quote = Rest[0];
        _at++;
        var end = Rest.IndexOf(quote);
        if (end < 0 || Rest[..end].Contains((byte)'<')) return false;
        _at += end + 1;
        return true;
    }

    private bool TryEndTag(ReadOnlySpan<byte> name)
    {
        if (!Take("</"u8) || !Take(name)) return false;
        SkipBlanks();
        return Take(">"u8);
    }

    // Text parts that are blank are layout, not content, as for any XML reader that ignores white space.
    private bool TryContent(int depth, out string value, out List<Field>? children)
    {
        value = "";
        children = null;
        StringBuilder? text = null;   // many parts of one text are joined once: a body of tiny sections must not cost their number squared
        while (!Rest.StartsWith("</"u8))
        {
            if (Rest.IsEmpty) return false;
            if (Rest.StartsWith("<![CDATA["u8))
            {
                if (!TryCData(out var part)) return false;
                Join(ref value, ref text, part);
            }
            else if (Rest.StartsWith("<!--"u8)) { if (!SkipComment()) return false; }
            else if (Rest.StartsWith("<?"u8)) { if (!SkipPast("?>"u8)) return false; }
            else if (Rest[0] == '<')
            {
                if (!TryElement(depth + 1, out var child)) return false;
                (children ??= new List<Field>(12)).Add(child);
            }
            else
            {
                if (!TryText(out var part)) return false;
                Join(ref value, ref text, part);
            }
        }
        if (text is not null) value = text.ToString();
        return true;
    }

    private static void Join(ref string value, ref StringBuilder? text, string part)
    {
        if (text is not null) text.Append(part);
        else if (value.Length == 0) value = part;
        else if (part.Length > 0) text = new StringBuilder(value).Append(part);
    }

    private bool TryCData(out string part)
    {
        _at += "<![CDATA[".Length;
        var end = Rest.IndexOf("]]>"u8);
        part = end < 0 ? "" : Decode(Rest[..end]);
        _at += end < 0 ? 0 : end + 3;
        return end >= 0;
    }

    private bool TryText(out string part)
    {
        part = "";
        var end = Rest.IndexOf((byte)'<');
        if (end < 0) return false;
        var text = Rest[..end];
        _at += end;
        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0) return true;
        if (!text.Contains((byte)'&'))
        {
            part = Decode(text);
            return true;
        }
        return TryUnescape(text, out part);
    }

    private static bool TryUnescape(ReadOnlySpan<byte> text, out string part)
    {
        part = "";
        var plain = new StringBuilder(text.Length);
        for (var start = text.IndexOf((byte)'&'); start >= 0; start = text.IndexOf((byte)'&'))
        {
            plain.Append(Decode(text[..start]));
            text = text[(start + 1)..];
            var end = text.IndexOf((byte)';');
            if (end < 0 || !TryEntity(text[..end], plain)) return false;
            text = text[(end + 1)..];
        }
        part = plain.Append(Decode(text)).ToString();
        return true;
    }

    private static bool TryEntity(ReadOnlySpan<byte> name, StringBuilder plain)
    {
        if (name is [(byte)'#', ..]) return TryCharacter(name[1..], plain);
        var character =
            name.SequenceEqual("lt"u8) ? '<' : name.SequenceEqual("gt"u8) ? '>' : name.SequenceEqual("amp"u8) ? '&'
            : name.SequenceEqual("quot"u8) ? '"' : name.SequenceEqual("apos"u8) ? '\'' : '\0';
        if (character != '\0') plain.Append(character);
        return character != '\0';
    }

    private static bool TryCharacter(ReadOnlySpan<byte> digits, StringBuilder plain)
    {
        var isHex = digits is [(byte)'x', ..];
        if (isHex) digits = digits[1..];
        if (digits.Length is 0 or > 8) return false;
        var code = 0L;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : 16;
            if (value >= (isHex ? 16 : 10)) return false;
            code = code * (isHex ? 16 : 10) + value;
        }
        if (code is 0 or > 0x10FFFF || !Rune.IsValid((int)code)) return false;
        plain.Append(new Rune((int)code));
        return true;
    }

    // XML 1.0 §2.11: line ends are one line feed, however they were written.
    private static string Decode(ReadOnlySpan<byte> text)
    {
        var decoded = Encoding.UTF8.GetString(text);
        return text.Contains((byte)'\r') ? decoded.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : decoded;
    }

    private bool TryName(out ReadOnlySpan<byte> name)
    {
        var length = 0;
        while (length < Rest.Length && IsNamePart(Rest[length])) length++;
        name = Rest[..length];
        _at += length;
        return length > 0 && !char.IsAsciiDigit((char)name[0]) && name[0] is not ((byte)'-' or (byte)'.');
    }

    private static bool IsNamePart(byte part) =>
        char.IsAsciiLetterOrDigit((char)part) || part is (byte)'_' or (byte)'-' or (byte)'.' or (byte)':' or >= 0x80;

    // XML 1.0 §2.5: two hyphens inside a comment end it or break it.
    private bool SkipComment()
    {
        _at += "<!--".Length;
        return SkipPast("--"u8) && Take(">"u8);
    }

    private bool SkipPast(ReadOnlySpan<byte> mark)
    {
        var end = Rest.IndexOf(mark);
        if (end >= 0) _at += end + mark.Length;
        return end >= 0;
    }

    private bool SkipBlanks()
    {
        var length = Rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (length < 0) length = Rest.Length;
        _at += length;
        return length > 0;
    }

    private bool Take(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected)) return false;
        _at += expected.Length;
        return true;
    }
}

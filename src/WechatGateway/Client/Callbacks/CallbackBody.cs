using System.Diagnostics.CodeAnalysis;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>How a callback is written; the reply is written the same way.</summary>
public enum BodyFormat
{
    /// <summary>XML: every official account, and the default of mini-programs.</summary>
    Xml,

    /// <summary>JSON: a choice of mini-programs.</summary>
    Json,
}

/// <summary>Finds out what a body is and reads its elements. It never throws for what comes from outside.</summary>
internal static class CallbackBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads XML or JSON, told apart by the first character; a byte order mark and blanks before it are tolerated.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out Fields? fields, out BodyFormat format)
    {
        if (body.StartsWith(ByteOrderMark)) body = body[3..];
        var start = body.IndexOfAnyExcept(" \t\r\n"u8);
        body = start < 0 ? [] : body[start..];
        format = body is [(byte)'{', ..] ? BodyFormat.Json : BodyFormat.Xml;
        fields = body switch
        {
            [(byte)'{', ..] => JsonFields.Read(body),
            [(byte)'<', ..] => XmlFields.Read(body),
            _ => null,
        };
        return fields is not null;
    }
}

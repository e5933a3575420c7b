using System.Text;

namespace Courier.Kernel;

/// <summary>The encodings that text files come in: UTF-8 or UTF-16 with a mark, UTF-8 without one, else GB18030, as spreadsheets in China save GBK.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The text without its mark; null when it is none in any of the encodings.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        using var reader = Open(stream);
        return reader?.ReadToEnd();
    }

    /// <summary>Reads a stream that can be sought, however long; it is looked through once before. Null when it is no text in any of the encodings.</summary>
    /// <param name="stream">From its begin; closed with the reader.</param>
    public static TextReader? Open(Stream stream)
    {
        var encoding = Marked(stream) ?? (Fits(stream, Utf8) ? Utf8 : Fits(stream, Gbk) ? Gbk : null);
        stream.Position = 0;
        return encoding is null ? null : new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false);
    }

    private static Encoding? Marked(Stream stream)
    {
        Span<byte> mark = stackalloc byte[2];
        stream.Position = 0;
        return stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false) < 2 ? null : mark switch { [0xFF, 0xFE] => Encoding.Unicode, [0xFE, 0xFF] => Encoding.BigEndianUnicode, _ => null };
    }

    // A zero byte is in no text of these two encodings, though both could decode it.
    private static bool Fits(Stream stream, Encoding encoding)
    {
        var (decoder, bytes, chars) = (encoding.GetDecoder(), new byte[64 * 1024], new char[64 * 1024]);
        stream.Position = 0;
        try
        {
            for (int read; (read = stream.Read(bytes)) > 0;)
            {
                if (bytes.AsSpan(0, read).Contains((byte)0)) return false;
                decoder.GetChars(bytes.AsSpan(0, read), chars, flush: false);
            }
            decoder.GetChars([], chars, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

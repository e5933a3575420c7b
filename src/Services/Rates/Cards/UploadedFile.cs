using System.Text;

namespace Courier.Services.Rates;

/// <summary>A file as it was uploaded.</summary>
/// <param name="Name">Its name, with or without folder, prefix and extension.</param>
/// <param name="Content">Its bytes: UTF-8, or GBK as spreadsheets in China save it.</param>
public sealed record UploadedFile(string Name, ReadOnlyMemory<byte> Content)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Its text; null when it is none in either encoding.</summary>
    internal string? Text()
    {
        if (Content.Span.Contains((byte)0)) return null;
        return Decoded(Utf8) ?? Decoded(Gbk);
    }

    private string? Decoded(Encoding encoding)
    {
        try
        {
            return encoding.GetString(Content.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

using System.Text.Json;

namespace Courier.Wechat.Client.Calls;

/// <summary>A code that opens a mini-program.</summary>
/// <param name="Bytes">The picture, JPEG or PNG.</param>
/// <param name="ContentType">Its kind as WeChat says.</param>
public sealed record MiniProgramCode(ReadOnlyMemory<byte> Bytes, string ContentType)
{
    /// <summary>Reads the answer of the three calls for codes: a picture, or something that is no answer at all.</summary>
    internal static MiniProgramCode Of(CallAnswer answer) => answer.Body switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => new MiniProgramCode(answer.Body, "image/png"),
        [0xFF, 0xD8, ..] => new MiniProgramCode(answer.Body, "image/jpeg"),
        _ => throw new JsonException("The answer is neither a picture nor an error."),
    };
}

/// <summary>How a code looks.</summary>
/// <param name="Width">Side in pixels, 280 to 1280.</param>
/// <param name="IsTransparent">Without a white ground; then it is a PNG.</param>
/// <param name="Line">Colour of its lines; null for black.</param>
public sealed record CodeLook(int Width = 430, bool IsTransparent = false, CodeColor? Line = null)
{
    /// <summary>Side in pixels.</summary>
    public int Width { get; } = Limit.Range(Width, 280, 1280, nameof(Width));
}

/// <summary>A colour.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public sealed record CodeColor(byte R, byte G, byte B);

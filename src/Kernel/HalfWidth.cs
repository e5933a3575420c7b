namespace Courier.Kernel;

/// <summary>Full-width forms, which Chinese keyboards type, as their ASCII twins (Unicode block FF00, U+FF01 to U+FF5E, and the blank U+3000).</summary>
/// <remarks>By hand: without ICU data <c>string.Normalize</c> leaves them as they are.</remarks>
public static class HalfWidth
{
    /// <summary>The twin of one character; any other character stays.</summary>
    public static char Of(char c) => c switch
    {
        '\u3000' => ' ',
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        _ => c,
    };

    /// <summary>The text with every full-width form replaced; its length stays.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = Of(from[i]);
    });
}

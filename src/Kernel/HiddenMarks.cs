using System.Buffers;
using System.Text;

namespace Courier.Kernel;

/// <summary>
/// Marks of the direction of writing (Unicode Bidi_Control: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069). Nobody sees them, Chinese needs none, and
/// with U+202E a name reads as another one on a label.
/// </summary>
public static class HiddenMarks
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");

    /// <summary>Is it such a mark?</summary>
    public static bool IsOne(Rune rune) => rune.IsBmp && Marks.Contains((char)rune.Value);

    /// <summary>The text without them.</summary>
    public static string Without(string text)
    {
        if (!text.AsSpan().ContainsAny(Marks)) return text;
        return string.Concat(text.Where(c => !Marks.Contains(c)));
    }
}

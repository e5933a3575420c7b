using System.Text;

namespace Courier.Services.Knowledge;

/// <summary>Texts as they are compared: half width, lower case, without spaces, punctuation and emoji.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in HalfWidth(text))
        {
            if (char.IsLetterOrDigit(c) || c == '%') plain.Append(char.ToLowerInvariant(c));
        }
        return plain.ToString();
    }

    // By hand: without ICU data string.Normalize leaves full-width forms (Unicode block FF00) as they are.
    public static string HalfWidth(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = from[i] switch { '\u3000' => ' ', >= '\uFF01' and <= '\uFF5E' => (char)(from[i] - 0xFEE0), _ => from[i] };
    });
}

using System.Text;
using Courier.Kernel;

namespace Courier.Services.Knowledge;

/// <summary>Texts as they are compared: half width, lower case, without spaces, punctuation and emoji.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in HalfWidth.Of(text))
        {
            if (char.IsLetterOrDigit(c) || c == '%') plain.Append(char.ToLowerInvariant(c));
        }
        return plain.ToString();
    }
}

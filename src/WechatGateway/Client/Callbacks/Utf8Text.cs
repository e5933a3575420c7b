using System.Globalization;
using System.Text;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>Texts measured in UTF-8 bytes, as WeChat's limits are.</summary>
public static class Utf8Text
{
    /// <summary>
    /// The longest front of a text that fits, never ending inside what a reader sees as one character
    /// (an emoji with its modifiers, a letter with its accents).
    /// </summary>
    public static string Cut(string text, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes) return text;
        var end = 0;
        var bytes = 0;
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(end, length));
            if (bytes > maxBytes) break;
            end += length;
        }
        return text[..end];
    }
}

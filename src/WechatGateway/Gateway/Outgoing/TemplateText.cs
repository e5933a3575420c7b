using System.Globalization;

namespace Courier.WechatGateway.Outgoing;

/// <summary>Values of templates as WeChat takes them (订阅消息参数值内容限制): one line, never empty, cut between what a reader sees as characters.</summary>
internal static class TemplateText
{
    private const int Longest = 20, LongestPhrase = 5;
    private const string Nothing = "—", More = "…";

    /// <summary>The value for a field; <c>phrase</c> fields take 5 characters, all others 20.</summary>
    public static string Of(string field, string value)
    {
        var line = string.Join(' ', value.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Trim();
        if (line.Length == 0) return Nothing;
        if (IsCode(field)) return line.Length <= Longest ? line : line[..Longest]; // letters, digits and signs only: no dots
        return Cut(line, field.StartsWith("phrase", StringComparison.Ordinal) ? LongestPhrase : Longest);
    }

    private static bool IsCode(string field) =>
        field.StartsWith("character_string", StringComparison.Ordinal) || field.StartsWith("number", StringComparison.Ordinal) || field.StartsWith("letter", StringComparison.Ordinal);

    // WeChat counts UTF-16 units as far as anybody has seen: an emoji is never taken for one.
    private static string Cut(string line, int most)
    {
        if (line.Length <= most) return line;
        var end = 0;
        while (end < line.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(line, end);
            if (next > most - More.Length) break;
            end = next;
        }
        return line[..end] + More;
    }
}

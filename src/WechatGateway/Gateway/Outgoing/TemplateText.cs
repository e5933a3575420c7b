using System.Globalization;

namespace Courier.WechatGateway.Outgoing;

/// <summary>
/// The one place that makes values fit for WeChat's templates (订阅消息参数值内容限制): one line, never empty, cut between what a reader sees
/// as characters. The kind of a value is the beginning of its field's name. Waybills are never cut: they have at most 32 characters,
/// as many as a character_string takes.
/// </summary>
internal static class TemplateText
{
    private const string Nothing = "—", More = "…";

    /// <summary>The value for a field.</summary>
    public static string Of(string field, string value)
    {
        var line = value.AsSpan().IndexOfAny('\r', '\n', '\t') < 0 ? value.Trim()
            : string.Join(' ', value.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Trim();
        if (line.Length == 0) return Nothing;
        var (most, isText) = LimitOf(field);
        return line.Length <= most ? line : isText ? Cut(line, most) : line[..most]; // codes hold letters, digits and signs only: no dots
    }

    private static (int Most, bool IsText) LimitOf(string field) => field.AsSpan().TrimEnd("0123456789") switch
    {
        "character_string" or "number" or "letter" => (32, false),
        "phone_number" => (17, false),
        "car_number" => (8, false),
        "symbol" => (5, false),
        "phrase" => (5, true),
        "name" => (10, true),
        _ => (20, true),
    };

    // WeChat counts UTF-16 units as far as anybody has seen: an emoji is never taken for one.
    private static string Cut(string line, int most)
    {
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

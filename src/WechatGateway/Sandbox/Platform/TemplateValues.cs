using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>The values of a template message: which keys a template asks for, and what may stand in each.</summary>
internal static partial class TemplateValues
{
    const int MostCharacters = 20;

    [GeneratedRegex(@"\{\{(\w+)\.DATA\}\}")]
    private static partial Regex Slots();

    [GeneratedRegex(@"^[\x21-\x7E ]*$")]
    private static partial Regex LettersDigitsSymbols();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Number();

    public static IReadOnlyList<string> KeysOf(string content) => [.. Slots().Matches(content).Select(match => match.Groups[1].Value).Distinct()];

    public static string Fill(string content, IReadOnlyDictionary<string, string> values) =>
        Slots().Replace(content, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    /// <summary>The value of each key that the template asks for; 47003 names the first that is missing or not allowed.</summary>
    public static IReadOnlyDictionary<string, string> Check(string content, JsonElement? data, bool subscription)
    {
        if (data is not { ValueKind: JsonValueKind.Object } given)
            throw Wrong("data", "data 必须是对象（不能是字符串），每个关键词一个 {\"value\":…}。");
        var values = new Dictionary<string, string>();
        foreach (var key in KeysOf(content))
        {
            var value = given.Field(key)?.Text("value");
            if (string.IsNullOrWhiteSpace(value)) throw Wrong($"data.{key}.value is empty", $"模板关键词 {key} 缺少内容，空值会被拒绝。");
            CheckValue(key, value, subscription);
            values[key] = value;
        }
        return values;
    }

    static void CheckValue(string key, string value, bool subscription)
    {
        if (value.AsSpan().IndexOfAny('\n', '\r') >= 0) throw Wrong($"data.{key}.value", $"关键词 {key} 不能换行。");
        var length = new StringInfo(value).LengthInTextElements;
        var kind = Number().Replace(key, "");
        var most = kind switch
        {
            "phrase" => 5,
            "character_string" or "letter" or "number" when subscription => 32,
            "symbol" => 5,
            "phone_number" => 17,
            "car_number" => 8,
            _ => MostCharacters,
        };
        if (length > most) throw Wrong($"data.{key}.value", $"关键词 {key} 最多 {most} 个字，收到 {length} 个。");
        if (kind is "character_string" or "letter" && !LettersDigitsSymbols().IsMatch(value))
            throw Wrong($"data.{key}.value", $"关键词 {key} 只能是字母、数字和符号。");
        if (kind is "time" or "date" && !value.Any(char.IsAsciiDigit))
            throw Wrong($"data.{key}.value", $"关键词 {key} 要写成时间，例如 2026年1月2日 15:04。");
    }

    static PlatformError Wrong(string field, string rule) => new(47003, $"argument invalid! {field}", rule);
}

using System.Globalization;
using System.Text.Json;
using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>What is wrong with a rule.</summary>
/// <param name="Field">Where, as the writer sees it: <c>rule.all[1].op</c>.</param>
/// <param name="Message">What operators read.</param>
public sealed record RuleProblem(string Field, string Message);

/// <summary>
/// A rule in JSON: <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":{…}}</c>, or <c>{"fact":"orders_sent_30d","op":"&gt;","value":5}</c>.
/// Numbers know = != &gt; &gt;= &lt; &lt;=, texts = != and in, sets has. At most five deep and fifty parts.
/// </summary>
public abstract class SegmentRule
{
    private const int Deepest = 5, MostParts = 50, LongestText = 100;

    /// <summary>Is it true of this customer? What made it true is added to the reasons.</summary>
    internal abstract bool Holds(FactSheet sheet, List<string> because);

    /// <summary>May the answer change overnight although nothing happened with the customer?</summary>
    internal abstract bool ChangesByTheDay { get; }

    /// <summary>Reads a rule; exactly one of the two results is not null.</summary>
    public static (SegmentRule? Rule, RuleProblem? Problem) Read(JsonElement json)
    {
        var parts = 0;
        try
        {
            return (ReadPart(json, "rule", 1, ref parts), null);
        }
        catch (Wrong wrong)
        {
            return (null, wrong.Problem);
        }
    }

    /// <summary>Reads a rule that was checked before.</summary>
    internal static SegmentRule Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement) is { Rule: { } rule } ? rule : throw new FormatException("a stored rule cannot be read");
    }

    private static SegmentRule ReadPart(JsonElement json, string path, int depth, ref int parts)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new Wrong(path, Texts.RuleNoObject);
        if (depth > Deepest) throw new Wrong(path, Texts.RuleTooDeep(Deepest));
        if (++parts > MostParts) throw new Wrong(path, Texts.RuleTooLong(MostParts));
        if (json.TryGetProperty("fact", out _)) return ReadComparison(json, path);
        if (json.EnumerateObject().Count() != 1) throw new Wrong(path, Texts.RuleShape);
        var only = json.EnumerateObject().First();
        var inside = $"{path}.{only.Name}";
        return only.Name switch
        {
            "all" => new Many(ReadMany(only.Value, inside, depth, ref parts), isAll: true),
            "any" => new Many(ReadMany(only.Value, inside, depth, ref parts), isAll: false),
            "not" => new Not(ReadPart(only.Value, inside, depth + 1, ref parts)),
            _ => throw new Wrong(inside, Texts.RuleShape),
        };
    }

    private static List<SegmentRule> ReadMany(JsonElement json, string path, int depth, ref int parts)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0) throw new Wrong(path, Texts.RuleEmptyList);
        var rules = new List<SegmentRule>();
        foreach (var part in json.EnumerateArray()) rules.Add(ReadPart(part, $"{path}[{rules.Count}]", depth + 1, ref parts));
        return rules;
    }

    private static SegmentRule ReadComparison(JsonElement json, string path)
    {
        foreach (var odd in json.EnumerateObject().Where(p => p.Name is not ("fact" or "op" or "value"))) throw new Wrong($"{path}.{odd.Name}", Texts.RuleShape);
        var name = json.GetProperty("fact").ValueKind == JsonValueKind.String ? json.GetProperty("fact").GetString()! : "";
        if (!SegmentFacts.ByName.TryGetValue(name, out var fact)) throw new Wrong($"{path}.fact", Texts.RuleFactUnknown);
        var op = json.TryGetProperty("op", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        if (!OperatorsOf(fact.Type).Contains(op)) throw new Wrong($"{path}.op", Texts.RuleOperatorWrong(fact.Title, string.Join(" ", OperatorsOf(fact.Type))));
        var value = json.TryGetProperty("value", out var v) ? v : default;
        return fact.Type switch
        {
            FactType.Number => new Number(fact, op, value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var n) ? n : throw new Wrong($"{path}.value", Texts.RuleNumberWrong)),
            FactType.Text => new Text(fact, op, op == "in" ? TextsIn(value, $"{path}.value") : [TextIn(value, $"{path}.value")]),
            FactType.Set => new Has(fact, TextIn(value, $"{path}.value")),
        };
    }

    /// <summary>The operators that a kind of fact knows.</summary>
    public static IReadOnlyList<string> OperatorsOf(FactType type) => type switch
    {
        FactType.Number => ["=", "!=", ">", ">=", "<", "<="],
        FactType.Text => ["=", "!=", "in"],
        FactType.Set => ["has"],
    };

    private static string TextIn(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: >= 1 and <= LongestText } text ? text : throw new Wrong(path, Texts.RuleTextWrong);

    private static List<string> TextsIn(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is >= 1 and <= 50
            ? [.. value.EnumerateArray().Select((v, i) => TextIn(v, $"{path}[{i}]"))]
            : throw new Wrong(path, Texts.RuleListWrong);

    private sealed class Many(List<SegmentRule> parts, bool isAll) : SegmentRule
    {
        internal override bool ChangesByTheDay => parts.Exists(p => p.ChangesByTheDay);

        internal override bool Holds(FactSheet sheet, List<string> because)
        {
            var found = new List<string>();
            var holds = isAll ? parts.TrueForAll(p => p.Holds(sheet, found)) : parts.Exists(p => p.Holds(sheet, found));
            if (holds) because.AddRange(found);
            return holds;
        }
    }

    private sealed class Not(SegmentRule inside) : SegmentRule
    {
        internal override bool ChangesByTheDay => inside.ChangesByTheDay;

        internal override bool Holds(FactSheet sheet, List<string> because) => !inside.Holds(sheet, []);
    }

    private sealed class Number(SegmentFact fact, string op, long value) : SegmentRule
    {
        internal override bool ChangesByTheDay => fact.Name == SegmentFacts.RegisteredDays;

        internal override bool Holds(FactSheet sheet, List<string> because)
        {
            var actual = sheet.Number(fact.Name);
            var holds = op switch
            {
                "=" => actual == value,
                "!=" => actual != value,
                ">" => actual > value,
                ">=" => actual >= value,
                "<" => actual < value,
                _ => actual <= value,
            };
            if (holds) because.Add($"{Title} {Said(actual)}（{Compared} {Said(value)}）");
            return holds;
        }

        // Customers read it in their privacy centre: yuan, and words for signs.
        private bool IsMoney => fact.Name.EndsWith("_fen", StringComparison.Ordinal);

        private string Title => IsMoney ? fact.Title.Replace("（分）", "", StringComparison.Ordinal) : fact.Title;

        private string Compared => op switch { "=" => "等于", "!=" => "不是", ">" => "多于", ">=" => "不少于", "<" => "少于", _ => "不多于" };

        private string Said(long number) => IsMoney ? new Money(number).ToString() : number.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Text(SegmentFact fact, string op, List<string> values) : SegmentRule
    {
        internal override bool ChangesByTheDay => false;

        internal override bool Holds(FactSheet sheet, List<string> because)
        {
            var actual = sheet.Text(fact.Name);
            var holds = op == "!=" ? actual != values[0] : values.Contains(actual);
            if (holds) because.Add($"{fact.Title} {(actual.Length > 0 ? actual : "—")}");
            return holds;
        }
    }

    private sealed class Has(SegmentFact fact, string value) : SegmentRule
    {
        internal override bool ChangesByTheDay => false;

        internal override bool Holds(FactSheet sheet, List<string> because)
        {
            if (!sheet.Tags.TryGetValue(value, out var words)) return false;
            because.Add($"{fact.Title}“{words}”");
            return true;
        }
    }

    private sealed class Wrong(string field, string message) : Exception(message)
    {
        public RuleProblem Problem { get; } = new(field, message);
    }
}

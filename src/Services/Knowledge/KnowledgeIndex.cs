using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.Services.Knowledge;

/// <summary>
/// What the answers are looked up in: goods and questions, held in memory and read again when the version of their table has
/// changed. One for a process.
/// </summary>
public sealed class KnowledgeIndex(CalendarsOptions service)
{
    private const string Versions = "select name, version from knowledge_versions";

    private const string Goods = "select name, aliases, verdict, reason, requirement, kind from knowledge_goods";

    private const string Questions = "select intent, question, keywords, answer, source from knowledge_questions";

    private volatile Loaded<GoodsRules>? _goods;
    private volatile Loaded<QuestionIndex>? _questions;

    internal async Task<GoodsRules> GoodsFrom(ISqlReader db, CancellationToken ct)
    {
        var version = await Version(db, "goods", ct).ConfigureAwait(false);
        if (_goods is { } known && known.Version == version) return known.Content;
        var rules = new GoodsRules(await db.Query<GoodsRow>(Goods, ct: ct).ConfigureAwait(false));
        _goods = new Loaded<GoodsRules>(version, rules);
        return rules;
    }

    internal async Task<QuestionIndex> QuestionsFrom(ISqlReader db, CancellationToken ct)
    {
        var version = await Version(db, "questions", ct).ConfigureAwait(false);
        if (_questions is { } known && known.Version == version) return known.Content;
        var index = new QuestionIndex((await db.Query<QuestionRow>(Questions, ct: ct).ConfigureAwait(false)).Select(r => r.FilledIn(service)));
        _questions = new Loaded<QuestionIndex>(version, index);
        return index;
    }

    // The version is read before the rows: rows that change in between are read again next time.
    private static async Task<long> Version(ISqlReader db, string table, CancellationToken ct)
    {
        var versions = await db.Query<VersionRow>(Versions, ct: ct).ConfigureAwait(false);
        return versions.FirstOrDefault(v => v.Name == table)?.Version ?? 0;
    }

    private sealed record Loaded<T>(long Version, T Content);

    private sealed record VersionRow
    {
        public required string Name { get; init; }
        public required long Version { get; init; }
    }
}

/// <summary>A row of <c>knowledge_goods</c>.</summary>
internal sealed record GoodsRow
{
    public required string Name { get; init; }
    public required string Aliases { get; init; }
    public required GoodsVerdict Verdict { get; init; }
    public required string Reason { get; init; }
    public required string Requirement { get; init; }

    public required string Kind { get; init; }

    public GoodsAnswer Answer => new(Name, Verdict, Reason, Requirement.Length == 0 ? null : Requirement, Kind);
}

/// <summary>A row of <c>knowledge_questions</c>.</summary>
internal sealed record QuestionRow
{
    public required string Intent { get; init; }
    public required string Question { get; init; }
    public required string Keywords { get; init; }
    public required string Answer { get; init; }
    public required string Source { get; init; }

    /// <summary>With the number and the hours of the human service in the places that the answer keeps for them; a sentence whose figure is not known is left out.</summary>
    public QuestionRow FilledIn(CalendarsOptions service) => Answer.Contains('{', StringComparison.Ordinal)
        ? this with { Answer = string.Concat(Answer.Split('。', StringSplitOptions.RemoveEmptyEntries)
            .Where(s => service.Hotline.Length > 0 || !s.Contains("{hotline}", StringComparison.Ordinal))
            .Select(s => s.Replace("{hotline}", service.Hotline, StringComparison.Ordinal).Replace("{hours}", service.Hours, StringComparison.Ordinal) + "。")) }
        : this;

    public FaqAnswer Found => new(Intent, Question, Answer, Source.Length == 0 ? null : Source);
}

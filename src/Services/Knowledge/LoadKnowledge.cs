using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Knowledge;

/// <summary>
/// Loads the goods rules and the frequent questions into empty tables, and what a later edition of the seed adds into filled ones;
/// rows that are there stay as the operators left them.
/// </summary>
internal sealed class LoadKnowledge(Db db) : IStartupTask
{
    private static readonly string[] GoodsColumns = ["name", "aliases", "verdict", "reason", "requirement", "catalogue_group", "kind"];
    private static readonly string[] QuestionColumns = ["intent", "question", "keywords", "answer", "source"];

    // Raised with every edition of the two files, so that new rows reach existing tables, once.
    private const long Edition = 2;

    private const string EditionHere = "select version from knowledge_versions where name = 'seed'";

    private const string Raise = "update knowledge_versions set version = version + 1 where name in ('goods', 'questions')";

    public Task Run(CancellationToken ct) => db.InTransaction(async tx =>
    {
        await tx.InsertRows("knowledge_versions", ["name", "version"], [["goods", 1L], ["questions", 1L]], ifAbsent: true, ct).ConfigureAwait(false);
        if (await tx.First<long?>(EditionHere, ct: ct).ConfigureAwait(false) >= Edition) return;
        await tx.InsertRows("knowledge_goods", GoodsColumns, SeedFile.Rows("prohibited_goods").Select(Goods), ifAbsent: true, ct).ConfigureAwait(false);
        await tx.InsertRows("knowledge_questions", QuestionColumns, SeedFile.Rows("faq").Select(Question), ifAbsent: true, ct).ConfigureAwait(false);
        await tx.UpsertRows("knowledge_versions", ["name", "version"], [["seed", Edition]], "name", ["version"], ct).ConfigureAwait(false);
        await tx.Execute(Raise, ct: ct).ConfigureAwait(false);
    }, ct);

    private static object?[] Goods(IReadOnlyDictionary<string, string> row) =>
        [row["name"], row["aliases"], EnumText<GoodsVerdict>.Of(EnumText<GoodsVerdict>.Parse(row["verdict"])), row["reason"], row["condition"], row["group"], row["kind"]];

    private static object?[] Question(IReadOnlyDictionary<string, string> row) =>
        [row["intent"], row["question"], row["keywords"], row["answer"], row["source"]];
}

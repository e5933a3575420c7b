using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Knowledge;

/// <summary>Loads the goods rules and the frequent questions into empty tables.</summary>
internal sealed class LoadKnowledge(Db db) : IStartupTask
{
    private static readonly string[] GoodsColumns = ["name", "aliases", "verdict", "reason", "requirement", "catalogue_group"];
    private static readonly string[] QuestionColumns = ["intent", "question", "keywords", "answer", "source"];

    public Task Run(CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await tx.First<string>("select name from knowledge_goods limit 1", ct: ct).ConfigureAwait(false) is null)
            await tx.InsertRows("knowledge_goods", GoodsColumns, SeedFile.Rows("prohibited_goods").Select(Goods), ifAbsent: true, ct).ConfigureAwait(false);
        if (await tx.First<string>("select intent from knowledge_questions limit 1", ct: ct).ConfigureAwait(false) is null)
            await tx.InsertRows("knowledge_questions", QuestionColumns, SeedFile.Rows("faq").Select(Question), ifAbsent: true, ct).ConfigureAwait(false);
        await tx.InsertRows("knowledge_versions", ["name", "version"], [["goods", 1L], ["questions", 1L]], ifAbsent: true, ct).ConfigureAwait(false);
    }, ct);

    private static object?[] Goods(IReadOnlyDictionary<string, string> row) =>
        [row["name"], row["aliases"], EnumText<GoodsVerdict>.Of(EnumText<GoodsVerdict>.Parse(row["verdict"])), row["reason"], row["condition"], row["group"]];

    private static object?[] Question(IReadOnlyDictionary<string, string> row) =>
        [row["intent"], row["question"], row["keywords"], row["answer"], row["source"]];
}

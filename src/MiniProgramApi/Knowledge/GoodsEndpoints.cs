using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Knowledge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Knowledge;

/// <summary>What may be sent.</summary>
internal static class GoodsEndpoints
{
    private const int LongestQuery = 100;

    public static void MapGoods(this RouteGroupBuilder goods) =>
        goods.MapGet("/check", Check).ForGuests(perMinute: 60).WithName("CheckGoods").WithSummary("May this be sent?")
            .WithDescription("Guests and customers. Query: q, goods (`充电宝`), several (`充电宝和酒`) or a whole question (`能寄充电宝吗`), 1 to 100 characters. The verdict is the "
                + "strictest of all goods that are named: `forbidden`, `conditional`, `allowed`; `unknown` when no rule is known for any of them.");

    private static async Task<Ok<GoodsCheckAnswer>> Check(string? q, Db db, KnowledgeIndex knowledge, CancellationToken ct)
    {
        if (q?.Trim() is not { Length: >= 1 and <= LongestQuery } query) throw new BadInput("q", Texts.GoodsQueryWrong);
        var check = await CheckGoods.Execute(db, knowledge, query, ct).ConfigureAwait(false);
        return TypedResults.Ok(GoodsCheckAnswer.Of(check, query));
    }
}

/// <summary>Answer of the goods check.</summary>
/// <param name="Verdict">The strictest of all: <c>forbidden</c>, <c>conditional</c>, <c>allowed</c>, or <c>unknown</c> when none is known.</param>
/// <param name="Name">The goods that the verdict is about; null for unknown ones.</param>
/// <param name="Reason">Why; for unknown goods the general rule and what to do.</param>
/// <param name="Condition">On which condition, for conditional goods.</param>
/// <param name="Items">An answer a thing, in the order of the question.</param>
/// <param name="Unknown">What was named and no rule is known for.</param>
/// <param name="Text">All of it as a person reads it.</param>
internal sealed record GoodsCheckAnswer(
    string Verdict, string? Name, string Reason, string? Condition, IReadOnlyList<GoodsAnswer> Items, IReadOnlyList<string> Unknown, string Text)
{
    public static GoodsCheckAnswer Of(GoodsCheck check, string query)
    {
        var text = GoodsText.Of(check, query);
        // Forbidden comes first in the vocabulary, allowed last.
        return check.Known.MinBy(g => g.Verdict) is { } strictest
            ? new(EnumText<GoodsVerdict>.Of(strictest.Verdict), strictest.Name, strictest.Reason, strictest.Condition, check.Known, check.Unknown, text)
            : new("unknown", null, text, null, [], check.Unknown, text);
    }
}

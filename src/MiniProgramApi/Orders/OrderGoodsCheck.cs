using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Knowledge;
using Courier.Services.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Courier.MiniProgramApi.Orders;

/// <summary>Looks the named goods up before an order is placed or changed: the law wants the sender told.</summary>
internal static class OrderGoodsCheck
{
    /// <summary>What is known of the goods, or why they cannot be sent. Names that are too long are left to the order's own check.</summary>
    public static async Task<(GoodsStanding Standing, ProblemHttpResult? Refusal)> Of(
        Db db, KnowledgeIndex knowledge, IEnumerable<GoodsWish?> goods, bool confirmed, CancellationToken ct)
    {
        var names = goods.Select(g => g?.Name?.Trim()).OfType<string>().Where(n => n.Length is >= 1 and <= 100).Distinct(StringComparer.Ordinal).Take(50);
        var known = new List<GoodsAnswer>();
        foreach (var name in names) known.AddRange((await CheckGoods.Execute(db, knowledge, name, ct).ConfigureAwait(false)).Known); // in memory
        if (known.Find(g => g.Verdict == GoodsVerdict.Forbidden) is { } forbidden)
            return (GoodsStanding.Unknown, Problems.Conflict("order.goods_forbidden", Texts.GoodsForbidden(forbidden.Name, forbidden.Reason)));
        if (known.Find(g => g.Verdict == GoodsVerdict.Conditional) is { } conditional)
            return confirmed ? (GoodsStanding.Conditional, null)
                : (GoodsStanding.Unknown, Problems.Conflict("order.goods_conditional", Texts.GoodsConditional(conditional.Name, conditional.Condition ?? conditional.Reason)));
        return (known.Count > 0 ? GoodsStanding.Allowed : GoodsStanding.Unknown, null);
    }
}

using Courier.Http;
using Courier.Services.Knowledge;
using Courier.Services.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Courier.MiniProgramApi.Orders;

/// <summary>
/// Looks goods up by what they are called and filed under, before an order is placed or changed: the law wants the sender told, and what is not
/// flown must not be flown under another kind.
/// </summary>
internal static class OrderGoodsCheck
{
    private const int MostParcels = 50;

    /// <summary>What is known of the goods, or why they cannot be sent. Words that are too long are left to the order's own check.</summary>
    public static async Task<(GoodsStanding Standing, ProblemHttpResult? Refusal)> Of(
        OrderFaces faces, KnowledgeIndex knowledge, IEnumerable<OrderedGoods> parcels, bool confirmed, CancellationToken ct)
    {
        var card = await faces.Card(ct).ConfigureAwait(false);
        var known = new List<GoodsAnswer>();
        ProblemHttpResult? notCarried = null;
        foreach (var parcel in parcels.Distinct().Take(MostParcels))
        {
            var named = await CheckGoods.Named(faces.Db, knowledge, [parcel.Kind, parcel.Name], ct).ConfigureAwait(false); // in memory
            known.AddRange(named);
            if (parcel.Product is { } code && card.Find(code) is { } product && named.FirstOrDefault(g => product.ExcludedGoods.Contains(g.Kind)) is { } excluded)
                notCarried ??= Problems.Conflict("order.goods_not_by_air", Texts.GoodsNotByAir(excluded.Name, product.Name, product.ByAir));
        }
        if (known.Find(g => g.Verdict == GoodsVerdict.Forbidden) is { } forbidden)
            return (GoodsStanding.Unknown, Problems.Conflict("order.goods_forbidden", Texts.GoodsForbidden(forbidden.Name, forbidden.Reason)));
        if (notCarried is not null) return (GoodsStanding.Unknown, notCarried);
        if (known.Find(g => g.Verdict == GoodsVerdict.Conditional) is { } conditional)
            return confirmed ? (GoodsStanding.Conditional, null)
                : (GoodsStanding.Unknown, Problems.Conflict("order.goods_conditional", Texts.GoodsConditional(conditional.Name, conditional.Condition ?? conditional.Reason)));
        return (known.Count > 0 ? GoodsStanding.Allowed : GoodsStanding.Unknown, null);
    }
}

/// <summary>The goods of a parcel in the sender's words.</summary>
/// <param name="Kind">What they are filed under.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Product">The product that is to carry them.</param>
internal sealed record OrderedGoods(string? Kind, string? Name, string? Product);

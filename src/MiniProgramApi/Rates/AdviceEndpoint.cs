using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Rates;

/// <summary>Ask before you pack: may it be sent, by air, how is it packed, into which box, what does it cost.</summary>
internal static class AdviceEndpoint
{
    private const int LongestQuery = 100;

    public static void MapAdvice(this RouteGroupBuilder goods) =>
        goods.MapGet("/advice", Advise).ForGuests(perMinute: 60).WithName("AdvisePacking").WithSummary("May it be sent, how is it packed, what does it cost?")
            .WithDescription("Guests and customers. Query: q, goods in words with their number or weight (`两瓶红酒`, `苹果10斤`), 1 to 100 characters; from and to, cities (`杭州`, `北京市`), by which the "
                + "price example goes; without them the example of the standard product. What is forbidden gets no advice; box and example are null when the goods are not known.");

    private static async Task<Ok<AdviceAnswer>> Advise(
        string? q, string? from, string? to, Db db, KnowledgeIndex knowledge, PackingGuide guide, RateBook book, Divisions divisions, TimeProvider clock, OrdersOptions orders,
        CancellationToken ct)
    {
        if (q?.Trim() is not { Length: >= 1 and <= LongestQuery } query) throw new BadInput("q", Texts.GoodsQueryWrong);
        var (start, end) = (City(divisions, from, "from"), City(divisions, to, "to"));
        var check = await CheckGoods.Execute(db, knowledge, query, ct).ConfigureAwait(false);
        var verdict = check.Known.MinBy(g => g.Verdict);
        var task = guide.Read(query);
        if (verdict is { Verdict: GoodsVerdict.Forbidden } || task is null) return TypedResults.Ok(AdviceAnswer.Without(verdict, query));
        var card = await book.Current(ct).ConfigureAwait(false);
        var box = SuggestedBox.For(card, task);
        var standard = card.Find(RateProduct.Standard)!;
        var example = box is null ? null : AdviceExample.Of(card, task, box, start ?? standard.ExampleFrom, end ?? standard.ExampleTo, ListSlots.NextTime(clock, orders));
        return TypedResults.Ok(AdviceAnswer.Of(verdict, task, box, example));
    }

    private static QuotePlace? City(Divisions divisions, string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= 40 && QuotePlaces.Locate(divisions, "", text, "", out _) is { City.Length: > 0 } place ? place
        : throw new BadInput(field, Texts.PlaceWrong);
}

/// <summary>Advice before packing.</summary>
/// <param name="Verdict">forbidden, conditional, allowed, or unknown when no rule is known.</param>
/// <param name="Name">The goods that the verdict is about; null for unknown ones.</param>
/// <param name="Reason">Why; null when no rule is known.</param>
/// <param name="Condition">On which condition; null for none.</param>
/// <param name="ByAir">May it fly? Null when that is not known.</param>
/// <param name="Kind">The kind of goods, for a quote; null when not known.</param>
/// <param name="Packing">How to pack it; null when it may not be sent.</param>
/// <param name="Box">Which box; null when none is known.</param>
/// <param name="Example">A price; null without a box, or when no product carries it.</param>
internal sealed record AdviceAnswer(
    string Verdict, string? Name, string? Reason, string? Condition, bool? ByAir, string? Kind, string? Packing, AdviceBox? Box, AdviceExample? Example)
{
    public static AdviceAnswer Without(GoodsAnswer? verdict, string query) => new(
        Word(verdict), verdict?.Name, verdict?.Reason ?? Texts.AdviceUnknown(query), verdict?.Condition, verdict is { Verdict: GoodsVerdict.Forbidden } ? false : null, null,
        verdict is { Verdict: GoodsVerdict.Forbidden } ? null : Texts.AdvicePacking, null, null);

    public static AdviceAnswer Of(GoodsAnswer? verdict, PackingTask task, SuggestedBox? box, AdviceExample? example) => new(
        Word(verdict), verdict?.Name ?? task.Goods.Name, verdict?.Reason, verdict?.Condition, task.Goods.ByAir, task.Goods.Kind, task.Goods.Advice,
        box is null ? null : AdviceBox.Of(box), example);

    private static string Word(GoodsAnswer? verdict) => verdict is null ? "unknown" : EnumText<GoodsVerdict>.Of(verdict.Verdict);
}

/// <summary>A box.</summary>
/// <param name="Code">Its code, which a quote takes as packaging.</param>
/// <param name="Name">Its name.</param>
/// <param name="LengthMm">Outer length, millimetres.</param>
/// <param name="WidthMm">Outer width, millimetres.</param>
/// <param name="HeightMm">Outer height, millimetres.</param>
/// <param name="Fen">Its price, fen.</param>
/// <param name="Parcels">How many are needed.</param>
/// <param name="ParcelGrams">What one parcel then weighs, grams.</param>
internal sealed record AdviceBox(string Code, string Name, long LengthMm, long WidthMm, long HeightMm, long Fen, long Parcels, long ParcelGrams)
{
    public static AdviceBox Of(SuggestedBox b) => new(b.Item.Code, b.Item.Name, b.Item.LengthMm, b.Item.WidthMm, b.Item.HeightMm, b.Item.Fen, b.Parcels, b.ParcelGrams);
}

/// <summary>What one parcel of it costs.</summary>
/// <param name="Product">Product code.</param>
/// <param name="ProductName">Its name.</param>
/// <param name="From">From where.</param>
/// <param name="To">Where to.</param>
/// <param name="ParcelFen">One parcel, box included, fen.</param>
/// <param name="TotalFen">All parcels, fen.</param>
/// <param name="Lines">The lines of one parcel.</param>
internal sealed record AdviceExample(string Product, string ProductName, string From, string To, long ParcelFen, long TotalFen, IReadOnlyList<QuoteLine> Lines)
{
    /// <summary>By the standard product, else by the cheapest one that carries it.</summary>
    public static AdviceExample? Of(RateCard card, PackingTask task, SuggestedBox box, QuotePlace from, QuotePlace to, DateTimeOffset at)
    {
        var options = Quotation.Of(card, new QuoteRequest
        {
            From = from, To = to, At = at, Packaging = box.Item.Code, Goods = new QuoteGoods(task.Goods.Kind, box.ParcelGrams, box.Item.LengthMm, box.Item.WidthMm, box.Item.HeightMm),
        }).Options;
        return (options.FirstOrDefault(o => o.Product == RateProduct.Standard) ?? options.MinBy(o => o.TotalFen)) is { } option
            ? new(option.Product, option.Name, from.CityName, to.CityName, option.TotalFen, option.TotalFen * box.Parcels, option.Lines)
            : null;
    }
}

using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Lanes;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi.Rates;

/// <summary>Prices: what a parcel costs, line by line, and what would be cheaper.</summary>
internal static class QuoteEndpoints
{
    public static void MapQuotes(this RouteGroupBuilder quotes) =>
        quotes.MapPost("", Quote).ForGuests(perMinute: 60).TakesIdempotencyKey().Refuses(409, "quote.not_carried").WithName("MakeQuote")
            .WithSummary("What does it cost?")
            .WithDescription("Guests and customers. An option a product, each with its lines, which sum to totalFen; an order takes the price until validUntil. `pickup` is `door` when left out, "
                + "`at` (when the parcel is handed over) is the next slot that can be booked for `door`, now otherwise. `cheaper` names what would cost less; posting its `request` again gives exactly that price. "
                + "400 request.field_invalid; 409 quote.not_carried when no product carries it.");

    private static async Task<Ok<QuoteAnswer>> Quote(
        QuoteBody body, CurrentVisitor who, Db db, DataKeys keys, RateBook book, KnowledgeIndex knowledge, LaneStatistics lanes, Divisions divisions, TimeProvider clock, RatesOptions options, OrdersOptions orders,
        CancellationToken ct)
    {
        var request = body.Checked(divisions, clock.GetUtcNow());
        // Who asks at night is not collected from at night: no night fee, and the promise counts from when a courier comes.
        if (body.At is null && request.Pickup == PickupWay.Door && divisions.Locate(request.From.Province, request.From.City, request.From.District) is { } place
            && await ListSlots.Next(db, clock, orders, place, ct).ConfigureAwait(false) is { } next) request = request with { At = next.From };
        var card = await book.Current(ct).ConfigureAwait(false);
        if (body.Goods?.Name is { Length: > 0 } name) request = request with { Goods = request.Goods with { NamedKind = await KindOf(db, knowledge, card, name, ct).ConfigureAwait(false) } };
        if (who.CustomerId is { } id)
            request = await MemberDiscounts.Apply(db, keys, card, CustomerId.Parse(id), request, ct).ConfigureAwait(false);
        var (quote, unavailable) = await MakeQuote.Execute(db, book, lanes, clock, options, request, ct).ConfigureAwait(false);
        return TypedResults.Ok(QuoteAnswer.Of(quote, unavailable));
    }

    // Of several kinds that are named the one that most products leave out.
    private static async Task<string> KindOf(Db db, KnowledgeIndex knowledge, RateCard card, string name, CancellationToken ct) =>
        (await CheckGoods.Named(db, knowledge, [name], ct).ConfigureAwait(false)).Select(g => g.Kind).MaxBy(k => card.Products.Count(p => p.ExcludedGoods.Contains(k))) ?? "";
}

/// <summary>A place; short names are understood.</summary>
/// <param name="Province">浙江省.</param>
/// <param name="City">杭州市; for a municipality 上海市 again.</param>
/// <param name="District">西湖区; may be left out.</param>
internal sealed record PlaceBody(string? Province, string? City, string? District)
{
    public QuotePlace Checked(Divisions divisions, string field)
    {
        foreach (var (name, text) in new[] { ("province", Province), ("city", City), ("district", District) })
            if (text?.Length > 40) throw new BadInput($"{field}.{name}", Texts.PlaceWrong);
        var place = QuotePlaces.Locate(divisions, Province ?? "", City ?? "", District ?? "", out var wrong);
        return place is { City.Length: > 0 } ? place : throw new BadInput($"{field}.{wrong ?? "city"}", Texts.PlaceWrong);
    }

    public static PlaceBody Of(QuotePlace place) => new(place.Province, place.City, place.District);
}

/// <summary>The goods.</summary>
/// <param name="Kind">What it is: document, clothing, daily, food, fresh, electronics, battery, liquid, fragile, medicine, appliance, furniture, powder, magnetic, book, other; Chinese words are understood.</param>
/// <param name="WeightGrams">Weight in grams.</param>
/// <param name="LengthMm">Length in millimetres; all three sides or none.</param>
/// <param name="WidthMm">Width in millimetres.</param>
/// <param name="HeightMm">Height in millimetres.</param>
/// <param name="Name">What it is in the sender's words: products that do not carry that are left out, whatever the kind says.</param>
internal sealed record GoodsBody(string? Kind, long? WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm, string? Name = null);

/// <summary>What a price is asked for.</summary>
/// <param name="From">From where.</param>
/// <param name="To">Where to.</param>
/// <param name="Goods">What.</param>
/// <param name="InsuredFen">Declared value to be insured, fen.</param>
/// <param name="CodFen">To be collected from the recipient, fen.</param>
/// <param name="Pickup">door, locker or outlet; door when left out.</param>
/// <param name="Packaging">Code of packaging that is bought; none when left out.</param>
/// <param name="At">When it is handed over, up to seven days from now; when left out, the next slot that can be booked for the door, now otherwise.</param>
internal sealed record QuoteBody(PlaceBody? From, PlaceBody? To, GoodsBody? Goods, long? InsuredFen, long? CodFen, string? Pickup, string? Packaging, DateTimeOffset? At)
{
    public QuoteRequest Checked(Divisions divisions, DateTimeOffset now)
    {
        var goods = Goods ?? throw new BadInput("goods", Texts.GoodsMissing);
        if (goods.Kind?.Length > 40) throw new BadInput("goods.kind", Texts.GoodsMissing);
        if (goods.Name?.Length > 100) throw new BadInput("goods.name", Texts.GoodsQueryWrong);
        var request = new QuoteRequest
        {
            From = (From ?? throw new BadInput("from", Texts.PlaceWrong)).Checked(divisions, "from"),
            To = (To ?? throw new BadInput("to", Texts.PlaceWrong)).Checked(divisions, "to"),
            Goods = new QuoteGoods(GoodsKinds.Of(goods.Kind), goods.WeightGrams ?? 0, goods.LengthMm ?? 0, goods.WidthMm ?? 0, goods.HeightMm ?? 0),
            InsuredFen = InsuredFen ?? 0, CodFen = CodFen ?? 0,
            Pickup = string.IsNullOrEmpty(Pickup) ? PickupWay.Door : EnumText<PickupWay>.TryParse(Pickup, out var way) ? way : throw new BadInput("pickup", Texts.PickupWrong),
            Packaging = Packaging is null or { Length: <= 20 } ? Packaging ?? "" : throw new BadInput("packaging", Texts.PackagingWrong),
            At = When(now),
        };
        return QuoteLimits.Problem(request) is { } problem ? throw new BadInput(problem.Field, problem.Message) : request;
    }

    // A moment ago is now: clocks differ, and people take their time.
    private DateTimeOffset When(DateTimeOffset now) =>
        At is not { } at ? now : at < now.AddHours(-1) || at > now.AddDays(7) ? throw new BadInput("at", Texts.QuoteTimeWrong) : at < now ? now : at;

    public static QuoteBody Of(QuoteRequest r) => new(
        PlaceBody.Of(r.From), PlaceBody.Of(r.To),
        r.Goods.HasSize ? new GoodsBody(r.Goods.Kind, r.Goods.WeightGrams, r.Goods.LengthMm, r.Goods.WidthMm, r.Goods.HeightMm) : new GoodsBody(r.Goods.Kind, r.Goods.WeightGrams, null, null, null),
        r.InsuredFen, r.CodFen, EnumText<PickupWay>.Of(r.Pickup), r.Packaging.Length == 0 ? null : r.Packaging, r.At);
}

/// <summary>A quote.</summary>
/// <param name="QuoteId">An order takes its price by this.</param>
/// <param name="ValidUntil">Until when.</param>
/// <param name="Options">A price a product.</param>
/// <param name="Unavailable">Products that do not carry it, each with its reason.</param>
internal sealed record QuoteAnswer(QuoteId QuoteId, DateTimeOffset ValidUntil, IReadOnlyList<OptionAnswer> Options, IReadOnlyList<UnavailableProduct> Unavailable)
{
    public static QuoteAnswer Of(StoredQuote quote, IReadOnlyList<UnavailableProduct> unavailable) =>
        new(quote.Id, quote.ValidUntil, [.. quote.Options.Select(OptionAnswer.Of)], unavailable);
}

/// <summary>The price of a product.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Name">Its name.</param>
/// <param name="TotalFen">What is paid, fen.</param>
/// <param name="ListFen">The same without discounts, fen.</param>
/// <param name="Lines">How it is made up.</param>
/// <param name="ChargeableGrams">The weight that is charged, grams.</param>
/// <param name="VolumetricGrams">What the size counts as, grams; 0 when it does not count.</param>
/// <param name="PromisedBy">By when it is promised to arrive.</param>
/// <param name="Cheaper">What would be cheaper, the greatest saving first.</param>
internal sealed record OptionAnswer(
    string Product, string Name, long TotalFen, long ListFen, IReadOnlyList<QuoteLine> Lines, long ChargeableGrams, long VolumetricGrams, DateTimeOffset PromisedBy, IReadOnlyList<CheaperAnswer> Cheaper)
{
    public static OptionAnswer Of(QuoteOption o) => new(
        o.Product, o.Name, o.TotalFen, o.ListFen, o.Lines, o.ChargeableGrams, o.VolumetricGrams, o.PromisedBy, [.. o.Cheaper.Select(CheaperAnswer.Of)]);
}

/// <summary>A way to pay less.</summary>
/// <param name="Kind">What to change: smaller_box, other_product, drop_off, tomorrow.</param>
/// <param name="Product">The product that is then taken.</param>
/// <param name="TotalFen">The whole price then, fen.</param>
/// <param name="SavingFen">How much less that is, fen.</param>
/// <param name="Why">What to do and why it is cheaper.</param>
/// <param name="Request">What to ask for then.</param>
internal sealed record CheaperAnswer(CheaperKind Kind, string Product, long TotalFen, long SavingFen, string Why, QuoteBody Request)
{
    public static CheaperAnswer Of(CheaperWay w) => new(w.Kind, w.Product, w.TotalFen, w.SavingFen, w.Why, QuoteBody.Of(w.Request));
}

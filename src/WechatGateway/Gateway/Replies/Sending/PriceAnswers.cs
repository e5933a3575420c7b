using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>A price that is asked for, as far as it is known: places by their codes.</summary>
internal sealed record PendingPrice(IReadOnlyList<string> From, IReadOnlyList<string> To, long? Grams, long Length, long Width, long Height);

/// <summary>Answers questions for a price; where the words do not decide it asks one thing, with numbers to choose from.</summary>
internal sealed class PriceAnswers(Prices prices, Divisions divisions, OpenQuestions questions, AppLinks links, TimeProvider clock)
{
    private const int MostChoices = 8;

    /// <summary>Answers, or asks for what is missing.</summary>
    public Task<Reply> Of(Ask ask, PriceQuestion question, CancellationToken ct) => Of(ask, new PendingPrice(
        [.. question.From.Select(d => d.Code)], [.. question.To.Select(d => d.Code)], question.Grams,
        question.Size?.Length ?? 0, question.Size?.Width ?? 0, question.Size?.Height ?? 0), ct);

    /// <summary>A number, or the name of a place, that answers the question.</summary>
    public async Task<Reply?> Chosen(Ask ask, PendingPrice pending, int? number, IReadOnlyList<Division> named, CancellationToken ct)
    {
        var asksFrom = Decided(pending.To) is not null;
        var choices = asksFrom ? pending.From : pending.To;
        if (number is { } chosen && (chosen > Math.Min(choices.Count, MostChoices) || choices.Count < 2)) return null;
        await questions.Answered(ask, Topic.Price, ct).ConfigureAwait(false); // what is asked next opens it again
        string[] place = number is { } n ? [choices[n - 1]] : [.. named.Select(d => d.Code)];
        return await Of(ask, asksFrom ? pending with { From = place } : pending with { To = place }, ct).ConfigureAwait(false);
    }

    private async Task<Reply> Of(Ask ask, PendingPrice pending, CancellationToken ct)
    {
        if (Decided(pending.To) is not { } to) return await AskFor(ask, pending, pending.To, isFrom: false, ct).ConfigureAwait(false);
        var isHome = pending.From.Count == 0;
        var from = isHome ? await Home(ask, ct).ConfigureAwait(false) : Decided(pending.From);
        if (from is null) return await AskFor(ask, pending, pending.From, isFrom: true, ct).ConfigureAwait(false);
        var goods = new QuoteGoods(GoodsKinds.Other, pending.Grams ?? Prices.Usual, pending.Length, pending.Width, pending.Height);
        var asked = new QuoteRequest { From = from, To = to, Goods = goods, At = clock.GetUtcNow() };
        if (QuoteLimits.Problem(asked) is { } problem) return new Reply(problem.Message + "。");
        var price = await prices.Of(ask.Customer, from, to, goods, ct).ConfigureAwait(false);
        return new Reply(SendingTexts.Price(price, pending.Grams is null, isHome, Link(price), clock.GetUtcNow()));
    }

    private string Link(ComputedPrice price) => links.Send(
        product: SendingTexts.Cheapest(price.Quotation)?.Product, grams: price.Request.Goods.WeightGrams, fromPlace: AppLinks.Of(price.Request.From), toPlace: AppLinks.Of(price.Request.To));

    private async Task<QuotePlace?> Home(Ask ask, CancellationToken ct) =>
        await prices.Home(ask.Customer, ct).ConfigureAwait(false) is { Contact.Address: var a } ? prices.Place(a.Province, a.City, a.District) : null;

    private QuotePlace? Decided(IReadOnlyList<string> codes) =>
        codes.Count == 1 && divisions.Find(codes[0]) is { } place && PlaceChoices.HasPrice(place) ? prices.PlaceOf(place) : null;

    private async Task<Reply> AskFor(Ask ask, PendingPrice pending, IReadOnlyList<string> codes, bool isFrom, CancellationToken ct)
    {
        await questions.Keep(ask, Topic.Price, pending, ct).ConfigureAwait(false);
        var places = codes.Select(divisions.Find).OfType<Division>().Select(d => d.FullName).ToList();
        return new Reply(places.Count switch
        {
            0 => SendingTexts.WhichPlace(isFrom),
            1 => SendingTexts.WhichCity(places[0], isFrom),
            _ => SendingTexts.WhichOne([.. places.Take(MostChoices)], isFrom),
        });
    }
}

/// <summary>运费 深圳 北京 3kg, 从深圳寄3公斤到北京多少钱, 寄到上海要多少钱 两斤: the price of each product, and the way to send it. What may not be sent has no price: its verdict follows.</summary>
internal sealed class PriceQuestions(PriceAnswers answers, Divisions divisions, Db db, KnowledgeIndex knowledge) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (!ask.HasChinese || PriceQuestion.Read(ask.Words, divisions) is not { } question) return null;
        if (await GoodsNamed.In(db, knowledge, ask.Words, ct).ConfigureAwait(false) is var (_, check) && check.Known.Any(g => g.Verdict == GoodsVerdict.Forbidden)) return null;
        return question.Unknown.Length > 0 ? new Reply(SendingTexts.UnknownPlace(question.Unknown)) : await answers.Of(ask, question, ct).ConfigureAwait(false);
    }
}

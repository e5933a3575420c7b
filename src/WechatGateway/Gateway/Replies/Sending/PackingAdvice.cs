using Courier.Services.Knowledge;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>Behind the verdict on goods: how to pack them, in which box, and what that costs.</summary>
internal sealed class PackingAdvice(PackingGuide guide, RateBook book, AppLinks links, TimeProvider clock)
{
    private const int MostBytes = 2048;

    /// <summary>The verdict's words with the advice; the words alone for what is forbidden, not known how to pack, or too long already.</summary>
    /// <param name="verdict">The words of the verdict.</param>
    /// <param name="check">What was found.</param>
    /// <param name="asked">What was asked, in the customer's words with its number.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string> Behind(string verdict, GoodsCheck check, string asked, CancellationToken ct)
    {
        if (check.Known.Any(g => g.Verdict == GoodsVerdict.Forbidden) || guide.Read(asked) is not { } task) return verdict;
        var card = await book.Current(ct).ConfigureAwait(false);
        var box = SuggestedBox.For(card, task);
        var words = $"{verdict}\n\n{SendingTexts.Packing(task, box, Example(card, task, box))}\n{links.Send(goods: task.Goods.Name, grams: box?.ParcelGrams ?? task.Grams)}";
        return System.Text.Encoding.UTF8.GetByteCount(words) <= MostBytes ? words : verdict;
    }

    // By the standard product, on the way of its page's example.
    private (RateProduct Product, QuoteOption Price)? Example(RateCard card, PackingTask task, SuggestedBox? box)
    {
        if (box is null || card.Find(RateProduct.Standard) is not { } standard) return null;
        var request = new QuoteRequest
        {
            From = standard.ExampleFrom, To = standard.ExampleTo, At = clock.GetUtcNow(), Packaging = box.Item.Code,
            Goods = new QuoteGoods(task.Goods.Kind, box.ParcelGrams, box.Item.LengthMm, box.Item.WidthMm, box.Item.HeightMm),
        };
        return Quotation.OfProduct(card, standard.Code, request) is { } price ? (standard, price) : null;
    }
}

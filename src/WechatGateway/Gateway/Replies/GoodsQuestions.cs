using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// May this be sent? 能寄充电宝吗. Who shows it or only points at it (这个能寄吗) is asked for its name: pictures are not recognised. What no rule is known for is
/// answered honestly; what can be sent with how to pack it. Where a place stands for goods (北京能寄吗) the price of the way tells whether we go there.
/// </summary>
internal sealed class GoodsQuestions(Db db, KnowledgeIndex knowledge, GoodsReplies replies, PriceAnswers prices, Divisions divisions) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is null) return null;
        if (CheckGoods.AsksAboutSomethingShown(ask.Text)) return new Reply(Texts.WhichGoods);
        if (!CheckGoods.LooksLikeGoodsQuestion(ask.Text, out var goods)) return null;
        var check = await CheckGoods.Execute(db, knowledge, goods, ct).ConfigureAwait(false);
        return new Reply(check.Known.Count == 0 && divisions.NamedIn(goods, DivisionLevel.District) is { Rest: "", Candidates: { Count: > 0 } places }
            ? $"{Texts.WhetherWeGo(goods)}\n{(await prices.Of(ask, new PriceQuestion([], places, null, null), ct).ConfigureAwait(false)).Text}"
            : await replies.Of(ask, check, goods, ct).ConfigureAwait(false));
    }
}

/// <summary>Goods that are only named, or asked about in another way (充电宝怎么寄): answered when all of them are known, else the next rule's turn.</summary>
internal sealed class GoodsNamed(Db db, KnowledgeIndex knowledge, GoodsReplies replies) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { } text || await In(db, knowledge, text, ct).ConfigureAwait(false) is not var (goods, check) || check is not { Known.Count: > 0, Unknown.Count: 0 }) return null;
        // A bare word may as well be a frequent question: 发票 is rather about ours than about sending one.
        var isQuestion = goods.Length == ask.Words.TrimEnd('?', '!', '。', '.', ' ').Length && await MatchFaq.Execute(db, knowledge, text, ct).ConfigureAwait(false) is not null;
        return isQuestion ? null : new Reply(await replies.Of(ask, check, goods, ct).ConfigureAwait(false));
    }

    /// <summary>The goods that a text names to be sent, with what is known of them; null when it names none.</summary>
    /// <param name="db">Where the rules lie.</param>
    /// <param name="knowledge">What is held in memory of them.</param>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<(string Goods, GoodsCheck Check)?> In(Db db, KnowledgeIndex knowledge, string text, CancellationToken ct) =>
        CheckGoods.MayNameGoods(text, out var goods)
            ? (goods, await CheckGoods.Execute(db, knowledge, goods, ct).ConfigureAwait(false))
            : await CheckGoods.NamedAlone(db, knowledge, text, ct).ConfigureAwait(false);
}

/// <summary>The verdict on goods with what helps next: the price when it was asked for, else how to pack them.</summary>
internal sealed class GoodsReplies(PackingAdvice advice, PriceAnswers prices, Divisions divisions)
{
    /// <summary>The words for what was found.</summary>
    /// <param name="ask">Who asks, and with which words.</param>
    /// <param name="check">What was found.</param>
    /// <param name="goods">The goods as they were named.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string> Of(Ask ask, GoodsCheck check, string goods, CancellationToken ct)
    {
        var verdict = GoodsText.Of(check, goods);
        return check.Known.Count > 0 && check.Known.All(g => g.Verdict != GoodsVerdict.Forbidden) && PriceQuestion.Beside(goods, ask.Words, divisions) is { } price
            ? $"{verdict}\n\n{(await prices.Of(ask, price, ct).ConfigureAwait(false)).Text}"
            : await advice.Behind(verdict, check, goods, ct).ConfigureAwait(false);
    }
}

using Courier.Kernel.Data;
using Courier.Services.Knowledge;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies;

/// <summary>May this be sent? 能寄充电宝吗. Who shows it or only points at it (这个能寄吗) is asked for its name: pictures are not recognised. What no rule is known for is answered honestly; what can be sent with how to pack it.</summary>
internal sealed class GoodsQuestions(Db db, KnowledgeIndex knowledge, PackingAdvice advice) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is null) return null;
        if (CheckGoods.AsksAboutSomethingShown(ask.Text)) return new Reply(Texts.WhichGoods);
        if (!CheckGoods.LooksLikeGoodsQuestion(ask.Text, out var goods)) return null;
        var check = await CheckGoods.Execute(db, knowledge, goods, ct).ConfigureAwait(false);
        return new Reply(await advice.Behind(GoodsText.Of(check, goods), check, goods, ct).ConfigureAwait(false));
    }
}

/// <summary>Goods that are only named, or asked about in another way (充电宝怎么寄): answered when all of them are known, else the next rule's turn.</summary>
internal sealed class GoodsNamed(Db db, KnowledgeIndex knowledge, PackingAdvice advice) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is null || !CheckGoods.MayNameGoods(ask.Text, out var goods)) return null;
        var check = await CheckGoods.Execute(db, knowledge, goods, ct).ConfigureAwait(false);
        if (check is not { Known.Count: > 0, Unknown.Count: 0 }) return null;
        // A bare word may as well be a frequent question: 发票 is rather about ours than about sending one.
        var isQuestion = goods.Length == ask.Words.Length && await MatchFaq.Execute(db, knowledge, ask.Text, ct).ConfigureAwait(false) is not null;
        return isQuestion ? null : new Reply(await advice.Behind(GoodsText.Of(check, goods), check, goods, ct).ConfigureAwait(false));
    }
}

using Courier.Kernel.Data;
using Courier.Services.Knowledge;

namespace Courier.WechatGateway.Replies;

/// <summary>May this be sent? 能寄充电宝吗</summary>
internal sealed class GoodsQuestions(Db db, KnowledgeIndex knowledge) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is null || !CheckGoods.LooksLikeGoodsQuestion(ask.Text, out var goods)) return null;
        return new Reply(GoodsText.Of(await CheckGoods.Execute(db, knowledge, goods, ct).ConfigureAwait(false), goods));
    }
}

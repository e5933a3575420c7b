using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Replies;

/// <summary>The last rule: what can be asked here, and how to reach a person.</summary>
internal sealed class Guidance(KeywordTable keywords) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is null) return null;
        var lines = await keywords.Guide(ask, ct).ConfigureAwait(false);
        return new Reply((ask.Inbound is MenuClickEvent ? "" : Texts.NotUnderstood) + Texts.Guidance(lines));
    }
}

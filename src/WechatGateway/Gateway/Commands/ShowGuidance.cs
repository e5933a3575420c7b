using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Commands;

/// <summary>帮助: what can be asked here.</summary>
internal sealed class ShowGuidance(KeywordTable keywords) : IChatCommand
{
    public const string CommandName = "guidance";

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct) =>
        Texts.Guidance(await keywords.Guide(ask, ct).ConfigureAwait(false));
}

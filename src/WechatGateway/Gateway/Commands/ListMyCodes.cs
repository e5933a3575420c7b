using Courier.WechatGateway.Replies;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Commands;

/// <summary>取件码: what waits to be fetched, of the whole family.</summary>
internal sealed class ListMyCodes(CodeAnswers codes) : IChatCommand
{
    public const string CommandName = "my_codes";

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct) => (await codes.List(ask, "", ct).ConfigureAwait(false)).Text!;
}

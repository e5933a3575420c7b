using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Replies;

/// <summary>A menu entry was tapped: its key names a command, or is a word of the keyword table. A key in words is read like typed text by all other rules.</summary>
internal sealed class MenuClicks(ChatCommands commands, KeywordTable keywords) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Inbound is not MenuClickEvent click) return null;
        if (commands.Find(click.EventKey) is { } command) return new Reply(await command.Run(ask, "", ct).ConfigureAwait(false));
        foreach (var (keyword, rest) in await keywords.Match(ask, Ask.Plain(click.EventKey), ct).ConfigureAwait(false))
        {
            if (keyword.Reply.Length > 0) return new Reply(keyword.Reply);
            if (commands.Find(keyword.Command) is { } named) return new Reply(await named.Run(ask, rest, ct).ConfigureAwait(false));
        }
        if (ask.Text is not null) return null;
        return new Reply(Texts.Guidance(await keywords.Guide(ask, ct).ConfigureAwait(false)));
    }
}

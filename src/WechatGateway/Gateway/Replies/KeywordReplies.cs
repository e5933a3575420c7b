using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Replies;

/// <summary>Commands and numbers of the keyword table.</summary>
internal sealed class KeywordReplies(KeywordTable keywords, ChatCommands commands, UsageCounts counts) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words is not { Length: > 0 } words) return null;
        foreach (var (keyword, rest) in await keywords.Match(ask, words, ct).ConfigureAwait(false))
        {
            if (await Answer(ask, keyword, rest, ct).ConfigureAwait(false) is not { } text) continue;
            counts.Add(ask.Account.AppId, UsageSubject.Keyword, keyword.Id);
            return new Reply(text);
        }
        return null;
    }

    private async Task<string?> Answer(Ask ask, Keyword keyword, string rest, CancellationToken ct)
    {
        if (keyword.Reply.Length > 0) return rest.Length == 0 || keyword.MatchKind == KeywordMatch.Prefix ? keyword.Reply : null;
        return commands.Find(keyword.Command) is { } command && command.Takes(rest) ? await command.Run(ask, rest, ct).ConfigureAwait(false) : null;
    }
}

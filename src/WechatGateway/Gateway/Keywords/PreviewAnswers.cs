using System.Collections.Frozen;
using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Replies;
using Courier.WechatGateway.Replies.Receiving;

namespace Courier.WechatGateway.Keywords;

/// <summary>What a keyword table would answer. Nothing is done and nothing is counted: a command is only named.</summary>
internal sealed class PreviewAnswers(ChatCommands commands, TimeProvider clock)
{
    // A preview is for a follower with a tag; who is in a group is found out by rules, not chosen.
    private static readonly FrozenSet<string> NoGroup = [];

    /// <summary>The answer to a text.</summary>
    public string ToText(IReadOnlyList<Keyword> table, string appId, IReadOnlySet<long> tags, string text)
    {
        var rows = KeywordMatches.For(table, appId, tags, NoGroup, clock.GetUtcNow()).ToList();
        return Said(rows, Ask.Plain(text)) ?? Texts.PreviewNobody + Guide(rows);
    }

    /// <summary>The answer to a tap on a menu entry with this key.</summary>
    public string ToClick(IReadOnlyList<Keyword> table, string appId, IReadOnlySet<long> tags, string key)
    {
        if (commands.Find(key) is not null) return Texts.PreviewCommand(key);
        var rows = KeywordMatches.For(table, appId, tags, NoGroup, clock.GetUtcNow()).ToList();
        return Said(rows, Ask.Plain(key)) ?? Guide(rows);
    }

    // What rules in front of the table answer never reaches its row.
    private string? Said(IReadOnlyList<Keyword> rows, string words) =>
        KeywordMatches.Of(rows, words).Select(Answer).FirstOrDefault(a => a is not null) is not { } answer ? null
        : PushWishes.Takes(words) || DirectionWords.Takes(words) || Sharing.Takes(words) ? Texts.PreviewElsewhere + answer : answer;

    private string? Answer(KeywordHit hit)
    {
        if (hit.Keyword.Reply.Length > 0) return hit.Rest.Length == 0 || hit.Keyword.MatchKind == KeywordMatch.Prefix ? hit.Keyword.Reply : null;
        return commands.Find(hit.Keyword.Command) is { } command && command.Takes(hit.Rest) ? Texts.PreviewCommand(hit.Keyword.Command) : null;
    }

    private static string Guide(IReadOnlyList<Keyword> rows) => WechatGateway.Texts.Guidance(KeywordMatches.Guide(rows));
}

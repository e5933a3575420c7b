using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Tags;

/// <summary>
/// Tells WeChat which followers get or lose a tag, fifty at a time. A batch that WeChat refuses is sent again one by one, so that one
/// follower who is gone does not keep the others waiting; who is refused alone is given up.
/// </summary>
internal sealed class SendTagWishes(Db db, TimeProvider clock, WechatAccounts accounts, WechatClient wechat) : IScheduledJob
{
    public const string JobName = "wechat.send_tag_wishes";
    private const int Portion = 1000, MostAttempts = 10;

    private const string Due =
        """
        select app_id as AppId, openid as OpenId, tag_id as TagId, is_wanted as IsWanted, mark as Mark, attempts as Attempts
        from wechat_tag_wishes where next_at <= @now order by next_at limit @portion
        """;

    public async Task Run(CancellationToken ct)
    {
        var due = await db.Query<Wish>(Due, new { now = clock.GetUtcNow(), portion = Portion }, ct).ConfigureAwait(false);
        foreach (var alike in due.GroupBy(w => (w.AppId, w.TagId, w.IsWanted, IsAlone: w.Attempts > 0)))
            foreach (var batch in alike.Chunk(alike.Key.IsAlone ? 1 : TagFollowers.Most))
                await Send(alike.Key.AppId, (int)alike.Key.TagId, alike.Key.IsWanted == 1, batch, ct).ConfigureAwait(false);
    }

    private async Task Send(string appId, int tagId, bool isWanted, Wish[] batch, CancellationToken ct)
    {
        if (!accounts.TryFind(appId, out var account))
        {
            await Forget(batch, ct).ConfigureAwait(false);
            return;
        }
        string[] openIds = [.. batch.Select(w => w.OpenId)];
        try
        {
            if (isWanted) await wechat.SendAsync(account.Wechat, new TagFollowers(tagId, openIds), ct).ConfigureAwait(false);
            else await wechat.SendAsync(account.Wechat, new UntagFollowers(tagId, openIds), ct).ConfigureAwait(false);
            await Keep(appId, tagId, isWanted, batch, ct).ConfigureAwait(false);
        }
        catch (WechatException error)
        {
            await Later(batch, error, ct).ConfigureAwait(false);
        }
    }

    private Task Keep(string appId, int tagId, bool isWanted, Wish[] batch, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (isWanted)
            await tx.InsertRows("wechat_follower_tags", ["app_id", "openid", "tag_id"], batch.Select(w => new object?[] { appId, w.OpenId, tagId }), ifAbsent: true, ct).ConfigureAwait(false);
        else
            await tx.Execute("delete from wechat_follower_tags where app_id = @appId and tag_id = @tagId and openid in @openIds", new { appId, tagId, openIds = batch.Select(w => w.OpenId).ToList() }, ct).ConfigureAwait(false);
        await Forget(tx, batch, ct).ConfigureAwait(false);
    }, ct);

    // Busy or out of quota says nothing about the followers; a refusal of one follower alone, or the tenth attempt, is the end.
    private async Task Later(Wish[] batch, WechatException error, CancellationToken ct)
    {
        var isAboutUs = error.Reaction is ErrorReaction.BackOff or ErrorReaction.BreakCall or ErrorReaction.Ambiguous or ErrorReaction.RefreshTokenOnce or ErrorReaction.StopAndAlert;
        if (!isAboutUs && batch.Length == 1 || batch[0].Attempts >= MostAttempts)
        {
            await Forget(batch, ct).ConfigureAwait(false);
            return;
        }
        var next = clock.GetUtcNow() + (isAboutUs ? TimeSpan.FromMinutes(Math.Min(60, 1 << (int)batch[0].Attempts)) : TimeSpan.Zero);
        await db.Execute("update wechat_tag_wishes set attempts = attempts + 1, next_at = @next where mark in @marks", new { next, marks = batch.Select(w => w.Mark).ToList() }, ct).ConfigureAwait(false);
    }

    private Task Forget(Wish[] batch, CancellationToken ct) => db.InTransaction(tx => Forget(tx, batch, ct), ct);

    // By its mark: a wish that changed meanwhile is another one and stays.
    private static Task Forget(Tx tx, Wish[] batch, CancellationToken ct) =>
        tx.Execute("delete from wechat_tag_wishes where app_id = @AppId and mark in @marks", new { batch[0].AppId, marks = batch.Select(w => w.Mark).ToList() }, ct);

    private sealed record Wish
    {
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required long TagId { get; init; }
        public required long IsWanted { get; init; }
        public required string Mark { get; init; }
        public required long Attempts { get; init; }
    }
}

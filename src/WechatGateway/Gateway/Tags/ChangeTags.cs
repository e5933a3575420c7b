using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Courier.WechatGateway.Editions;

namespace Courier.WechatGateway.Tags;

/// <summary>What operators do with tags: WeChat first, then our copy of it. A step that broke off is simply taken again.</summary>
internal sealed class ChangeTags(Db db, TimeProvider clock, WechatClient wechat, ChangeEdition editions)
{
    private const string ForgetGone = "delete from wechat_tags where app_id = @appId and tag_id not in @ids";

    private const string ForgetOwners = "delete from wechat_follower_tags where app_id = @appId and tag_id not in @ids";

    private const string NewName = "update wechat_tags set name = @name where app_id = @appId and tag_id = @tagId";

    private const string Delete = "delete from wechat_tags where app_id = @appId and tag_id = @tagId";

    private const string DeleteOwners = "delete from wechat_follower_tags where app_id = @appId and tag_id = @tagId";

    private const string DeleteOne = "delete from wechat_follower_tags where app_id = @appId and openid = @openId and tag_id = @tagId";

    /// <summary>Reads the account's tags from WeChat; those that are gone there go here too.</summary>
    /// <exception cref="RuleBroken"><c>wechat.tag_refused</c>.</exception>
    public async Task Refresh(GatewayAccount account, StaffId who, CancellationToken ct)
    {
        var tags = await Ask(account, new GetTags(), ct).ConfigureAwait(false);
        int[] ids = [-1, .. tags.Select(t => t.Id)]; // a list in SQL is never empty
        await db.InTransaction(async tx =>
        {
            await Keep(tx, account, tags, ct).ConfigureAwait(false);
            await tx.Execute(ForgetGone, new { appId = account.AppId, ids }, ct).ConfigureAwait(false);
            await tx.Execute(ForgetOwners, new { appId = account.AppId, ids }, ct).ConfigureAwait(false);
            await Note(tx, account, who, "wechat.tags_read", "", null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Makes a tag.</summary>
    /// <exception cref="RuleBroken"><c>wechat.tag_refused</c>: there are too many, or the name is taken.</exception>
    public async Task Create(GatewayAccount account, string name, StaffId who, CancellationToken ct)
    {
        var tag = await Ask(account, new CreateTag(name), ct).ConfigureAwait(false);
        await db.InTransaction(async tx =>
        {
            await Keep(tx, account, [tag], ct).ConfigureAwait(false);
            await Note(tx, account, who, "wechat.tag_created", FormattableString.Invariant($":{tag.Id}"), name, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Gives a tag another name.</summary>
    /// <exception cref="RuleBroken"><c>wechat.tag_refused</c>: the name is taken.</exception>
    public async Task Rename(GatewayAccount account, int tagId, string name, StaffId who, CancellationToken ct)
    {
        await Ask(account, new RenameTag(tagId, name), ct).ConfigureAwait(false);
        await db.InTransaction(async tx =>
        {
            await tx.Execute(NewName, new { appId = account.AppId, tagId, name }, ct).ConfigureAwait(false);
            await Note(tx, account, who, "wechat.tag_renamed", FormattableString.Invariant($":{tagId}"), name, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Takes a tag away, from its followers too.</summary>
    /// <exception cref="RuleBroken"><c>wechat.tag_in_use</c>: the live menu or keyword table has something for it; <c>wechat.tag_refused</c>.</exception>
    public async Task Remove(GatewayAccount account, int tagId, StaffId who, CancellationToken ct)
    {
        foreach (var name in new[] { new ContentName(EditionKind.Menu, account.AppId), new ContentName(EditionKind.Keywords, "") })
            if (await NeedsTag(name, account.AppId, tagId, ct).ConfigureAwait(false)) throw new RuleBroken("wechat.tag_in_use", Texts.InUse(name.Kind));
        await Ask(account, new DeleteTag(tagId), ct).ConfigureAwait(false);
        await db.InTransaction(async tx =>
        {
            await tx.Execute(Delete, new { appId = account.AppId, tagId }, ct).ConfigureAwait(false);
            await tx.Execute(DeleteOwners, new { appId = account.AppId, tagId }, ct).ConfigureAwait(false);
            await Note(tx, account, who, "wechat.tag_deleted", FormattableString.Invariant($":{tagId}"), null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Gives a follower a tag; doing it again changes nothing.</summary>
    /// <exception cref="RuleBroken"><c>wechat.tag_refused</c>.</exception>
    public async Task Tag(GatewayAccount account, int tagId, OpenId follower, StaffId who, CancellationToken ct)
    {
        await Ask(account, new TagFollowers(tagId, [follower.Text]), ct).ConfigureAwait(false);
        await db.InTransaction(async tx =>
        {
            await tx.InsertRows("wechat_follower_tags", ["app_id", "openid", "tag_id"], [[account.AppId, follower.Text, tagId]], ifAbsent: true, ct).ConfigureAwait(false);
            await Note(tx, account, who, "wechat.follower_tagged", FormattableString.Invariant($":{tagId}"), null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Takes a tag from a follower; doing it again changes nothing.</summary>
    /// <exception cref="RuleBroken"><c>wechat.tag_refused</c>.</exception>
    public async Task Untag(GatewayAccount account, int tagId, OpenId follower, StaffId who, CancellationToken ct)
    {
        await Ask(account, new UntagFollowers(tagId, [follower.Text]), ct).ConfigureAwait(false);
        await db.InTransaction(async tx =>
        {
            await tx.Execute(DeleteOne, new { appId = account.AppId, openId = follower.Text, tagId }, ct).ConfigureAwait(false);
            await Note(tx, account, who, "wechat.follower_untagged", FormattableString.Invariant($":{tagId}"), null, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private async Task<bool> NeedsTag(ContentName name, string appId, int tagId, CancellationToken ct) =>
        editions.ContentOf(name) is { } content && await EditionStore.Head(db, name, ct).ConfigureAwait(false) is { } head
        && await EditionStore.Load(db, head.PublishingEdition ?? head.LiveEdition, ct).ConfigureAwait(false) is { } edition && content.NeedsTag(edition.Content, appId, tagId);

    private async Task<T> Ask<T>(GatewayAccount account, WechatCall<T> call, CancellationToken ct)
    {
        try
        {
            return await wechat.SendAsync(account.Wechat, call, ct).ConfigureAwait(false);
        }
        catch (WechatException refusal)
        {
            throw new RuleBroken("wechat.tag_refused", Texts.Refused(WechatRefusal.Reason(refusal)));
        }
    }

    private Task Keep(Tx tx, GatewayAccount account, IReadOnlyList<AccountTag> tags, CancellationToken ct) => tags.Count == 0 ? Task.CompletedTask : tx.UpsertRows(
        "wechat_tags", ["app_id", "tag_id", "name", "followers", "seen_at"],
        tags.Select(t => new object?[] { account.AppId, t.Id, t.Name, t.Count ?? 0, clock.GetUtcNow() }), "app_id, tag_id", ["name", "followers", "seen_at"], ct);

    private Task Note(Tx tx, GatewayAccount account, StaffId who, string action, string rest, string? reason, CancellationToken ct) =>
        Audit.Record(tx, clock, who, action, $"wechat_tag:{account.AppId}{rest}", reason, ct);
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;

namespace Courier.WechatGateway.Tags;

/// <summary>Writes down which tags followers are to get or lose; <see cref="SendTagWishes"/> tells WeChat.</summary>
internal static class TagWishes
{
    public static async Task Add(Tx tx, TimeProvider clock, IReadOnlyList<(CustomerId Customer, string AppId, long TagId, bool IsWanted)> wishes, CancellationToken ct)
    {
        if (wishes.Count == 0) return;
        var names = (await CustomerIdentities.Wechat(tx, [.. wishes.Select(w => w.Customer).Distinct()], ct).ConfigureAwait(false)).ToLookup(n => (n.Customer, n.AppId));
        // The last word about a follower and tag counts.
        var rows = wishes.SelectMany(w => names[(w.Customer, w.AppId)].Select(n => (Key: (w.AppId, n.OpenId.Text, w.TagId), w.IsWanted))).GroupBy(r => r.Key).Select(g => g.Last());
        await tx.UpsertRows("wechat_tag_wishes", ["app_id", "openid", "tag_id", "is_wanted", "mark", "attempts", "next_at"],
            rows.Select(r => new object?[] { r.Key.AppId, r.Key.Text, r.Key.TagId, r.IsWanted, Ids.New(clock), 0L, clock.GetUtcNow() }),
            "app_id, openid, tag_id", ["is_wanted", "mark", "attempts", "next_at"], ct).ConfigureAwait(false);
    }
}

/// <summary>Who comes into a group that is bound to a tag gets the tag, and who leaves it loses it.</summary>
internal sealed class TagWhenGroupChanged(TimeProvider clock, IJobAlarm alarm) : IBatchReaction<CustomerGroupChanged>
{
    public async Task Handle(IReadOnlyList<Delivery<CustomerGroupChanged>> batch, Tx tx, CancellationToken ct)
    {
        var tags = (await CustomerGroups.Tags(tx, ct).ConfigureAwait(false)).ToDictionary(t => t.Code);
        var wishes = batch.Select(d => d.Event).Where(e => tags.ContainsKey(e.Group)).Select(e => (e.Customer, tags[e.Group].AppId, tags[e.Group].TagId, e.IsMember)).ToList();
        await TagWishes.Add(tx, clock, wishes, ct).ConfigureAwait(false);
        if (wishes.Count > 0) tx.AfterCommit(() => alarm.Wake(SendTagWishes.JobName));
    }
}

/// <summary>A group is bound to another tag: its members lose the one before and get the new one.</summary>
internal sealed class TagMembersWhenGroupBound(TimeProvider clock, IJobAlarm alarm) : IReaction<CustomerGroupBound>
{
    private const int Portion = 500;

    public async Task Handle(Delivery<CustomerGroupBound> delivery, Tx tx, CancellationToken ct)
    {
        var bound = delivery.Event;
        CustomerId? after = null;
        while (await CustomerGroups.Members(tx, bound.Group, after, Portion, ct).ConfigureAwait(false) is { Count: > 0 } members)
        {
            if (bound.OldTagId > 0) await TagWishes.Add(tx, clock, [.. members.Select(m => (m, bound.OldAppId, bound.OldTagId, false))], ct).ConfigureAwait(false);
            if (bound.TagId > 0) await TagWishes.Add(tx, clock, [.. members.Select(m => (m, bound.AppId, bound.TagId, true))], ct).ConfigureAwait(false);
            after = members[^1];
        }
        tx.AfterCommit(() => alarm.Wake(SendTagWishes.JobName));
    }
}

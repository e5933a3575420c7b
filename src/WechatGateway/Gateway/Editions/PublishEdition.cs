using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Editions;

/// <summary>
/// Lets editions take effect. That one is to take effect is written down first; then WeChat is told, and only then it counts as
/// published. Whatever happens in between, the next try compares with what WeChat has and goes on from there.
/// </summary>
internal sealed class PublishEdition(Db db, TimeProvider clock, ChangeEdition change)
{
    // Longer than the calls of the largest menu can take.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>Publishes an approved edition; one whose publication was broken off is finished.</summary>
    /// <returns>The edition, published, or still publishing when WeChat is busy; null when there is none.</returns>
    /// <exception cref="RuleBroken">
    /// <c>edition.not_approved</c>, <c>edition.outdated</c>, <c>edition.problems</c>, <c>edition.busy</c>,
    /// <c>edition.changed</c>, <c>wechat.menu_invalid</c>: WeChat refuses it.
    /// </exception>
    public async Task<Edition?> Execute(ContentName name, long number, long version, StaffId who, CancellationToken ct)
    {
        if (await EditionStore.Load(db, name, number, ct).ConfigureAwait(false) is not { } edition) return null;
        await change.RefuseFaults(edition, ct).ConfigureAwait(false);
        await change.Change(name, number, version, "publishing", null, who, (head, approved) =>
            (Starting(head, approved.Id), approved.StartPublishing(head.LiveNumber, who)), ct).ConfigureAwait(false);
        await Finish(name, ct).ConfigureAwait(false);
        return await EditionStore.Load(db, name, number, ct).ConfigureAwait(false);
    }

    /// <summary>Publishes an older edition anew, as an edition of its own. Asked for twice, by a double click or another tab, it happens once.</summary>
    /// <returns>The new edition, or that of the first time; null when there is no such older one.</returns>
    /// <exception cref="RuleBroken"><c>edition.not_superseded</c>, <c>edition.problems</c>, <c>edition.busy</c>, <c>wechat.menu_invalid</c>.</exception>
    public async Task<Edition?> RollBack(ContentName name, long number, string note, StaffId who, CancellationToken ct)
    {
        if (await EditionStore.Load(db, name, number, ct).ConfigureAwait(false) is not { } old) return null;
        await change.RefuseFaults(old, ct).ConfigureAwait(false);
        var again = await db.InTransaction(async tx =>
        {
            var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
            var source = (await EditionStore.Load(tx, name, number, ct).ConfigureAwait(false))!;
            if (await EditionStore.Load(tx, head.PublishingEdition ?? head.LiveEdition, ct).ConfigureAwait(false) is { } current && source.IsBackAs(current)) return current;
            var edition = source.Again(Ids.New(clock), head.LastNumber + 1, head.LiveNumber, note, who, clock.GetUtcNow());
            await EditionStore.Insert(tx, Starting(head, edition.Id), edition, ct).ConfigureAwait(false);
            await change.Note(tx, edition, "rolled_back", Texts.RolledBack(number, note), who, ct).ConfigureAwait(false);
            return edition;
        }, ct).ConfigureAwait(false);
        await Finish(name, ct).ConfigureAwait(false);
        return await EditionStore.Load(db, name, again.Number, ct).ConfigureAwait(false);
    }

    /// <summary>Lets the edition take effect that is to; what is live already is put right where WeChat has something else.</summary>
    /// <returns>False when it has to be tried again: WeChat is busy, or away.</returns>
    /// <exception cref="RuleBroken"><c>wechat.menu_invalid</c>: WeChat refuses it, another try would end alike.</exception>
    public async Task<bool> Restore(ContentName name, CancellationToken ct)
    {
        if (await EditionStore.Head(db, name, ct).ConfigureAwait(false) is not { } head) return true;
        return await Leased(name, async () =>
        {
            if (head.PublishingEdition is not null) return await TryFinish(name, ct).ConfigureAwait(false);
            if (change.ContentOf(name) is { } content && await EditionStore.Load(db, head.LiveEdition, ct).ConfigureAwait(false) is { } live)
                await PutRight(name, content, live, ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
    }

    // What WeChat took once it may refuse now: a tag is gone, a right was lost. Whoever looks at the edition is told.
    private async Task PutRight(ContentName name, IEditionContent content, Edition live, CancellationToken ct)
    {
        var problem = "";
        try
        {
            await content.Deliver(name.AppId, live.Content, ct).ConfigureAwait(false);
        }
        catch (WechatException refusal) when (IsFinal(refusal))
        {
            problem = Texts.WechatRefused(WechatRefusal.Reason(refusal));
        }
        if (live.Problem != problem) await db.InTransaction(async tx =>
        {
            var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
            if (head.LiveEdition == live.Id && await EditionStore.Load(tx, live.Id, ct).ConfigureAwait(false) is { } still) await EditionStore.Save(tx, head, still.Doubt(problem), ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        if (problem.Length > 0) throw new RuleBroken("wechat.menu_invalid", problem);
    }

    private static bool IsFinal(WechatException refusal) => refusal.Reaction is ErrorReaction.NeverRetry or ErrorReaction.StopAndAlert or ErrorReaction.Unknown;

    /// <summary>Lets the edition take effect that is to. While another process is at it, there is nothing to do.</summary>
    /// <returns>False when it has to be tried again.</returns>
    public Task<bool> Finish(ContentName name, CancellationToken ct) => Leased(name, () => TryFinish(name, ct), ct);

    private static ContentHead Starting(ContentHead head, string id) =>
        head.PublishingEdition is null || head.PublishingEdition == id ? head with { PublishingEdition = id } : throw Edition.Refusal("edition.busy");

    private async Task<bool> Leased(ContentName name, Func<Task<bool>> work, CancellationToken ct)
    {
        var owner = Ids.New(clock);
        if (!await EditionStore.Acquire(db, name, owner, clock.GetUtcNow(), Lease, ct).ConfigureAwait(false)) return true;
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            await EditionStore.Release(db, name, owner).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryFinish(ContentName name, CancellationToken ct)
    {
        var head = await EditionStore.Head(db, name, ct).ConfigureAwait(false);
        if (await EditionStore.Load(db, head?.PublishingEdition, ct).ConfigureAwait(false) is not { } edition) return true;
        if (change.ContentOf(name) is not { } content) return true; // an account that is no longer configured
        try
        {
            await content.Deliver(name.AppId, edition.Content, ct).ConfigureAwait(false);
        }
        catch (WechatException refusal) when (IsFinal(refusal))
        {
            await Ended(name, e => e.Fail(refusal.Message), "refused", refusal.Message, ct).ConfigureAwait(false);
            throw new RuleBroken("wechat.menu_invalid", Texts.WechatRefused(WechatRefusal.Reason(refusal)));
        }
        catch (WechatException busy)
        {
            await Delayed(name, Texts.WechatBusy(WechatRefusal.Reason(busy)), ct).ConfigureAwait(false);
            return false;
        }
        await Ended(name, e => e.TakeEffect(clock.GetUtcNow()), "published", null, ct).ConfigureAwait(false);
        content.Forget();
        return true;
    }

    private Task Delayed(ContentName name, string problem, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
        if (await EditionStore.Load(tx, head.PublishingEdition, ct).ConfigureAwait(false) is { } edition && edition.Problem != problem)
            await EditionStore.Save(tx, head, edition.Delay(problem), ct).ConfigureAwait(false);
    }, ct);

    private Task Ended(ContentName name, Func<Edition, Edition> end, string step, string? reason, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var head = await EditionStore.Lock(tx, name, ct).ConfigureAwait(false);
        if (await EditionStore.Load(tx, head.PublishingEdition, ct).ConfigureAwait(false) is not { } edition) return;
        var ended = end(edition);
        await change.Note(tx, ended, step, reason, edition.PublishedBy ?? StaffId.System, ct).ConfigureAwait(false);
        var after = await Replace(tx, head, ended, ct).ConfigureAwait(false);
        await EditionStore.Save(tx, after, ended, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>The head after a publication has ended: the live edition makes room for a published one, a failed one goes back to its author.</summary>
    private static async Task<ContentHead> Replace(Tx tx, ContentHead head, Edition ended, CancellationToken ct)
    {
        var over = head with { PublishingEdition = null };
        if (ended.State != EditionState.Published) return ended.State == EditionState.Discarded ? over : over with { OpenEdition = over.OpenEdition ?? ended.Id };
        if (await EditionStore.Load(tx, head.LiveEdition, ct).ConfigureAwait(false) is { } live) await EditionStore.Save(tx, over, live.Supersede(), ct).ConfigureAwait(false);
        return over with { LiveEdition = ended.Id, LiveNumber = ended.Number, OpenEdition = head.OpenEdition == ended.Id ? null : head.OpenEdition };
    }
}

/// <summary>Finishes publications whose process is gone, and those for which WeChat was busy.</summary>
internal sealed class FinishPublications(Db db, PublishEdition publish) : Kernel.Jobs.IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        foreach (var head in await EditionStore.Unfinished(db, ct).ConfigureAwait(false))
        {
            try
            {
                await publish.Finish(new ContentName(head.Kind, head.AppId), ct).ConfigureAwait(false);
            }
            catch (RuleBroken)
            {
                // WeChat refuses it: that stands in the edition, where its author sees it
            }
        }
    }
}

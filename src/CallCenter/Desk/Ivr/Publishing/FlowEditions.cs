using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Courier.Services.Editions;
using Courier.Services.Staff;

namespace Courier.CallCenter.Ivr;

/// <summary>What staff do with the editions of flows. Every step is in the audit trail; a published one takes effect within a second, without a restart.</summary>
internal sealed class FlowEditions(Db db, TimeProvider clock, Prompts prompts, DeedBook deeds)
{
    /// <summary>What is wrong with a content.</summary>
    public async Task<IReadOnlyList<ContentProblem>> Problems(string content, CancellationToken ct) =>
        FlowCheck.Of(FlowContent.Read(content), await prompts.Current(ct).ConfigureAwait(false), deeds);

    /// <summary>Begins a draft from the live edition, or from any other; null when there is no such flow or edition.</summary>
    /// <exception cref="RuleBroken"><c>edition.open_exists</c>.</exception>
    public Task<Edition?> Begin(string flow, long? from, StaffId who, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await FlowStore.Lock(tx, flow, ct).ConfigureAwait(false) is not { } head) return null;
        if (head.OpenNumber > 0) throw Edition.Refusal("edition.open_exists");
        if (await FlowStore.Load(tx, flow, from ?? head.LiveNumber, ct).ConfigureAwait(false) is not { } source) return null;
        var draft = Edition.New(Ids.New(clock), FlowStore.Kind, flow, head.LastNumber + 1, source.Content, who, clock.GetUtcNow()) with { BasedOn = head.LiveNumber };
        await FlowStore.Insert(tx, head with { OpenNumber = draft.Number }, draft, ct).ConfigureAwait(false);
        await Note(tx, draft, "begun", Texts.Based(source.Number), who, ct).ConfigureAwait(false);
        return draft;
    }, ct);

    /// <summary>Saves the text; the audit trail gets an entry when another writes than before, not for each time the page saves by itself.</summary>
    public Task<bool> Edit(string flow, long number, long version, FlowContent content, StaffId who, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await Load(tx, flow, number, version, ct).ConfigureAwait(false) is not var (head, edition)) return false;
        var edited = edition.Edit(content.Write(), who, clock.GetUtcNow());
        if (edition.EditedBy != who || edition.EditedAt <= (edition.SubmittedAt ?? edition.CreatedAt)) await Note(tx, edited, "edited", null, who, ct).ConfigureAwait(false);
        await FlowStore.Save(tx, head, edited, ct).ConfigureAwait(false);
        return true;
    }, ct);

    /// <summary>Asks for the review of a draft without faults.</summary>
    public Task<bool> Submit(string flow, long number, long version, string note, StaffId who, CancellationToken ct) =>
        Sound(flow, number, version, "submitted", note, who, (head, edition) => (head, edition.Submit(note, head.LiveNumber, who, clock.GetUtcNow())), ct);

    /// <summary>Back to the author's desk.</summary>
    public Task<bool> Reopen(string flow, long number, long version, StaffId who, CancellationToken ct) =>
        Step(flow, number, version, "reopened", "", who, (head, edition) => (head, edition.Reopen()), ct);

    /// <summary>A second person agrees.</summary>
    public Task<bool> Approve(string flow, long number, long version, string comment, StaffId who, CancellationToken ct) =>
        Step(flow, number, version, "approved", comment, who, (head, edition) => (head, edition.Approve(comment, who, clock.GetUtcNow())), ct);

    /// <summary>A second person wants it changed.</summary>
    public Task<bool> SendBack(string flow, long number, long version, string comment, StaffId who, CancellationToken ct) =>
        Step(flow, number, version, "sent_back", comment, who, (head, edition) => (head, edition.SendBack(comment, who, clock.GetUtcNow())), ct);

    /// <summary>Nobody wants it any more.</summary>
    public Task<bool> Discard(string flow, long number, long version, StaffId who, CancellationToken ct) =>
        Step(flow, number, version, "discarded", "", who, (head, edition) => (head with { OpenNumber = 0 }, edition.Discard()), ct);

    /// <summary>Callers go through it from now on; calls that are on stay in theirs.</summary>
    /// <exception cref="RuleBroken"><c>edition.not_approved</c>, <c>edition.outdated</c>, <c>edition.problems</c>, <c>edition.changed</c>.</exception>
    public async Task<bool> Publish(string flow, long number, long version, StaffId who, CancellationToken ct)
    {
        await RefuseFaults(flow, number, ct).ConfigureAwait(false);
        return await db.InTransaction(async tx =>
        {
            if (await Load(tx, flow, number, version, ct).ConfigureAwait(false) is not var (head, edition)) return false;
            var live = edition.StartPublishing(head.LiveNumber, who).TakeEffect(clock.GetUtcNow());
            var after = await Replace(tx, head, number, ct).ConfigureAwait(false);
            await FlowStore.Save(tx, after with { OpenNumber = 0 }, live, ct).ConfigureAwait(false);
            await Note(tx, live, "published", "", who, ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Publishes an older edition anew, as an edition of its own; asked for twice it happens once.</summary>
    /// <returns>The number that is live then; null when there is no such edition.</returns>
    /// <exception cref="RuleBroken"><c>edition.not_superseded</c>, <c>edition.problems</c>.</exception>
    public async Task<long?> RollBack(string flow, long number, string note, StaffId who, CancellationToken ct)
    {
        await RefuseFaults(flow, number, ct).ConfigureAwait(false);
        return await db.InTransaction<long?>(async tx =>
        {
            if (await FlowStore.Lock(tx, flow, ct).ConfigureAwait(false) is not { } head || await FlowStore.Load(tx, flow, number, ct).ConfigureAwait(false) is not { } old) return null;
            if (old.IsBackAs(await FlowStore.Load(tx, flow, head.LiveNumber, ct).ConfigureAwait(false))) return head.LiveNumber;
            var again = old.Again(Ids.New(clock), head.LastNumber + 1, head.LiveNumber, note, who, clock.GetUtcNow()).TakeEffect(clock.GetUtcNow());
            await FlowStore.Insert(tx, await Replace(tx, head, again.Number, ct).ConfigureAwait(false), again, ct).ConfigureAwait(false);
            await Note(tx, again, "rolled_back", Texts.RolledBack(number, note), who, ct).ConfigureAwait(false);
            return again.Number;
        }, ct).ConfigureAwait(false);
    }

    /// <summary>A flow that nobody has yet takes effect as the product brings it.</summary>
    public Task BeginWith(string flow, FlowContent content, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (!await FlowStore.Begin(tx, flow, ct).ConfigureAwait(false)) return;
        var now = clock.GetUtcNow();
        var first = Edition.New(Ids.New(clock), FlowStore.Kind, flow, 1, content.Write(), StaffId.System, now) with
        {
            State = EditionState.Published, Origin = EditionOrigin.Configuration, PublishedBy = StaffId.System, PublishedAt = now,
        };
        await FlowStore.Insert(tx, new FlowHead { Name = flow, LastNumber = 1, OpenNumber = 0, LiveNumber = 1 }, first, ct).ConfigureAwait(false);
        await Note(tx, first, "begun", Texts.FromProduct, StaffId.System, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>As the audit trail names an edition.</summary>
    public static string Subject(string flow, long number) => FormattableString.Invariant($"flow:{flow}:{number}");

    private async Task<bool> Sound(string flow, long number, long version, string step, string remark, StaffId who,
        Func<FlowHead, Edition, (FlowHead, Edition)> decide, CancellationToken ct)
    {
        await RefuseFaults(flow, number, ct).ConfigureAwait(false);
        return await Step(flow, number, version, step, remark, who, decide, ct).ConfigureAwait(false);
    }

    private Task<bool> Step(string flow, long number, long version, string step, string remark, StaffId who,
        Func<FlowHead, Edition, (FlowHead, Edition)> decide, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await Load(tx, flow, number, version, ct).ConfigureAwait(false) is not var (head, edition)) return false;
        var (after, changed) = decide(head, edition);
        await FlowStore.Save(tx, after, changed, ct).ConfigureAwait(false);
        await Note(tx, changed, step, remark, who, ct).ConfigureAwait(false);
        return true;
    }, ct);

    private async Task RefuseFaults(string flow, long number, CancellationToken ct)
    {
        if (await FlowStore.Load(db, flow, number, ct).ConfigureAwait(false) is { } edition
            && (await Problems(edition.Content, ct).ConfigureAwait(false)).Any(p => !p.IsWarning)) throw Edition.Refusal("edition.problems");
    }

    private static async Task<(FlowHead, Edition)?> Load(Tx tx, string flow, long number, long version, CancellationToken ct)
    {
        if (await FlowStore.Lock(tx, flow, ct).ConfigureAwait(false) is not { } head || await FlowStore.Load(tx, flow, number, ct).ConfigureAwait(false) is not { } edition) return null;
        return edition.Version == version ? (head, edition) : throw Edition.Refusal("edition.changed");
    }

    private static async Task<FlowHead> Replace(Tx tx, FlowHead head, long live, CancellationToken ct)
    {
        if (await FlowStore.Load(tx, head.Name, head.LiveNumber, ct).ConfigureAwait(false) is { } before) await FlowStore.Save(tx, head, before.Supersede(), ct).ConfigureAwait(false);
        return head with { LiveNumber = live };
    }

    private Task Note(Tx tx, Edition edition, string step, string? remark, StaffId who, CancellationToken ct) =>
        Audit.Record(tx, clock, who, "flow." + step, Subject(edition.Owner, edition.Number), remark, ct);
}

/// <summary>The flows that the product brings take effect in a database that has none.</summary>
internal sealed class FirstFlows(FlowEditions editions) : IStartupTask
{
    public async Task Run(CancellationToken ct)
    {
        foreach (var flow in IvrSeed.Flows) // two
        {
            using var reader = IvrSeed.Open(flow + ".json");
            await editions.BeginWith(flow, FlowContent.Read(await reader.ReadToEndAsync(ct).ConfigureAwait(false)), ct).ConfigureAwait(false);
        }
    }
}

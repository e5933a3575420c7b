using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>What an operator wants a tier or group to be.</summary>
/// <param name="Code">Code; stays for ever.</param>
/// <param name="Kind">Tier or group; stays for ever.</param>
/// <param name="Name">What people read, at most 60 letters.</param>
/// <param name="Rank">Of tiers: 1 to 100.</param>
/// <param name="IsActive">Does the rule count?</param>
/// <param name="Rule">The rule, checked by <see cref="SegmentRule.Read"/>.</param>
public sealed record SegmentDraft(string Code, SegmentKind Kind, string Name, long Rank, bool IsActive, JsonElement Rule)
{
    /// <summary>The official account whose tag members get; empty for none.</summary>
    public string TagAppId { get; init; } = "";

    /// <summary>The tag; 0 for none.</summary>
    public long TagId { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public RuleProblem? Problem()
    {
        if (Code.Length is 0 or > 40 || !Code.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_') || Code == CustomerTier.StandardCode) return new("code", Texts.SegmentCodeWrong);
        if (Name.Trim().Length is 0 or > 60) return new("name", Texts.SegmentNameWrong);
        if (Kind == SegmentKind.Tier ? Rank is < 1 or > 100 : Rank != 0) return new("rank", Texts.SegmentRankWrong);
        if (TagAppId.Length > 64 || (TagAppId.Length > 0) != (TagId > 0) || Kind == SegmentKind.Tier && TagId != 0) return new("tag", Texts.SegmentTagWrong);
        return SegmentRule.Read(Rule).Problem;
    }
}

/// <summary>Changes a tier or group. From the commit on every process judges by the new rule; customers are looked at again one after the other.</summary>
public static class SaveSegment
{
    /// <summary>Keeps the draft as the next version.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">Now.</param>
    /// <param name="draft">What is wanted; without a problem.</param>
    /// <param name="version">The version that the operator saw; 0 for a new one.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="RuleBroken"><c>segment.changed_meanwhile</c>, <c>segment.kind_fixed</c>.</exception>
    public static Task<long> Execute(Db db, TimeProvider clock, SegmentDraft draft, long version, StaffId by, string reason, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            await Lock(tx, ct).ConfigureAwait(false);
            return await Execute(tx, clock, draft, version, by, reason, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Rules change one after the other, and whoever judges meanwhile judges again.</summary>
    internal static Task Lock(Tx tx, CancellationToken ct) => tx.Execute("update customers_rules set revision = revision + 1 where id = 1", ct: ct);

    /// <summary>Keeps the draft under the lock.</summary>
    internal static async Task<long> Execute(Tx tx, TimeProvider clock, SegmentDraft draft, long version, StaffId by, string reason, CancellationToken ct)
    {
        var before = await tx.First<Segment>($"select {Segments.Columns} from customers_segments where code = @Code", new { draft.Code }, ct).ConfigureAwait(false);
        if ((before?.Version ?? 0) != version) throw new RuleBroken("segment.changed_meanwhile", Texts.SegmentChangedMeanwhile);
        if (before is not null && before.Kind != draft.Kind) throw new RuleBroken("segment.kind_fixed", Texts.SegmentKindFixed);
        var row = new object?[]
        {
            draft.Code, draft.Kind, draft.Name.Trim(), draft.Rank, draft.IsActive, draft.Rule.GetRawText(), draft.TagAppId, draft.TagId, version + 1, by.Text, clock.GetUtcNow(),
        };
        string[] columns = ["code", "kind", "name", "grade", "is_active", "rule", "tag_app_id", "tag_id", "version", "changed_by", "changed_at"];
        await tx.UpsertRows("customers_segments", columns, [row], "code", columns[2..], ct).ConfigureAwait(false);
        await tx.InsertRows("customers_segment_versions", ["code", "version", "name", "grade", "is_active", "rule", "changed_by", "changed_at", "reason"],
            [[row[0], row[8], row[2], row[3], row[4], row[5], row[9], row[10], reason]], ct: ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, by, before is null ? "segment.created" : "segment.changed", "segment:" + draft.Code, reason, ct).ConfigureAwait(false);
        if ((before?.TagAppId ?? "", before?.TagId ?? 0) != (draft.TagAppId, draft.TagId))
            await tx.Publish(new CustomerGroupBound(draft.Code, before?.TagAppId ?? "", before?.TagId ?? 0, draft.TagAppId, draft.TagId, version + 1), ct).ConfigureAwait(false);
        return version + 1;
    }
}

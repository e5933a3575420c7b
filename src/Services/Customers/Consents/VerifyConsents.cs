using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Staff;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Customers;

/// <summary>What came of a check.</summary>
/// <param name="Broken">The first broken place of each chain that is not whole, at most a hundred; entries whose chain is gone are broken at their first.</param>
/// <param name="BrokenAnchors">Anchors whose seal is wrong, or that the chains do not fit any more.</param>
/// <param name="Anchors">All anchors, the latest first.</param>
public sealed record ConsentEvidence(IReadOnlyList<BrokenConsent> Broken, IReadOnlyList<ConsentAnchor> BrokenAnchors, IReadOnlyList<ConsentAnchor> Anchors)
{
    /// <summary>Is nothing broken?</summary>
    public bool IsWhole => Broken.Count + BrokenAnchors.Count == 0;
}

/// <summary>Checks the chains of consents and their anchors: what an auditor runs.</summary>
public static class VerifyConsents
{
    private const int Portion = 500;

    // What is said while an anchor is made may be written a little later under its earlier time.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    private const string Chains = "select chain_id as Chain, sequence as Sequence, hash as Hash from customers_consent_chains where chain_id > @after order by chain_id limit @portion";

    // With the head as it is at the same moment: what is said meanwhile lengthens both.
    private const string Entries =
        """
        select e.chain_id as Chain, e.sequence as Sequence, e.at as At, e.kind as Kind, e.address_hash as AddressHash, e.size as Size, e.is_given as IsGiven,
               e.channel as Channel, e.done_by as DoneBy, e.wording as Wording, e.hash as Hash, c.sequence as HeadSequence, c.hash as HeadHash
        from customers_consent_entries e
        join customers_consent_chains c on c.chain_id = e.chain_id
        where e.chain_id in @chains
        order by e.chain_id, e.sequence
        """;

    /// <summary>Checks all.</summary>
    public static async Task<ConsentEvidence> Execute(ISqlReader db, DataKeys keys, CancellationToken ct)
    {
        var anchors = await ConsentAnchor.All(db, ct).ConfigureAwait(false);
        using var digest = new ConsentDigest(anchors.Count > 0 ? anchors[^1].At : DateTimeOffset.UnixEpoch);
        var broken = await Chained(db, [digest], ct).ConfigureAwait(false);
        return Evidence(keys, broken, anchors, digest);
    }

    /// <summary>Checks all and, when nothing is broken, anchors the chains as they are now; the latest anchor is then the new one.</summary>
    internal static async Task<ConsentEvidence> Anchor(Db db, DataKeys keys, DateTimeOffset now, CancellationToken ct)
    {
        var anchors = await ConsentAnchor.All(db, ct).ConfigureAwait(false);
        using var before = new ConsentDigest(anchors.Count > 0 ? anchors[^1].At : DateTimeOffset.UnixEpoch);
        using var today = new ConsentDigest(now - Settled);
        var broken = await Chained(db, [before, today], ct).ConfigureAwait(false);
        var found = Evidence(keys, broken, anchors, before);
        if (!found.IsWhole || today.Until <= before.Until) return found;
        var anchor = ConsentAnchor.Of(keys, today, anchors.Count > 0 ? anchors[^1].Seal : "");
        await db.InTransaction(tx => anchor.Keep(tx, ct), ct).ConfigureAwait(false);
        return found with { Anchors = [anchor, .. found.Anchors] };
    }

    // An anchor that the chains fit vouches for all before it, as long as each holds the seal of the one before.
    private static ConsentEvidence Evidence(DataKeys keys, IReadOnlyList<BrokenConsent> broken, IReadOnlyList<ConsentAnchor> anchors, ConsentDigest latest)
    {
        var wrong = anchors.Where((a, i) => !a.IsSealed(keys) || a.Previous != (i == 0 ? "" : anchors[i - 1].Seal)
            || (i == anchors.Count - 1 && broken.Count == 0 && (a.Digest, a.Chains, a.Entries) != (latest.Text, latest.Chains, latest.Entries)));
        return new ConsentEvidence(broken, [.. wrong], [.. anchors.Reverse()]);
    }

    private static async Task<IReadOnlyList<BrokenConsent>> Chained(ISqlReader db, IReadOnlyList<ConsentDigest> digests, CancellationToken ct)
    {
        var broken = new List<BrokenConsent>();
        for (var after = ""; broken.Count < 100;)
        {
            var heads = await db.Query<Head>(Chains, new { after, portion = Portion }, ct).ConfigureAwait(false);
            if (heads.Count == 0) break;
            after = heads[^1].Chain;
            var entries = (await db.Query<EntryRow>(Entries, new { chains = heads.Select(h => h.Chain).ToList() }, ct).ConfigureAwait(false)).ToLookup(e => e.Chain);
            broken.AddRange(heads.Select(h => FirstBroken(h, [.. entries[h.Chain]])).OfType<BrokenConsent>());
            foreach (var head in heads)
                foreach (var digest in digests) digest.Add([.. entries[head.Chain]]);
        }
        broken.AddRange((await db.Query<string>(
            "select distinct e.chain_id from customers_consent_entries e left join customers_consent_chains c on c.chain_id = e.chain_id where c.chain_id is null limit 100",
            ct: ct).ConfigureAwait(false)).Select(c => new BrokenConsent(c, 1)));
        return broken;
    }

    private static BrokenConsent? FirstBroken(Head read, List<EntryRow> entries)
    {
        var head = entries.Count == 0 ? read : new Head { Chain = read.Chain, Sequence = entries[0].HeadSequence, Hash = entries[0].HeadHash };
        var (sequence, hash) = (0L, "");
        foreach (var entry in entries)
        {
            if (entry.Sequence != sequence + 1 || entry.Hash != ConsentChain.HashOf(hash, entry)) return new BrokenConsent(head.Chain, sequence + 1);
            (sequence, hash) = (entry.Sequence, entry.Hash);
        }
        return head.Sequence == sequence && head.Hash == hash ? null : new BrokenConsent(head.Chain, Math.Min(sequence, head.Sequence) + 1);
    }

    private sealed record EntryRow : ConsentChain.Entry
    {
        public required long HeadSequence { get; init; }
        public required string HeadHash { get; init; }
    }

    private sealed record Head
    {
        public required string Chain { get; init; }
        public required long Sequence { get; init; }
        public required string Hash { get; init; }
    }
}

/// <summary>Checks the chains each night and anchors them; what is broken goes to the audit trail and the log, and so does the anchor, to be found outside the database.</summary>
internal sealed partial class VerifyConsentChains(Db db, DataKeys keys, TimeProvider clock, ILogger<VerifyConsentChains> log) : IScheduledJob
{
    public const string JobName = "customers.verify_consents";

    public async Task Run(CancellationToken ct)
    {
        var found = await VerifyConsents.Anchor(db, keys, clock.GetUtcNow(), ct).ConfigureAwait(false);
        if (found is { IsWhole: true, Anchors: [var anchor, ..] }) Anchored(log, anchor.At, anchor.Chains, anchor.Entries, anchor.Seal);
        if (found.Broken is [var chain, ..])
        {
            Broken(log, found.Broken.Count, chain.Chain, chain.Sequence);
            await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.System, "consents.chain_broken", "consent_chain:" + chain.Chain,
                FormattableString.Invariant($"entry {chain.Sequence}; {found.Broken.Count} chains"), ct), ct).ConfigureAwait(false);
        }
        if (found.BrokenAnchors is [var first, ..])
        {
            BrokenAnchor(log, first.At);
            await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.System, "consents.anchor_broken", FormattableString.Invariant($"consent_anchor:{first.At.ToUnixTimeMilliseconds()}"),
                FormattableString.Invariant($"{found.BrokenAnchors.Count} anchors"), ct), ct).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Information, "Consents are anchored up to {At:O}: {Chains} chains, {Entries} entries, seal {Seal}")]
    private static partial void Anchored(ILogger log, DateTimeOffset at, long chains, long entries, string seal);

    [LoggerMessage(LogLevel.Error, "The consents do not fit the anchor of {At:O}: evidence from before it was changed or taken away, or the anchor was")]
    private static partial void BrokenAnchor(ILogger log, DateTimeOffset at);

    [LoggerMessage(LogLevel.Error, "{Count} chains of consents are broken; the first is {Chain} at entry {Sequence}")]
    private static partial void Broken(ILogger log, int count, string chain, long sequence);
}

using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Staff;
using Microsoft.Extensions.Logging;

namespace Courier.Services.Customers;

/// <summary>Checks the chains of consents: what an auditor runs.</summary>
public static class VerifyConsents
{
    private const int Portion = 500;

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

    /// <summary>The first broken place of each chain that is not whole, at most a hundred; entries whose chain is gone are broken at their first.</summary>
    public static async Task<IReadOnlyList<BrokenConsent>> Execute(ISqlReader db, CancellationToken ct)
    {
        var broken = new List<BrokenConsent>();
        for (var after = ""; broken.Count < 100;)
        {
            var heads = await db.Query<Head>(Chains, new { after, portion = Portion }, ct).ConfigureAwait(false);
            if (heads.Count == 0) break;
            after = heads[^1].Chain;
            var entries = (await db.Query<EntryRow>(Entries, new { chains = heads.Select(h => h.Chain).ToList() }, ct).ConfigureAwait(false)).ToLookup(e => e.Chain);
            broken.AddRange(heads.Select(h => FirstBroken(h, [.. entries[h.Chain]])).OfType<BrokenConsent>());
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

/// <summary>Checks the chains each night; what is broken goes to the audit trail and the log.</summary>
internal sealed partial class VerifyConsentChains(Db db, TimeProvider clock, ILogger<VerifyConsentChains> log) : IScheduledJob
{
    public const string JobName = "customers.verify_consents";

    public async Task Run(CancellationToken ct)
    {
        var broken = await VerifyConsents.Execute(db, ct).ConfigureAwait(false);
        if (broken.Count == 0) return;
        Broken(log, broken.Count, broken[0].Chain, broken[0].Sequence);
        await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.System, "consents.chain_broken", "consent_chain:" + broken[0].Chain,
            FormattableString.Invariant($"entry {broken[0].Sequence}; {broken.Count} chains"), ct), ct).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Error, "{Count} chains of consents are broken; the first is {Chain} at entry {Sequence}")]
    private static partial void Broken(ILogger log, int count, string chain, long sequence);
}

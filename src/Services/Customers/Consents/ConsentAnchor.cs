using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// All chains of consents as they were at a moment, under a seal that needs a key from outside the database. An auditor who has written down a seal sees later
/// whether anything before that moment was changed, hashed anew or taken away.
/// </summary>
public sealed record ConsentAnchor
{
    private const string Purpose = "consent-anchor";

    /// <summary>The moment: entries that are older are in it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many chains had an entry.</summary>
    public required long Chains { get; init; }

    /// <summary>How many entries there were.</summary>
    public required long Entries { get; init; }

    /// <summary>SHA-256 over a line for each chain in the order of their ids: <c>chain:sequence:hash</c> of its last entry.</summary>
    public required string Digest { get; init; }

    /// <summary>The seal of the anchor before; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>Seal over all this.</summary>
    public required string Seal { get; init; }

    internal bool IsSealed(DataKeys keys) => Seal == SealOf(keys);

    internal static ConsentAnchor Of(DataKeys keys, ConsentDigest digest, string previous)
    {
        var anchor = new ConsentAnchor { At = digest.Until, Chains = digest.Chains, Entries = digest.Entries, Digest = digest.Text, Previous = previous, Seal = "" };
        return anchor with { Seal = anchor.SealOf(keys) };
    }

    private string SealOf(DataKeys keys) =>
        keys.Seal(Purpose, string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}/{Chains}/{Entries}/{Digest}/{Previous}"));

    /// <summary>The anchors, the oldest first.</summary>
    internal static Task<IReadOnlyList<ConsentAnchor>> All(ISqlReader db, CancellationToken ct) => db.Query<ConsentAnchor>(
        "select at as At, chains as Chains, entries as Entries, digest as Digest, previous as Previous, seal as Seal from customers_consent_anchors order by at", ct: ct);

    internal Task<int> Keep(Tx tx, CancellationToken ct) => tx.InsertRows("customers_consent_anchors", ["at", "chains", "entries", "digest", "previous", "seal"],
        [[At, Chains, Entries, Digest, Previous, Seal]], ifAbsent: true, ct);
}

/// <summary>Sums up the chains as they were at a moment, while they are gone through.</summary>
internal sealed class ConsentDigest(DateTimeOffset until) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _text;

    public DateTimeOffset Until => until;

    public long Chains { get; private set; }

    public long Entries { get; private set; }

    public string Text => _text ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Takes the next chain; its entries in their order.</summary>
    public void Add(IReadOnlyList<ConsentChain.Entry> entries)
    {
        if (entries.LastOrDefault(e => e.At <= until) is not { } last) return;
        _hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.Chain}:{last.Sequence}:{last.Hash}\n")));
        Chains++;
        Entries += last.Sequence;
    }

    public void Dispose() => _hash.Dispose();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>A place in the chains where something was changed or taken out.</summary>
/// <param name="Chain">The chain; it names nobody.</param>
/// <param name="Sequence">Number of the first entry that is wrong or missing, from 1.</param>
public sealed record BrokenConsent(string Chain, long Sequence);

/// <summary>
/// The evidence of one customer's consents: entries that each carry a hash over themselves and the one before. A chain belongs to the
/// record that it began with; a merge moves no evidence.
/// </summary>
internal sealed class ConsentChain
{
    private const string Head = "select chain_id as Chain, salt as Salt, sequence as Sequence, hash as Hash from customers_consent_chains where customer_id = @customer";

    private readonly HeadRow _head;

    private ConsentChain(HeadRow head) => _head = head;

    /// <summary>The customer's chain, a new one when there is none; holds its lock until the end of the transaction.</summary>
    public static async Task<ConsentChain> Begin(Tx tx, TimeProvider clock, CustomerId customer, CancellationToken ct)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await tx.InsertRows("customers_consent_chains", ["chain_id", "customer_id", "salt", "sequence", "hash"], [[Ids.New(clock), customer, salt, 0L, ""]], ifAbsent: true, ct).ConfigureAwait(false);
        await tx.Execute("update customers_consent_chains set sequence = sequence where customer_id = @customer", new { customer }, ct).ConfigureAwait(false);
        return new ConsentChain((await tx.First<HeadRow>(Head + " " + tx.Dialect.ForUpdate, new { customer }, ct).ConfigureAwait(false))!);
    }

    /// <summary>Adds an entry.</summary>
    public async Task Add(Tx tx, DateTimeOffset now, ConsentDecision decision, ConsentOrigin origin, CancellationToken ct)
    {
        var entry = new Entry
        {
            Chain = _head.Chain, Sequence = _head.Sequence + 1, At = now, Kind = EnumText<ConsentKind>.Of(decision.Kind), AddressHash = AddressHash(_head.Salt, decision.AddressId),
            Size = Consents.SizeText(decision.Size), IsGiven = decision.IsGiven ? 1 : 0, Channel = EnumText<ConsentChannel>.Of(origin.Channel),
            DoneBy = origin.By is { } staff ? "staff:" + staff.Text : "customer", Wording = RecordConsent.Wording,
        };
        entry = entry with { Hash = HashOf(_head.Hash, entry) };
        await tx.Execute(
            """
            insert into customers_consent_entries (chain_id, sequence, at, kind, address_hash, size, is_given, channel, done_by, wording, hash)
            values (@Chain, @Sequence, @At, @Kind, @AddressHash, @Size, @IsGiven, @Channel, @DoneBy, @Wording, @Hash)
            """, entry, ct).ConfigureAwait(false);
        await tx.Execute("update customers_consent_chains set sequence = @Sequence, hash = @Hash where chain_id = @Chain", entry, ct).ConfigureAwait(false);
    }

    internal static string HashOf(string previous, Entry e)
    {
        // Each part with its length before it: no two different entries give the same text.
        var text = new StringBuilder();
        string[] parts =
        [
            previous, e.Chain, Number(e.Sequence), Number(e.At.ToUnixTimeMilliseconds()), e.Kind, e.AddressHash, e.Size, Number(e.IsGiven), e.Channel, e.DoneBy, e.Wording,
        ];
        foreach (var part in parts) text.Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>So that the evidence still shows which decisions were about one address, and nobody reads which address once the salt is gone.</summary>
    internal static string AddressHash(string salt, string? addressId) =>
        addressId is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}/{addressId}")));

    private sealed record HeadRow
    {
        public required string Chain { get; init; }
        public required string Salt { get; init; }
        public required long Sequence { get; init; }
        public required string Hash { get; init; }
    }

    internal record Entry
    {
        public required string Chain { get; init; }
        public required long Sequence { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Kind { get; init; }
        public required string AddressHash { get; init; }
        public required string Size { get; init; }
        public required long IsGiven { get; init; }
        public required string Channel { get; init; }
        public required string DoneBy { get; init; }
        public required string Wording { get; init; }
        public string Hash { get; init; } = "";
    }
}

using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// What customers agreed to about where their parcels may be left. The narrowest decision that covers a parcel counts: address and size,
/// then address, then size, then all. Without one nothing is agreed, but handing over at the door, which is the contract.
/// </summary>
public static class Consents
{
    private const string Held =
        """
        select customer_id as Customer, kind as Kind, address_id as AddressId, size as Size, is_given as IsGiven, at as At, channel as Channel
        from customers_consents
        where customer_id in @customers
        order by kind, address_id, size
        """;

    /// <summary>May such a parcel of this customer be left there?</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="customer">The recipient.</param>
    /// <param name="addressId">The address of the address book that the parcel goes to; null when it is none of them.</param>
    /// <param name="size">The parcel's size; null when unknown: then only decisions for all sizes count.</param>
    /// <param name="kind">Where.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ConsentAnswer> Allows(ISqlReader db, CustomerId customer, string? addressId, ParcelSize? size, ConsentKind kind, CancellationToken ct) =>
        Decide(await Of(db, customer, ct).ConfigureAwait(false), Only(addressId), size, kind);

    /// <summary>
    /// May such a parcel for this number be left there? When several customers proved the number, nobody of them may have taken the consent
    /// back, and at least one must have given it.
    /// </summary>
    /// <param name="db">Where to read.</param>
    /// <param name="recipientPhoneHash">Keyed hash of the recipient's number (<see cref="DataKeys.Hash(Kernel.Phone)"/>).</param>
    /// <param name="addressId">The address of the address book that the parcel goes to; null when it is none of them.</param>
    /// <param name="size">The parcel's size; null when unknown.</param>
    /// <param name="kind">Where.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ConsentAnswer> Allows(ISqlReader db, string recipientPhoneHash, string? addressId, ParcelSize? size, ConsentKind kind, CancellationToken ct)
    {
        var agreed = await OfPhones(db, [recipientPhoneHash], ct).ConfigureAwait(false);
        return agreed.Allows(recipientPhoneHash, Only(addressId), size, kind);
    }

    /// <summary>All decisions of a customer that hold now, for the customer and for the courier.</summary>
    public static async Task<IReadOnlyList<Consent>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        [.. (await Rows(db, [customer], ct).ConfigureAwait(false)).Select(r => r.Open())];

    /// <summary>What those who proved these numbers agreed to: two queries, however many numbers.</summary>
    public static async Task<AgreedByNumber> OfPhones(ISqlReader db, IReadOnlyCollection<string> recipientPhoneHashes, CancellationToken ct)
    {
        var owners = await VerifiedPhones.OwnersOf(db, recipientPhoneHashes, ct).ConfigureAwait(false);
        if (owners.Count == 0) return new AgreedByNumber([]);
        var rows = (await Rows(db, [.. owners.Select(o => o.Customer).Distinct()], ct).ConfigureAwait(false)).ToLookup(r => r.Customer, r => r.Open());
        return new AgreedByNumber([.. owners.Select(o => (o.Hash, (IReadOnlyList<Consent>)[.. rows[o.Customer]]))]);
    }

    internal static ConsentAnswer Decide(IEnumerable<Consent> held, IReadOnlyCollection<string> addresses, ParcelSize? size, ConsentKind kind) =>
        held.Where(c => c.Kind == kind && c.Covers(addresses, size)).MaxBy(c => c.Narrowness) switch
        {
            { IsGiven: true } => ConsentAnswer.Of(ConsentGround.Given),
            { IsGiven: false } => ConsentAnswer.Of(ConsentGround.Withdrawn),
            null => ConsentAnswer.Of(kind == ConsentKind.ToDoor ? ConsentGround.Law : ConsentGround.NeverAsked),
        };

    /// <summary>One name for a kind, address and size; the key of what holds now.</summary>
    internal static string Slot(ConsentDecision decision) => $"{EnumText<ConsentKind>.Of(decision.Kind)}/{decision.AddressId}/{SizeText(decision.Size)}";

    internal static string SizeText(ParcelSize? size) => size is { } known ? EnumText<ParcelSize>.Of(known) : "";

    private static string[] Only(string? addressId) => addressId is null ? [] : [addressId];

    private static Task<IReadOnlyList<Row>> Rows(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        db.Query<Row>(Held, new { customers = customers.Select(c => c.Text).ToList() }, ct);

    private sealed record Row
    {
        public required CustomerId Customer { get; init; }
        public required ConsentKind Kind { get; init; }
        public required string AddressId { get; init; }
        public required string Size { get; init; }
        public required long IsGiven { get; init; }
        public required DateTimeOffset At { get; init; }
        public required ConsentChannel Channel { get; init; }

        public Consent Open() => new(Kind, AddressId.Length > 0 ? AddressId : null, Size.Length > 0 ? EnumText<ParcelSize>.Parse(Size) : null, IsGiven == 1, At, Channel);
    }
}

/// <summary>What the owners of telephone numbers agreed to. A family shares a number: nobody of it may have taken the consent back, and one must have given it.</summary>
public sealed class AgreedByNumber
{
    private readonly ILookup<string, IReadOnlyList<Consent>> _owners;

    internal AgreedByNumber(IReadOnlyList<(string Hash, IReadOnlyList<Consent> Held)> owners) => _owners = owners.ToLookup(o => o.Hash, o => o.Held, StringComparer.Ordinal);

    /// <summary>The addresses of address books for which something was decided.</summary>
    public IReadOnlyCollection<string> AddressIds => [.. _owners.SelectMany(o => o).SelectMany(o => o).Select(c => c.AddressId).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>All decisions of those who proved this number; empty when nobody did.</summary>
    public IReadOnlyList<Consent> Of(string recipientPhoneHash) => [.. _owners[recipientPhoneHash].SelectMany(o => o)];

    /// <summary>May such a parcel for this number be left there?</summary>
    /// <param name="recipientPhoneHash">Keyed hash of the recipient's number.</param>
    /// <param name="addresses">The addresses of <see cref="AddressIds"/> that are where the parcel goes; empty when none is.</param>
    /// <param name="size">The parcel's size; null when unknown: then only decisions for all sizes count.</param>
    /// <param name="kind">Where.</param>
    public ConsentAnswer Allows(string recipientPhoneHash, IReadOnlyCollection<string> addresses, ParcelSize? size, ConsentKind kind)
    {
        var answers = _owners[recipientPhoneHash].Select(held => Consents.Decide(held, addresses, size, kind)).ToList();
        if (answers.Count == 0) return ConsentAnswer.Of(kind == ConsentKind.ToDoor ? ConsentGround.Law : ConsentGround.UnknownRecipient);
        return answers.Find(a => a.Ground == ConsentGround.Withdrawn) ?? answers.Find(a => a.IsAllowed) ?? answers[0];
    }
}

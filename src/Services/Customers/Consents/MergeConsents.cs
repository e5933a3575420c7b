using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// Two records of one customer become one: where one of them said no, it is no, and the evidence says since when. What the staying record
/// had agreed to is written down, and holds again when the merge is undone, unless the customer has decided since.
/// </summary>
internal static class MergeConsents
{
    private const string Kind = "consent_taken";

    private const string Contradictions =
        """
        select f.slot as Slot, f.kind as Kind, f.address_id as AddressId, f.size as Size
        from customers_consents f
        join customers_consents i on i.customer_id = @into and i.slot = f.slot
        where f.customer_id = @from and f.is_given = 0 and i.is_given = 1
        """;

    // Not where the customer has decided since, nor where another record that is still part of the person says no.
    private const string Taken =
        """
        select i.slot as Slot, i.kind as Kind, i.address_id as AddressId, i.size as Size
        from customers_consents i
        where i.customer_id = @into and i.slot in @slots and i.is_given = 0 and i.channel = 'merge'
          and not exists (
            select 1 from customers_merges m
            join customers_consents f on f.customer_id = m.from_id and f.slot = i.slot and f.is_given = 0
            where m.into_id = @into and m.id <> @mergeId and m.undone_at is null)
        """;

    public static async Task Execute(Tx tx, TimeProvider clock, string mergeId, CustomerId from, CustomerId into, CancellationToken ct)
    {
        var rows = await tx.Query<Row>(Contradictions, new { from, into }, ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, mergeId, Kind, rows.Select(r => r.Slot), ct).ConfigureAwait(false);
        foreach (var row in rows) await Say(tx, clock, into, row, isGiven: false, ct).ConfigureAwait(false);
    }

    public static async Task Undo(Tx tx, TimeProvider clock, string mergeId, CustomerId into, CancellationToken ct)
    {
        if (await CustomerMoves.Kept(tx, mergeId, Kind, ct).ConfigureAwait(false) is not { Count: > 0 } slots) return;
        foreach (var row in await tx.Query<Row>(Taken, new { into, mergeId, slots }, ct).ConfigureAwait(false))
            await Say(tx, clock, into, row, isGiven: true, ct).ConfigureAwait(false);
    }

    private static Task Say(Tx tx, TimeProvider clock, CustomerId customer, Row row, bool isGiven, CancellationToken ct) =>
        RecordConsent.Execute(tx, clock, customer, row.Decision(isGiven), new ConsentOrigin(ConsentChannel.Merge), ct);

    private sealed record Row
    {
        public required string Slot { get; init; }
        public required ConsentKind Kind { get; init; }
        public required string AddressId { get; init; }
        public required string Size { get; init; }

        public ConsentDecision Decision(bool isGiven) =>
            new(Kind, AddressId.Length > 0 ? AddressId : null, Size.Length > 0 ? EnumText<ParcelSize>.Parse(Size) : null, isGiven);
    }
}

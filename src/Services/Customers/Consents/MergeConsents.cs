using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Two records of one customer become one: where one of them said no, it is no, and the evidence says since when.</summary>
internal static class MergeConsents
{
    private const string Contradictions =
        """
        select f.kind as Kind, f.address_id as AddressId, f.size as Size
        from customers_consents f
        join customers_consents i on i.customer_id = @into and i.slot = f.slot
        where f.customer_id = @from and f.is_given = 0 and i.is_given = 1
        """;

    public static async Task Execute(Tx tx, TimeProvider clock, CustomerId from, CustomerId into, CancellationToken ct)
    {
        foreach (var row in await tx.Query<Row>(Contradictions, new { from, into }, ct).ConfigureAwait(false))
            await RecordConsent.Execute(tx, clock, into, row.Withdrawal(), new ConsentOrigin(ConsentChannel.Merge), ct).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required ConsentKind Kind { get; init; }
        public required string AddressId { get; init; }
        public required string Size { get; init; }

        public ConsentDecision Withdrawal() =>
            new(Kind, AddressId.Length > 0 ? AddressId : null, Size.Length > 0 ? EnumText<ParcelSize>.Parse(Size) : null, IsGiven: false);
    }
}

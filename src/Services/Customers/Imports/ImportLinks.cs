using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>A customer's record in another system.</summary>
public sealed record ImportLink
{
    /// <summary>The system.</summary>
    public required string Source { get; init; }

    /// <summary>Its key there.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>When a file held it last.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>How good its row was then (<see cref="RecordQuality"/>), 0 to 1000.</summary>
    public required long Score { get; init; }
}

/// <summary>Which record of which system is which customer.</summary>
public static class ImportLinks
{
    private const string Select = "select source as Source, external_id as ExternalId, customer_id as Customer, seen_at as SeenAt, score as Score from customers_import_links";

    /// <summary>Where other systems keep a customer.</summary>
    public static Task<IReadOnlyList<ImportLink>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        db.Query<ImportLink>($"{Select} where customer_id = @customer order by source, external_id", new { customer }, ct);

    /// <summary>The worst records of a source, the worst first.</summary>
    public static Task<IReadOnlyList<ImportLink>> Worst(ISqlReader db, string source, int limit, CancellationToken ct) =>
        db.Query<ImportLink>($"{Select} where source = @source and customer_id <> '' order by score, source_key limit @limit", new { source, limit }, ct);

    /// <summary>The key of a system's record. It stays when the person is erased, so it is keyed.</summary>
    internal static string KeyOf(DataKeys keys, string source, string externalId) => keys.Hash($"import/{source}/{externalId}");
}

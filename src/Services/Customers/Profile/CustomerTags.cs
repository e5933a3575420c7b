using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Something guessed from a customer's behaviour, which the customer can see, and switch off.</summary>
public sealed record CustomerTag
{
    /// <summary>What it is about.</summary>
    public required TagKind Kind { get; init; }

    /// <summary>Its name in rules: <c>value:high</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public required string Value { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was worked out.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Reads what is guessed.</summary>
public static class CustomerTags
{
    /// <summary>The customer's tags; none when the customer wants none.</summary>
    public static Task<IReadOnlyList<CustomerTag>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        db.Query<CustomerTag>("select kind as Kind, slot as Code, value as Value, reason as Reason, at as At from customers_tags where customer_id = @customer order by kind, slot", new { customer }, ct);

    /// <summary>How many customers have each tag, the most frequent first, at most two hundred tags.</summary>
    public static Task<IReadOnlyList<TagSize>> Sizes(ISqlReader db, CancellationToken ct) => db.Query<TagSize>(
        "select slot as Code, kind as Kind, value as Value, count(*) as Customers from customers_tags group by slot, kind, value order by 4 desc, slot limit 200", ct: ct);
}

/// <summary>A tag with how many customers have it.</summary>
public sealed record TagSize
{
    /// <summary>Its name in rules.</summary>
    public required string Code { get; init; }

    /// <summary>What it is about.</summary>
    public required TagKind Kind { get; init; }

    /// <summary>What people read.</summary>
    public required string Value { get; init; }

    /// <summary>How many customers.</summary>
    public required long Customers { get; init; }
}

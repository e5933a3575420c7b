using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>A customer whose conversation is a person's matter.</summary>
public sealed record HumanTurn
{
    /// <summary>Who.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Since when a person is wanted.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Who of many customers is waiting for a person or talking with one, so that the bot must be silent.</summary>
public static class HumanTurns
{
    private const string Sql =
        "select customer, queued_at as Since from conversations_conversations where open_key in @customers and owner in ('queue', 'agent')";

    /// <summary>Those of the given customers for whom the bot must be silent.</summary>
    public static Task<IReadOnlyList<HumanTurn>> Of(ISqlReader db, IReadOnlyCollection<CustomerId> customers, CancellationToken ct) =>
        db.Query<HumanTurn>(Sql, new { customers = customers.Select(c => c.Text) }, ct);
}

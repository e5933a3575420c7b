using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// Two records of one customer become one: memberships move like other rows; where both belong to the same organisation, the higher role
/// is the person's, and what the staying record had before is written down for the way back.
/// </summary>
internal static class MergeMemberships
{
    private const string Kind = "member_role";

    private const string Raised =
        """
        select i.organisation_id as Organisation, i.role as Had, f.role as Role
        from customers_members f
        join customers_members i on i.organisation_id = f.organisation_id and i.customer_id = @into
        where f.customer_id = @from
        """;

    private const string Set = "update customers_members set role = @role where organisation_id = @organisation and customer_id = @into";

    public static async Task Execute(Tx tx, string mergeId, CustomerId from, CustomerId into, CancellationToken ct)
    {
        var raised = (await tx.Query<Row>(Raised, new { from, into }, ct).ConfigureAwait(false)).Where(r => r.Role < r.Had).ToList();
        await CustomerMoves.Keep(tx, mergeId, Kind, raised.Select(r => $"{r.Organisation}/{EnumText<OrganisationRole>.Of(r.Had)}"), ct).ConfigureAwait(false);
        foreach (var row in raised) await tx.Execute(Set, new { role = row.Role, organisation = row.Organisation, into }, ct).ConfigureAwait(false); // a handful of organisations
    }

    public static async Task Undo(Tx tx, string mergeId, CustomerId into, CancellationToken ct)
    {
        foreach (var kept in await CustomerMoves.Kept(tx, mergeId, Kind, ct).ConfigureAwait(false))
        {
            var (organisation, role) = (kept[..kept.IndexOf('/', StringComparison.Ordinal)], EnumText<OrganisationRole>.Parse(kept[(kept.IndexOf('/', StringComparison.Ordinal) + 1)..]));
            await tx.Execute(Set, new { role, organisation, into }, ct).ConfigureAwait(false);
        }
    }

    private sealed record Row
    {
        public required string Organisation { get; init; }
        public required OrganisationRole Had { get; init; }
        public required OrganisationRole Role { get; init; }
    }
}

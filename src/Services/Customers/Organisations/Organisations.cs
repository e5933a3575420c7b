using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Reads organisations, their persons and invitations.</summary>
public static class Organisations
{
    private const string Columns =
        "o.id as Id, o.name as Name, o.credit_code as CreditCode, o.contract_number as ContractNumber, o.version as Version, o.created_at as CreatedAt";

    /// <summary>Who is in an organisation now. A record that became part of another one keeps its row for the way back and counts no more.</summary>
    internal const string Present = "customers_members m join customers_customers c on c.id = m.customer_id and c.merged_into = ''";

    private const string Listed =
        $"""
        select {Columns}, count(m.id) as Persons, coalesce(sum(case when m.role = 'owner' then 1 else 0 end), 0) as Owners
        from customers_organisations o
        left join ({Present}) on m.organisation_id = o.id
        where o.id > @after and (@text = '' or o.name like @like escape '!' or o.credit_code = @text or o.contract_number = @text)
        group by o.id, o.name, o.credit_code, o.contract_number, o.version, o.created_at
        order by o.id
        limit @limit
        """;

    private const string MembershipsOf =
        """
        select o.id as OrganisationId, o.name as Name, o.contract_number as ContractNumber, m.role as Role, m.joined_at as JoinedAt
        from customers_members m
        join customers_organisations o on o.id = m.organisation_id
        where m.customer_id = @customer
        order by m.joined_at, o.id
        """;

    private const string PersonsOf =
        $"""
        select m.id as Id, m.customer_id as Customer, m.role as Role, m.joined_at as JoinedAt, coalesce((
          select p.phone_tail from customers_phones p where p.customer_id = m.customer_id order by p.verified_at desc, p.phone_hash limit 1), '') as PhoneTail
        from {Present}
        where m.organisation_id = @id
        order by m.joined_at, m.id
        """;

    private const string Invites =
        """
        select i.id as Id, o.name as Organisation, i.phone_tail as PhoneTail, i.role as Role, i.expires_at as ExpiresAt
        from customers_invites i
        join customers_organisations o on o.id = i.organisation_id
        """;

    /// <summary>The organisations that a customer belongs to.</summary>
    public static Task<IReadOnlyList<Membership>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) => db.Query<Membership>(MembershipsOf, new { customer }, ct);

    /// <summary>One organisation; null when there is none with this id.</summary>
    public static Task<Organisation?> Find(ISqlReader db, string id, CancellationToken ct) =>
        db.First<Organisation>($"select {Columns} from customers_organisations o where o.id = @id", new { id }, ct);

    /// <summary>Organisations by id, beginning after one of them.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="text">Part of the name, or a whole credit code or contract number; empty for all.</param>
    /// <param name="after">Id of the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<IReadOnlyList<ListedOrganisation>> List(ISqlReader db, string text, string? after, int limit, CancellationToken ct)
    {
        var like = $"%{text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
        var rows = await db.Query<Row>(Listed, new { text, like, after = after ?? "", limit }, ct).ConfigureAwait(false);
        return [.. rows.Select(r => r.Open())];
    }

    /// <summary>The persons of an organisation, the longest in it first.</summary>
    public static Task<IReadOnlyList<OrganisationPerson>> Persons(ISqlReader db, string id, CancellationToken ct) => db.Query<OrganisationPerson>(PersonsOf, new { id }, ct);

    /// <summary>Invitations of an organisation that can still be accepted.</summary>
    public static Task<IReadOnlyList<OrganisationInvite>> OpenInvites(ISqlReader db, TimeProvider clock, string id, CancellationToken ct) =>
        db.Query<OrganisationInvite>(Invites + " where i.organisation_id = @id and i.expires_at > @now order by i.created_at, i.id", new { id, now = clock.GetUtcNow() }, ct);

    /// <summary>Invitations to numbers that this customer has proven.</summary>
    public static Task<IReadOnlyList<OrganisationInvite>> InvitesFor(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct) => db.Query<OrganisationInvite>(
        Invites + " where i.phone_hash in (select phone_hash from customers_phones where customer_id = @customer) and i.expires_at > @now order by i.created_at, i.id",
        new { customer, now = clock.GetUtcNow() }, ct);

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required CreditCode CreditCode { get; init; }
        public required string ContractNumber { get; init; }
        public required long Version { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required long Persons { get; init; }
        public required long Owners { get; init; }

        public ListedOrganisation Open() => new(
            new Organisation { Id = Id, Name = Name, CreditCode = CreditCode, ContractNumber = ContractNumber, Version = Version, CreatedAt = CreatedAt }, Persons, Owners);
    }
}

using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Persons come into an organisation, change their role and go. One owner at least stays, as long as there is one.</summary>
public static class OrganisationMembers
{
    private const string Invited =
        """
        select i.organisation_id as OrganisationId, i.role as Role
        from customers_invites i
        where i.id = @invite and i.expires_at > @now and i.phone_hash in (select phone_hash from customers_phones where customer_id = @customer)
        """;

    /// <summary>Accepts an invitation; it is used up. Who belongs to the organisation already has the higher of the two roles afterwards.</summary>
    /// <returns>The membership; null alike for an invitation that is unknown, over, taken back, or for a number that the customer has not proven.</returns>
    public static Task<Membership?> Accept(Db db, TimeProvider clock, CustomerId customer, string invite, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var now = clock.GetUtcNow();
        if (await tx.First<InviteRow>(Invited, new { invite, customer, now }, ct).ConfigureAwait(false) is not { } found) return null;
        await tx.Execute("update customers_organisations set version = version + 1 where id = @OrganisationId", new { found.OrganisationId }, ct).ConfigureAwait(false);
        if (await tx.Execute("delete from customers_invites where id = @invite and expires_at > @now", new { invite, now }, ct).ConfigureAwait(false) == 0) return null;
        var role = await RoleOf(tx, found.OrganisationId, customer, ct).ConfigureAwait(false) is { } before && before < found.Role ? before : found.Role;
        await tx.UpsertRows("customers_members", ["id", "organisation_id", "customer_id", "role", "joined_at"],
            [[Ids.New(clock), found.OrganisationId, customer, role, now]], "organisation_id, customer_id", ["role"], ct).ConfigureAwait(false);
        return (await Organisations.Of(tx, customer, ct).ConfigureAwait(false)).First(m => m.OrganisationId == found.OrganisationId);
    }, ct);

    /// <summary>Leaves an organisation.</summary>
    /// <returns>False when the customer does not belong to it.</returns>
    /// <exception cref="RuleBroken"><c>organisation.last_owner</c>.</exception>
    public static Task<bool> Leave(Db db, CustomerId customer, string organisation, CancellationToken ct) => db.InTransaction(async tx =>
    {
        await tx.Execute("update customers_organisations set version = version + 1 where id = @organisation", new { organisation }, ct).ConfigureAwait(false);
        if (await RoleOf(tx, organisation, customer, ct).ConfigureAwait(false) is not { } role) return false;
        await MustLeaveAnOwner(tx, organisation, role, OrganisationRole.Viewer, ct).ConfigureAwait(false);
        await tx.Execute("delete from customers_members where organisation_id = @organisation and customer_id = @customer", new { organisation, customer }, ct).ConfigureAwait(false);
        return true;
    }, ct);

    /// <summary>Sends a person away.</summary>
    /// <returns>False when there is no such person in it, or the customer who asks does not belong to it.</returns>
    /// <exception cref="RuleBroken"><c>organisation.not_owner</c>, <c>organisation.last_owner</c>.</exception>
    public static Task<bool> SendAway(Db db, TimeProvider clock, string organisation, string member, OrganisationActor by, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (!await Knows(tx, organisation, member, ct).ConfigureAwait(false) || !await by.Begin(tx, clock, organisation, "organisation.sent_away", ct).ConfigureAwait(false)) return false;
        if (await RoleIn(tx, organisation, member, ct).ConfigureAwait(false) is not { } role) return false;
        await MustLeaveAnOwner(tx, organisation, role, OrganisationRole.Viewer, ct).ConfigureAwait(false);
        await tx.Execute("delete from customers_members where id = @member", new { member }, ct).ConfigureAwait(false);
        return true;
    }, ct);

    /// <summary>Gives a person another role.</summary>
    /// <returns>False when there is no such person in it, or the customer who asks does not belong to it.</returns>
    /// <exception cref="RuleBroken"><c>organisation.not_owner</c>, <c>organisation.last_owner</c>.</exception>
    public static Task<bool> ChangeRole(Db db, TimeProvider clock, string organisation, string member, OrganisationRole role, OrganisationActor by, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (!await Knows(tx, organisation, member, ct).ConfigureAwait(false) || !await by.Begin(tx, clock, organisation, "organisation.role_changed", ct).ConfigureAwait(false)) return false;
        if (await RoleIn(tx, organisation, member, ct).ConfigureAwait(false) is not { } before) return false;
        await MustLeaveAnOwner(tx, organisation, before, role, ct).ConfigureAwait(false);
        await tx.Execute("update customers_members set role = @role where id = @member", new { member, role }, ct).ConfigureAwait(false);
        return true;
    }, ct);

    private static async Task MustLeaveAnOwner(Tx tx, string organisation, OrganisationRole before, OrganisationRole after, CancellationToken ct)
    {
        if (before != OrganisationRole.Owner || after == OrganisationRole.Owner) return;
        if (await tx.First<long>($"select count(*) from {Organisations.Present} where m.organisation_id = @organisation and m.role = 'owner'", new { organisation }, ct).ConfigureAwait(false) == 1)
            throw new RuleBroken("organisation.last_owner", Texts.LastOwner);
    }

    private static async Task<OrganisationRole?> RoleOf(Tx tx, string organisation, CustomerId customer, CancellationToken ct) =>
        Role(await tx.First<string>("select role from customers_members where organisation_id = @organisation and customer_id = @customer", new { organisation, customer }, ct).ConfigureAwait(false));

    private static async Task<OrganisationRole?> RoleIn(Tx tx, string organisation, string member, CancellationToken ct) =>
        Role(await tx.First<string>("select role from customers_members where organisation_id = @organisation and id = @member", new { organisation, member }, ct).ConfigureAwait(false));

    // Asked before anything is audited: nothing happens to somebody who is not there.
    private static async Task<bool> Knows(Tx tx, string organisation, string member, CancellationToken ct) => await RoleIn(tx, organisation, member, ct).ConfigureAwait(false) is not null;

    private static OrganisationRole? Role(string? text) => text is null ? null : EnumText<OrganisationRole>.Parse(text);

    private sealed record InviteRow
    {
        public required string OrganisationId { get; init; }
        public required OrganisationRole Role { get; init; }
    }
}

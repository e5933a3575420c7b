using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Invites a person by telephone number; only who proved that number can accept.</summary>
public static class InviteToOrganisation
{
    /// <summary>So many invitations a day for an organisation: each is a short message to somebody.</summary>
    public const int MostADay = 50;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string AlreadyIn =
        "select m.id from customers_members m join customers_phones p on p.customer_id = m.customer_id where m.organisation_id = @organisation and p.phone_hash = @hash";

    /// <summary>Keeps the invitation and tells the number by a short message, once; inviting the same number again renews it with the new role.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Hash the number.</param>
    /// <param name="clock">The time.</param>
    /// <param name="sms">Who tells.</param>
    /// <param name="organisation">Into which.</param>
    /// <param name="phone">A mobile number.</param>
    /// <param name="role">What the person will be.</param>
    /// <param name="by">Who invites.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when there is no such organisation for the one who invites; otherwise the invitation, and whether the operator of short messages took the message.</returns>
    /// <exception cref="RuleBroken"><c>organisation.not_owner</c>, <c>organisation.already_in</c>, <c>organisation.too_many_invites</c>.</exception>
    public static async Task<(OrganisationInvite Invite, bool IsTold)?> Execute(
        Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, string organisation, Phone phone, OrganisationRole role, OrganisationActor by, CancellationToken ct)
    {
        var hash = keys.Hash(phone);
        if (await db.InTransaction(tx => Keep(tx, clock, organisation, (hash, phone.Tail), role, by, ct), ct).ConfigureAwait(false) is not { } invite) return null;
        return (invite, await sms.Send(phone, Texts.Invited(invite.Organisation, role, Lifetime.Days), "organisation-invite:" + invite.Id, ct).ConfigureAwait(false));
    }

    /// <summary>Takes an invitation back.</summary>
    /// <returns>False when there is none that could be accepted, or the customer does not belong to the organisation.</returns>
    /// <exception cref="RuleBroken"><c>organisation.not_owner</c>.</exception>
    public static Task<bool> Withdraw(Db db, TimeProvider clock, string organisation, string invite, OrganisationActor by, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var args = new { organisation, invite, now = clock.GetUtcNow() };
        if (await tx.First<string>("select id from customers_invites where id = @invite and organisation_id = @organisation and expires_at > @now", args, ct).ConfigureAwait(false) is null) return false;
        if (!await by.Begin(tx, clock, organisation, "organisation.invite_withdrawn", ct).ConfigureAwait(false)) return false;
        // The row stays for the day's count, until it is purged.
        return await tx.Execute("update customers_invites set expires_at = @now where id = @invite and organisation_id = @organisation and expires_at > @now", args, ct).ConfigureAwait(false) > 0;
    }, ct);

    private static async Task<OrganisationInvite?> Keep(
        Tx tx, TimeProvider clock, string organisation, (string Hash, string Tail) number, OrganisationRole role, OrganisationActor by, CancellationToken ct)
    {
        if (!await by.Begin(tx, clock, organisation, "organisation.invited", ct).ConfigureAwait(false)) return null;
        var now = clock.GetUtcNow();
        if (await tx.First<string>(AlreadyIn, new { organisation, hash = number.Hash }, ct).ConfigureAwait(false) is not null) throw new RuleBroken("organisation.already_in", Texts.AlreadyInOrganisation);
        var known = await tx.First<string>("select id from customers_invites where organisation_id = @organisation and phone_hash = @hash", new { organisation, hash = number.Hash }, ct).ConfigureAwait(false);
        if (known is null && await tx.First<long>("select count(*) from customers_invites where organisation_id = @organisation and created_at > @day", new { organisation, day = now.AddDays(-1) }, ct).ConfigureAwait(false) >= MostADay)
            throw new RuleBroken("organisation.too_many_invites", Texts.TooManyInvites(MostADay));
        var id = known ?? Ids.New(clock);
        await tx.UpsertRows("customers_invites", ["id", "organisation_id", "phone_hash", "phone_tail", "role", "created_at", "expires_at"],
            [[id, organisation, number.Hash, number.Tail, role, now, now + Lifetime]], "organisation_id, phone_hash", ["role", "expires_at"], ct).ConfigureAwait(false);
        var name = await tx.First<string>("select name from customers_organisations where id = @organisation", new { organisation }, ct).ConfigureAwait(false);
        return new OrganisationInvite { Id = id, Organisation = name!, PhoneTail = number.Tail, Role = role, ExpiresAt = now + Lifetime };
    }
}

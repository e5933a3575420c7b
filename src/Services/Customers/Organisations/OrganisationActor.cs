using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>Who changes an organisation: one of its owners, or staff with a reason, which is audited.</summary>
public sealed record OrganisationActor
{
    private readonly CustomerId? _owner;
    private readonly (StaffId By, string Reason) _staff;

    private OrganisationActor(CustomerId? owner, (StaffId By, string Reason) staff) => (_owner, _staff) = (owner, staff);

    /// <summary>A customer, who must be an owner.</summary>
    public static OrganisationActor Owner(CustomerId customer) => new(customer, default);

    /// <summary>A member of staff.</summary>
    public static OrganisationActor Staff(StaffId by, string reason) => new(null, (by, reason));

    /// <summary>Begins a change: nobody else changes the organisation until the end of the transaction.</summary>
    /// <returns>False when there is no such organisation, or the customer does not belong to it.</returns>
    /// <exception cref="RuleBroken"><c>organisation.not_owner</c>.</exception>
    internal async Task<bool> Begin(Tx tx, TimeProvider clock, string organisation, string action, CancellationToken ct)
    {
        // The row's lock is what lets one change follow the other: two owners who leave at once are one too many.
        if (await tx.Execute("update customers_organisations set version = version + 1 where id = @organisation", new { organisation }, ct).ConfigureAwait(false) == 0) return false;
        if (_owner is not { } owner)
        {
            await Audit.Record(tx, clock, _staff.By, action, "organisation:" + organisation, _staff.Reason, ct).ConfigureAwait(false);
            return true;
        }
        var role = await tx.First<string>("select role from customers_members where organisation_id = @organisation and customer_id = @owner", new { organisation, owner }, ct).ConfigureAwait(false);
        if (role is null) return false;
        return role == EnumText<OrganisationRole>.Of(OrganisationRole.Owner) ? true : throw new RuleBroken("organisation.not_owner", Texts.NotOwner);
    }
}

using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Gives a member other roles; they count from the next request on.</summary>
public static class ChangeRoles
{
    /// <summary>Sets the roles.</summary>
    /// <returns>False when there is no such account.</returns>
    /// <exception cref="RuleBroken"><see cref="CreateStaff.NoRoles"/>, <see cref="DisableStaff.LastAdmin"/>.</exception>
    public static Task<bool> Execute(Db db, TimeProvider clock, StaffId who, StaffId id, IReadOnlyCollection<StaffRole> roles, CancellationToken ct)
    {
        if (roles.Count == 0) throw new RuleBroken(CreateStaff.NoRoles, Texts.NoRoles);
        return db.InTransaction(async tx =>
        {
            if (await StaffAccounts.Find(tx, id, ct).ConfigureAwait(false) is null) return false;
            await Audit.Record(tx, clock, who, "staff.roles_changed", $"staff:{id}", Listed(roles), ct).ConfigureAwait(false);
            await tx.Execute("delete from staff_roles where staff_id = @id", new { id }, ct).ConfigureAwait(false);
            await Insert(tx, id, roles, ct).ConfigureAwait(false);
            await DisableStaff.KeepAnAdmin(tx, ct).ConfigureAwait(false);
            return true;
        }, ct);
    }

    internal static Task Insert(Tx tx, StaffId id, IReadOnlyCollection<StaffRole> roles, CancellationToken ct) =>
        tx.InsertRows("staff_roles", ["staff_id", "role"], roles.Distinct().Select(r => new object?[] { id.Text, EnumText<StaffRole>.Of(r) }), ct: ct);

    internal static string Listed(IEnumerable<StaffRole> roles) => string.Join(',', roles.Distinct().Order().Select(EnumText<StaffRole>.Of));
}

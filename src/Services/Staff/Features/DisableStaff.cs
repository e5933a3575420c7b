using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Takes an account out of use, which ends all its sessions at once, or back into use.</summary>
public static class DisableStaff
{
    /// <summary>Nobody disables the own account.</summary>
    public const string NotYourself = "staff.not_yourself";

    /// <summary>Nobody would be left who can manage accounts.</summary>
    public const string LastAdmin = "staff.last_admin";

    private const string Admins =
        "select count(*) from staff_accounts a join staff_roles r on r.staff_id = a.id where r.role = 'admin' and a.disabled = 0";

    /// <summary>Disables or enables the account; doing it again is all right.</summary>
    /// <returns>False when there is no such account.</returns>
    /// <exception cref="RuleBroken"><see cref="NotYourself"/>, <see cref="LastAdmin"/>.</exception>
    public static Task<bool> Execute(Db db, TimeProvider clock, StaffId who, StaffId id, bool disabled, string? reason, CancellationToken ct)
    {
        if (disabled && who == id) throw new RuleBroken(NotYourself, Texts.NotYourself);
        return db.InTransaction(async tx =>
        {
            if (await StaffAccounts.Find(tx, id, ct).ConfigureAwait(false) is not { } member) return false;
            if (member.Disabled == disabled) return true;
            await Audit.Record(tx, clock, who, disabled ? "staff.disabled" : "staff.enabled", $"staff:{id}", reason, ct).ConfigureAwait(false);
            await tx.Execute("update staff_accounts set disabled = @disabled where id = @id", new { id, disabled = disabled ? 1 : 0 }, ct).ConfigureAwait(false);
            await StaffSessions.CloseAll(tx, id, null, ct).ConfigureAwait(false);
            await KeepAnAdmin(tx, ct).ConfigureAwait(false);
            return true;
        }, ct);
    }

    /// <summary>Called after an audit entry was written: its lock keeps two administrators from removing each other at the same moment.</summary>
    internal static async Task KeepAnAdmin(Tx tx, CancellationToken ct)
    {
        if (await tx.First<long>(Admins, ct: ct).ConfigureAwait(false) == 0) throw new RuleBroken(LastAdmin, Texts.LastAdmin);
    }
}

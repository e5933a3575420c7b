using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>An administrator gives a member a new password, which the member must change; all the member's sessions end.</summary>
public static class ResetPassword
{
    /// <summary>Sets the password.</summary>
    /// <returns>False when there is no such account.</returns>
    /// <exception cref="RuleBroken"><see cref="PasswordRule.Weak"/>.</exception>
    public static async Task<bool> Execute(Db db, TimeProvider clock, StaffId who, StaffId id, string password, CancellationToken ct)
    {
        if (await StaffAccounts.Find(db, id, ct).ConfigureAwait(false) is not { } member) return false;
        PasswordRule.Check(password, member.Name);
        var hash = PasswordHash.Of(password);
        await db.InTransaction(async tx =>
        {
            await Audit.Record(tx, clock, who, "staff.password_reset", $"staff:{id}", null, ct).ConfigureAwait(false);
            await PasswordStore.Set(tx, id, hash, mustChange: true, ct).ConfigureAwait(false);
            await StaffSessions.CloseAll(tx, id, null, ct).ConfigureAwait(false);
            await SignIn.ForgetTries(tx, member.Name, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
        return true;
    }
}

using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>A member chooses another password for the own account; the member's other sessions end.</summary>
public static class ChangePassword
{
    /// <summary>The current password was not the right one; counts as a try to sign in.</summary>
    public const string WrongPassword = "staff.wrong_password";

    /// <summary>Too many wrong passwords; try again later.</summary>
    public const string TooManyTries = "staff.too_many_tries";

    /// <summary>Changes the password.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="me">Whose password.</param>
    /// <param name="current">The password until now.</param>
    /// <param name="next">The password from now on.</param>
    /// <param name="session">Id of the session that goes on.</param>
    /// <param name="ct">Ends the command.</param>
    /// <exception cref="RuleBroken"><see cref="WrongPassword"/>, <see cref="TooManyTries"/>, <see cref="PasswordRule.Weak"/>.</exception>
    public static async Task Execute(Db db, TimeProvider clock, StaffId me, string current, string next, string session, CancellationToken ct)
    {
        var account = await db.First<AccountRow>("select name, password_hash as PasswordHash from staff_accounts where id = @me", new { me }, ct).ConfigureAwait(false)
            ?? throw new RuleBroken(WrongPassword, Texts.WrongPassword);
        PasswordRule.Check(next, account.Name);
        if (current == next) throw new RuleBroken(PasswordRule.Weak, Texts.PasswordUnchanged);
        if (await SignIn.WaitFor(db, clock, account.Name, ct).ConfigureAwait(false) is not null) throw new RuleBroken(TooManyTries, Texts.TooManyTries);
        if (current.Length > 128 || !PasswordHash.Verify(account.PasswordHash, current)) throw new RuleBroken(WrongPassword, Texts.WrongPassword);
        var hash = PasswordHash.Of(next);
        await db.InTransaction(async tx =>
        {
            await Audit.Record(tx, clock, me, "staff.password_changed", $"staff:{me}", null, ct).ConfigureAwait(false);
            await PasswordStore.Set(tx, me, hash, mustChange: false, ct).ConfigureAwait(false);
            await StaffSessions.CloseAll(tx, me, session, ct).ConfigureAwait(false);
            await SignIn.ForgetTries(tx, account.Name, ct).ConfigureAwait(false);
        }, ct).ConfigureAwait(false);
    }

    private sealed record AccountRow
    {
        public required StaffName Name { get; init; }

        public required string PasswordHash { get; init; }
    }
}

using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>
/// Signs a member of staff in by name and password. Unknown name, wrong password and disabled account are answered alike and take
/// as long. Five tries a name in 15 minutes; a try is counted before it is checked, so that parallel guesses do not slip through.
/// </summary>
public static class SignIn
{
    /// <summary>How many tries a name has within <see cref="Window"/>.</summary>
    public const int Tries = 5;

    private const string OpenWindow = "insert into staff_sign_in_tries (name, tries, started_at) values (@name, 0, @now)";

    // MariaDB assigns from left to right with the new values: tries first, as it looks at the old started_at.
    private const string CountTry =
        """
        update staff_sign_in_tries
        set tries = case when started_at <= @cutoff then 1 else tries + 1 end,
            started_at = case when started_at <= @cutoff then @now else started_at end
        where name = @name and (tries < @Tries or started_at <= @cutoff)
        """;

    private const string Account =
        "select id, password_hash as PasswordHash from staff_accounts where name = @name and disabled = 0";

    private const string OpenSession =
        """
        insert into staff_sessions (token_hash, staff_id, created_at, seen_at, idle_until, ends_at)
        values (@tokenHash, @id, @now, @now, @idleUntil, @endsAt)
        """;

    /// <summary>How long tries are counted.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How it ended.</summary>
    public abstract record Outcome
    {
        private Outcome() { }

        /// <summary>Signed in.</summary>
        /// <param name="Token">The secret of the session, for a cookie.</param>
        /// <param name="Member">Who it is.</param>
        /// <param name="EndsAt">When the session ends at the latest.</param>
        public sealed record SignedIn(string Token, StaffMember Member, DateTimeOffset EndsAt) : Outcome
        {
            /// <summary>Without the secret.</summary>
            public override string ToString() => $"SignedIn {Member.Name}";
        }

        /// <summary>No such name, wrong password, or disabled.</summary>
        public sealed record Refused : Outcome;

        /// <summary>Too many tries for this name.</summary>
        /// <param name="RetryAfter">How long to wait.</param>
        public sealed record TooManyTries(TimeSpan RetryAfter) : Outcome;
    }

    /// <summary>Tries to sign in.</summary>
    public static async Task<Outcome> Execute(Db db, TimeProvider clock, StaffOptions options, string name, string password, CancellationToken ct)
    {
        if (!StaffName.TryParse(name, null, out var staffName) || password.Length > 128) return new Outcome.Refused();
        if (await WaitFor(db, clock, staffName, ct).ConfigureAwait(false) is { } wait) return new Outcome.TooManyTries(wait);
        var account = await db.First<AccountRow>(Account, new { name = staffName }, ct).ConfigureAwait(false);
        return PasswordHash.Verify(account?.PasswordHash, password)
            ? await Open(db, clock, options, staffName, account!, password, ct).ConfigureAwait(false)
            : await Refuse(db, clock, staffName, account, ct).ConfigureAwait(false);
    }

    /// <summary>Counts a try of the name; how long to wait when there were too many, otherwise null.</summary>
    internal static async Task<TimeSpan?> WaitFor(Db db, TimeProvider clock, StaffName name, CancellationToken ct)
    {
        // In a transaction of its own: on MariaDB an insert that meets the row keeps a shared lock on it, and many tries at once,
        // each about to change the row as well, would be a deadlock.
        if (await db.First<string>("select name from staff_sign_in_tries where name = @name", new { name }, ct).ConfigureAwait(false) is null)
            await db.InTransaction(tx => tx.TryInsert(OpenWindow, new { name, now = clock.GetUtcNow() }, ct), ct).ConfigureAwait(false);
        return await db.InTransaction<TimeSpan?>(async tx =>
        {
            var now = clock.GetUtcNow();
            if (await tx.Execute(CountTry, new { name, now, cutoff = now - Window, Tries }, ct).ConfigureAwait(false) == 1) return null;
            var startedAt = await tx.First<DateTimeOffset?>("select started_at from staff_sign_in_tries where name = @name", new { name }, ct).ConfigureAwait(false);
            return startedAt + Window - now; // null when a sign-in that succeeded at this moment has just taken the row away
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Forgets the tries of a name that has proved itself.</summary>
    internal static Task ForgetTries(Tx tx, StaffName name, CancellationToken ct) =>
        tx.Execute("delete from staff_sign_in_tries where name = @name", new { name }, ct);

    private static Task<Outcome> Open(Db db, TimeProvider clock, StaffOptions options, StaffName name, AccountRow account, string password, CancellationToken ct)
    {
        var token = SessionToken.New();
        var renewed = PasswordHash.IsOutdated(account.PasswordHash) ? PasswordHash.Of(password) : null;
        return db.InTransaction<Outcome>(async tx =>
        {
            var now = clock.GetUtcNow();
            var session = new { tokenHash = SessionToken.Hash(token), id = account.Id, now, idleUntil = now + options.SessionIdle, endsAt = now + options.SessionLifetime };
            await Audit.Record(tx, clock, account.Id, "staff.signed_in", $"staff:{account.Id}", null, ct).ConfigureAwait(false);
            // The lock of the chain is held from here on: whoever disables the account waits, or is seen by this read.
            if (await StaffAccounts.Find(tx, account.Id, ct).ConfigureAwait(false) is not { Disabled: false } member) return new Outcome.Refused();
            await ForgetTries(tx, name, ct).ConfigureAwait(false);
            if (renewed is not null) await PasswordStore.Renew(tx, account.Id, account.PasswordHash, renewed, ct).ConfigureAwait(false);
            await tx.Execute(OpenSession, session, ct).ConfigureAwait(false);
            return new Outcome.SignedIn(token, member, session.endsAt);
        }, ct);
    }

    // Both branches write and commit, so that an unknown name is not answered sooner than a wrong password.
    private static Task<Outcome> Refuse(Db db, TimeProvider clock, StaffName name, AccountRow? account, CancellationToken ct) =>
        db.InTransaction<Outcome>(async tx =>
        {
            await tx.Execute("update staff_sign_in_tries set tries = tries where name = @name", new { name }, ct).ConfigureAwait(false);
            if (account is not null) await Audit.Record(tx, clock, StaffId.System, "staff.sign_in_refused", $"staff:{account.Id}", null, ct).ConfigureAwait(false);
            return new Outcome.Refused();
        }, ct);

    private sealed record AccountRow
    {
        public required StaffId Id { get; init; }

        public required string PasswordHash { get; init; }
    }
}

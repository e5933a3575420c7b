using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Sessions of staff: opaque tokens, stored hashed, ended at once by sign-out, by disabling the account and by a new password.</summary>
public static class StaffSessions
{
    private const string Load =
        """
        select s.staff_id as StaffId, s.seen_at as SeenAt, s.ends_at as EndsAt
        from staff_sessions s
        join staff_accounts a on a.id = s.staff_id
        where s.token_hash = @tokenHash and s.idle_until > @now and s.ends_at > @now and a.disabled = 0
        """;

    private const string Touch = "update staff_sessions set seen_at = @now, idle_until = @idleUntil where token_hash = @tokenHash";

    /// <summary>An open session.</summary>
    /// <param name="Id">Names the session without opening it: the hash of its token.</param>
    /// <param name="Member">Whose it is, with the roles of this moment.</param>
    /// <param name="EndsAt">When it ends at the latest.</param>
    public sealed record Open(string Id, StaffMember Member, DateTimeOffset EndsAt);

    /// <summary>The open session with this token, which is thereby used; null when it has ended or never was.</summary>
    public static async Task<Open?> Find(Db db, TimeProvider clock, StaffOptions options, string token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tokenHash = SessionToken.Hash(token);
        if (await db.First<SessionRow>(Load, new { tokenHash, now }, ct).ConfigureAwait(false) is not { } session) return null;
        if (await StaffAccounts.Find(db, session.StaffId, ct).ConfigureAwait(false) is not { } member) return null;
        // Once a minute is enough: a page that polls does not write each time.
        if (now - session.SeenAt >= TimeSpan.FromMinutes(1))
            await db.Execute(Touch, new { tokenHash, now, idleUntil = now + options.SessionIdle }, ct).ConfigureAwait(false);
        return new Open(tokenHash, member, session.EndsAt);
    }

    /// <summary>Ends a session by its id; one that has ended already is all right.</summary>
    public static Task Close(Db db, TimeProvider clock, StaffId who, string session, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var closed = await tx.Execute("delete from staff_sessions where token_hash = @session and staff_id = @who", new { session, who }, ct).ConfigureAwait(false);
            if (closed == 1) await Audit.Record(tx, clock, who, "staff.signed_out", $"staff:{who}", null, ct).ConfigureAwait(false);
        }, ct);

    internal static Task CloseAll(Tx tx, StaffId id, string? exceptSession, CancellationToken ct) =>
        tx.Execute("delete from staff_sessions where staff_id = @id and token_hash <> @kept",
            new { id, kept = exceptSession ?? "" }, ct);

    private sealed record SessionRow
    {
        public required StaffId StaffId { get; init; }

        public required DateTimeOffset SeenAt { get; init; }

        public required DateTimeOffset EndsAt { get; init; }
    }
}

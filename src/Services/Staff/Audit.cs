using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>
/// Writes the audit trail: who did what to what, and why. Entries are only ever added; each carries a hash over itself and
/// the entry before it, so that <see cref="AuditTrail.FirstBroken"/> finds an entry that was changed or taken out.
/// </summary>
public static class Audit
{
    private const string Chain = "update staff_audit_head set sequence = sequence + 1 where chain = 1";

    private const string Head = "select sequence, hash from staff_audit_head where chain = 1";

    private const string Insert =
        """
        insert into staff_audit (sequence, at, staff_id, action, subject, reason, hash)
        values (@Sequence, @At, @Who, @Action, @Subject, @Reason, @Hash)
        """;

    /// <summary>Adds an entry that commits together with what it tells of. Holds the lock of the chain until the end of the transaction.</summary>
    /// <param name="tx">The transaction of the change.</param>
    /// <param name="clock">When it happens.</param>
    /// <param name="who">Who did it; <see cref="StaffId.System"/> for the product itself.</param>
    /// <param name="action">What was done: <c>capability.verb</c>, at most 60 characters.</param>
    /// <param name="subject">What it was done to: <c>kind:id</c>, at most 200 characters; no personal data.</param>
    /// <param name="reason">Why, or details; cut at 500 characters; no personal data, no secrets.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task Record(Tx tx, TimeProvider clock, StaffId who, string action, string subject, string? reason, CancellationToken ct)
    {
        await tx.Execute(Chain, ct: ct).ConfigureAwait(false);
        var head = await tx.First<HeadRow>(Head, ct: ct).ConfigureAwait(false) ?? throw new InvalidOperationException("the audit chain has no head");
        var entry = new AuditRow
        {
            Sequence = head.Sequence, At = clock.GetUtcNow(), Who = who.Text,
            Action = action, Subject = subject, Reason = reason is { Length: > 500 } ? reason[..500] : reason ?? "",
        };
        entry = entry with { Hash = HashOf(head.Hash, entry) };
        await tx.Execute(Insert, entry, ct).ConfigureAwait(false);
        await tx.Execute("update staff_audit_head set hash = @Hash where chain = 1", new { entry.Hash }, ct).ConfigureAwait(false);
    }

    internal static string HashOf(string previous, AuditRow e)
    {
        // Each part with its length before it: no two different entries give the same text.
        var text = new StringBuilder();
        foreach (var part in new[] { previous, FormattableString.Invariant($"{e.Sequence}"), FormattableString.Invariant($"{e.At.ToUnixTimeMilliseconds()}"), e.Who, e.Action, e.Subject, e.Reason })
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private sealed record HeadRow
    {
        public required long Sequence { get; init; }

        public required string Hash { get; init; }
    }
}

/// <summary>An entry as it lies in the table.</summary>
internal sealed record AuditRow
{
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Who { get; init; }

    public required string Action { get; init; }

    public required string Subject { get; init; }

    public required string Reason { get; init; }

    public string Hash { get; init; } = "";
}

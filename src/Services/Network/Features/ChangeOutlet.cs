using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Staff;

namespace Courier.Services.Network;

/// <summary>An operator changes when an outlet is open. All processes answer by it within a few seconds.</summary>
public static class ChangeOutlet
{
    /// <summary>Changes it; the same again changes nothing.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">Now.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="code">Which outlet.</param>
    /// <param name="hours">Opening hours every day.</param>
    /// <param name="isClosed">Closed until it is opened again.</param>
    /// <param name="reason">Why; goes to the audit trail.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>False when there is no such outlet.</returns>
    /// <exception cref="RuleBroken"><c>outlet.hours_missing</c>: it would never be open; close it instead.</exception>
    public static Task<bool> Execute(Db db, TimeProvider clock, StaffId who, string code, DailyHours hours, bool isClosed, string? reason, CancellationToken ct)
    {
        if (hours.IsEmpty) throw new RuleBroken("outlet.hours_missing", Texts.HoursMissing);
        return db.InTransaction(async tx =>
        {
            if (await ListOutlets.Find(tx, code, ct).ConfigureAwait(false) is not { } old) return false;
            if (old.Hours == hours.Text && old.IsClosed == isClosed) return true;
            await tx.Execute("update network_outlets set opening_hours = @hours, closed = @closed, changed_at = @now where code = @code", new { code, hours = hours.Text, closed = isClosed ? 1 : 0, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
            await tx.Execute("update network_versions set version = version + 1 where name = 'outlets'", ct: ct).ConfigureAwait(false);
            var action = old.IsClosed == isClosed ? "outlet.hours_changed" : isClosed ? "outlet.closed" : "outlet.opened";
            await Audit.Record(tx, clock, who, action, "outlet:" + code, Texts.Changed(old.Hours, hours.Text, reason), ct).ConfigureAwait(false);
            return true;
        }, ct);
    }
}

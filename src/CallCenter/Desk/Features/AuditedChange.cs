using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Courier.CallCenter;

/// <summary>What an operator does with one thing, with the reason, in one transaction with its line of the audit trail.</summary>
internal static class AuditedChange
{
    /// <summary>Makes the change and records it.</summary>
    /// <param name="change">Makes it; false: there is no such thing.</param>
    /// <param name="action">Code of the audit trail.</param>
    /// <param name="subject">What it is done to, such as <c>webhook:ID</c>.</param>
    /// <param name="body">Why.</param>
    /// <param name="me">Who.</param>
    /// <param name="db">Where.</param>
    /// <param name="clock">When.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> Execute(
        Func<Tx, Task<bool>> change, string action, string subject, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CancellationToken ct)
    {
        var reason = body.Checked();
        var found = await db.InTransaction(async tx =>
        {
            if (!await change(tx).ConfigureAwait(false)) return false;
            await Audit.Record(tx, clock, StaffId.Parse(me.Id), action, subject, reason, ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
        return found ? TypedResults.NoContent() : Problems.NotFound();
    }
}

using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Orders.Webhooks;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>What other systems were told, for operators: look, try again now, give up.</summary>
internal static class WebhookEndpoints
{
    private delegate Task<bool> Change(Tx tx, IJobAlarm alarm, string id, DateTimeOffset now, CancellationToken ct);

    public static void Map(IEndpointRouteBuilder desk)
    {
        var webhooks = desk.MapGroup("/operations/webhooks").ForStaff(RoleNames.Operator, RoleNames.Admin);
        webhooks.MapGet("", List);
        webhooks.MapPost("/{id}/retry", (string id, ReasonBody body, CurrentStaff me, Db db, [FromServices] IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            Audited(WebhookLog.Retry, "webhooks.retried", id, body, me, db, alarm, clock, ct));
        webhooks.MapPost("/{id}/drop", (string id, ReasonBody body, CurrentStaff me, Db db, [FromServices] IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            Audited(WebhookLog.Drop, "webhooks.dropped", id, body, me, db, alarm, clock, ct));
    }

    private static async Task<Page<LoggedWebhook>> List(string? state, PageRequest page, Db db, CancellationToken ct)
    {
        var rows = await WebhookLog.List(db, state == "waiting", page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<LoggedWebhook>.Of(rows, rows.Count == page.Limit ? rows[^1].Id : null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Audited(
        Change change, string action, string id, ReasonBody body, CurrentStaff me, Db db, IJobAlarm alarm, TimeProvider clock, CancellationToken ct)
    {
        var reason = body.Checked();
        var found = await db.InTransaction(async tx =>
        {
            if (!await change(tx, alarm, id, clock.GetUtcNow(), ct).ConfigureAwait(false)) return false;
            await Audit.Record(tx, clock, StaffId.Parse(me.Id), action, $"webhook:{id}", reason, ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
        return found ? TypedResults.NoContent() : Problems.NotFound();
    }
}

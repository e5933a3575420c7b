using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Orders.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>What other systems were told, for operators: look, try again now, give up.</summary>
internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var webhooks = desk.MapGroup("/operations/webhooks").ForStaff(RoleNames.Operator, RoleNames.Admin);
        webhooks.MapGet("", List);
        webhooks.MapPost("/{id}/retry", (string id, ReasonBody body, CurrentStaff me, Db db, [FromServices] IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            AuditedChange.Execute(tx => WebhookLog.Retry(tx, alarm, id, clock.GetUtcNow(), ct), "webhooks.retried", $"webhook:{id}", body, me, db, clock, ct));
        webhooks.MapPost("/{id}/drop", (string id, ReasonBody body, CurrentStaff me, Db db, [FromServices] IJobAlarm alarm, TimeProvider clock, CancellationToken ct) =>
            AuditedChange.Execute(tx => WebhookLog.Drop(tx, alarm, id, clock.GetUtcNow(), ct), "webhooks.dropped", $"webhook:{id}", body, me, db, clock, ct));
    }

    private static async Task<Page<LoggedWebhook>> List(string? state, PageRequest page, Db db, CancellationToken ct)
    {
        var rows = await WebhookLog.List(db, state == "waiting", page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<LoggedWebhook>.Of(rows, rows.Count == page.Limit ? rows[^1].Id : null);
    }
}

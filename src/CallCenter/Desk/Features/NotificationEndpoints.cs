using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Notifications;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>The ledger of everything that customers are told, for operators.</summary>
internal static class NotificationEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var notifications = desk.MapGroup("/operations/notifications").ForStaff(RoleNames.Operator, RoleNames.Admin);
        notifications.MapGet("", List);
        notifications.MapGet("/{id}/sends", async (string id, Db db, CancellationToken ct) => new SendsView(await SentLedger.Sends(db, id, ct).ConfigureAwait(false)));
        notifications.MapPost("/{id}/requeue", Requeue);
    }

    private static async Task<Page<LedgerLine>> List(string? state, PageRequest page, Db db, CancellationToken ct)
    {
        NotificationState? wanted = string.IsNullOrEmpty(state) ? null
            : EnumText<NotificationState>.TryParse(state, out var parsed) ? parsed
            : throw new BadInput("state", Texts.StateUnknown);
        var lines = await SentLedger.List(db, wanted, customer: null, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<LedgerLine>.Of(lines, lines.Count == page.Limit ? lines[^1].Id : null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Requeue(
        string id, ReasonBody body, CurrentStaff me, Db db, IJobAlarm alarm, TimeProvider clock, CancellationToken ct)
    {
        var reason = body.Checked();
        if (!await RequeueNotification.Execute(db, alarm, clock, id, ct).ConfigureAwait(false)) return Problems.NotFound();
        await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), "notifications.requeued", $"notification:{id}", reason, ct), ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    internal sealed record SendsView(IReadOnlyList<LedgerSend> Items);
}

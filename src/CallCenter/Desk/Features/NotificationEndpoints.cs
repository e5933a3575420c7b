using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
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
        desk.MapGet("/operations/notification-sums", Sums).ForStaff(RoleNames.Operator, RoleNames.Admin);
    }

    private static async Task<Page<LedgerLine>> List(string? state, PageRequest page, CurrentStaff me, Db db, CustomerAccesses accesses, CancellationToken ct)
    {
        NotificationState? wanted = string.IsNullOrEmpty(state) ? null
            : EnumText<NotificationState>.TryParse(state, out var parsed) ? parsed
            : throw new BadInput("state", Texts.StateUnknown);
        var lines = await SentLedger.List(db, wanted, customer: null, page.After, page.Limit, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Notification, lines.Select(l => l.Customer), ct).ConfigureAwait(false);
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

    private static async Task<Ok<SumsView>> Sums(Db db, TimeProvider clock, CancellationToken ct) => TypedResults.Ok(new SumsView(
        await SmsLedger.Of(db, clock, days: 1, ct).ConfigureAwait(false), await SmsLedger.Of(db, clock, days: 30, ct).ConfigureAwait(false),
        await SentLedger.Held(db, ct).ConfigureAwait(false), await SentLedger.PossibleDoubles(db, clock, days: 30, ct).ConfigureAwait(false)));

    /// <summary>Short messages of today and of the last 30 days, notifications that wait for their customers, and messages of 30 days that may have come twice.</summary>
    internal sealed record SumsView(SmsSums Today, SmsSums Days30, long Held, long PossibleDoubles);

    internal sealed record SendsView(IReadOnlyList<LedgerSend> Items);
}

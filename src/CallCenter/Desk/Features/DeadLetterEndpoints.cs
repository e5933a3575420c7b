using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Deliveries of events that were given up, for operators: look, start anew, drop.</summary>
internal static class DeadLetterEndpoints
{
    private delegate Task<bool> Change(Tx tx, Outbox outbox, string id, DateTimeOffset now, CancellationToken ct);

    public static void Map(IEndpointRouteBuilder desk)
    {
        var letters = desk.MapGroup("/operations/dead-letters").ForStaff(RoleNames.Operator, RoleNames.Admin);
        letters.MapGet("", List);
        letters.MapPost("/{id}/requeue", (string id, ReasonBody body, CurrentStaff me, Db db, Outbox outbox, TimeProvider clock, CancellationToken ct) =>
            Audited(DeadLetters.Requeue, "events.requeued", id, body, me, db, outbox, clock, ct));
        letters.MapPost("/{id}/drop", (string id, ReasonBody body, CurrentStaff me, Db db, Outbox outbox, TimeProvider clock, CancellationToken ct) =>
            Audited(DeadLetters.Drop, "events.dropped", id, body, me, db, outbox, clock, ct));
    }

    private static async Task<Page<DeadLetters.DeadLetter>> List(PageRequest page, Db db, CancellationToken ct)
    {
        var letters = await DeadLetters.List(db, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<DeadLetters.DeadLetter>.Of(
            [.. letters.Select(l => l with { LastError = Masking.PhonesIn(l.LastError) })],
            letters.Count == page.Limit ? letters[^1].Id : null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Audited(
        Change change, string action, string id, ReasonBody body, CurrentStaff me, Db db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var reason = body.Checked();
        var found = await db.InTransaction(async tx =>
        {
            if (!await change(tx, outbox, id, clock.GetUtcNow(), ct).ConfigureAwait(false)) return false;
            await Audit.Record(tx, clock, StaffId.Parse(me.Id), action, $"delivery:{id}", reason, ct).ConfigureAwait(false);
            return true;
        }, ct).ConfigureAwait(false);
        return found ? TypedResults.NoContent() : Problems.NotFound();
    }
}

using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Deliveries of events that were given up, for operators: look, start anew, drop.</summary>
internal static class DeadLetterEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var letters = desk.MapGroup("/operations/dead-letters").ForStaff(RoleNames.Operator, RoleNames.Admin);
        letters.MapGet("", List);
        letters.MapPost("/{id}/requeue", (string id, ReasonBody body, CurrentStaff me, Db db, Outbox outbox, TimeProvider clock, CancellationToken ct) =>
            AuditedChange.Execute(tx => DeadLetters.Requeue(tx, outbox, id, clock.GetUtcNow(), ct), "events.requeued", $"delivery:{id}", body, me, db, clock, ct));
        letters.MapPost("/{id}/drop", (string id, ReasonBody body, CurrentStaff me, Db db, Outbox outbox, TimeProvider clock, CancellationToken ct) =>
            AuditedChange.Execute(tx => DeadLetters.Drop(tx, outbox, id, clock.GetUtcNow(), ct), "events.dropped", $"delivery:{id}", body, me, db, clock, ct));
    }

    private static async Task<Page<DeadLetters.DeadLetter>> List(PageRequest page, Db db, CancellationToken ct)
    {
        var letters = await DeadLetters.List(db, page.After, page.Limit, ct).ConfigureAwait(false);
        return Page<DeadLetters.DeadLetter>.Of(
            [.. letters.Select(l => l with { LastError = Masking.PhonesIn(l.LastError) })],
            letters.Count == page.Limit ? letters[^1].Id : null);
    }
}

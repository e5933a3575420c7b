using System.Text.Json.Nodes;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Customers' records: merges and their undoing; export and erasure on a customer's wish. Everything with a reason, audited.</summary>
internal static class CustomerEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var customers = desk.MapGroup("/customers").ForStaff(RoleNames.Supervisor, RoleNames.Admin);
        customers.MapGet("/merges", Merges);
        customers.MapPost("/merges/{id}/undo", Undo);
        var privacy = desk.MapGroup("/privacy").ForStaff(RoleNames.Admin);
        privacy.MapPost("/customers/{id}/export", Export);
        privacy.MapPost("/customers/{id}/erasure", Erase).TakesIdempotencyKey();
        privacy.MapGet("/receipts/{receipt}", Receipt);
    }

    private static async Task<Page<ListedMerge>> Merges(PageRequest page, CurrentStaff me, Db db, CustomerAccesses accesses, CancellationToken ct)
    {
        var merges = await ListMerges.Execute(db, page.After, page.Limit, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Merge, merges.Select(m => m.IntoCustomer), ct).ConfigureAwait(false);
        return Page<ListedMerge>.Of(merges, merges.Count == page.Limit ? merges[^1].Id : null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Undo(
        string id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CustomersOptions options, CancellationToken ct) =>
        await UndoMerge.Execute(db, clock, options, id, StaffId.Parse(me.Id), Reason(body), ct).ConfigureAwait(false) ? TypedResults.NoContent() : Problems.NotFound();

    private static async Task<Ok<JsonObject>> Export(
        CustomerId id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, CustomerAccesses accesses, IEnumerable<IPersonalData> parts, CancellationToken ct)
    {
        var reason = Reason(body);
        await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), "customer.exported", "customer", reason, ct), ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Export, [id], ct).ConfigureAwait(false);
        return TypedResults.Ok(await ExportCustomer.Execute(db, parts, id, ct).ConfigureAwait(false));
    }

    private static async Task<Ok<ReceiptView>> Erase(
        CustomerId id, ReasonBody body, CurrentStaff me, Db db, DataKeys keys, IJobAlarm alarm, TimeProvider clock, CancellationToken ct)
    {
        Reason(body);
        var request = new ErasureRequest(ErasureOrigin.Staff, ErasureScope.Everything, "customer/" + id.Text) { Customer = id, By = StaffId.Parse(me.Id) };
        return TypedResults.Ok(new ReceiptView(await EraseCustomer.Ask(db, keys, alarm, clock, request, ct).ConfigureAwait(false)));
    }

    private static async Task<Results<Ok<ErasureReceipt>, ProblemHttpResult>> Receipt(string receipt, Db db, CancellationToken ct) =>
        await EraseCustomer.Find(db, receipt, ct).ConfigureAwait(false) is { } found ? TypedResults.Ok(found) : Problems.NotFound();

    private static string Reason(ReasonBody body) => body.Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);

    internal sealed record ReceiptView(string Receipt);
}

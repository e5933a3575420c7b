using System.Security.Cryptography;
using Courier.CallCenter.Ivr;
using Courier.CallCenter.Recording;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Records;

/// <summary>The records of calls, and their recordings: whoever listens says why, and it is noted.</summary>
internal static class CallEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var calls = desk.MapGroup("/calls").ForStaff(RoleNames.Agent, RoleNames.Supervisor, RoleNames.Admin);
        calls.MapGet("", List);
        calls.MapGet("/{id}", Show);
        calls.MapPost("/recordings/{id}/listen", Listen);
    }

    private static async Task<Page<CallRow>> List(
        string? phone, CustomerId? customer, PageRequest page, CurrentStaff me, Db db, DataKeys keys, CustomerAccesses accesses, CancellationToken ct)
    {
        var hash = phone is null ? null : TakeCallNotes.PeerHash(keys, phone.Trim());
        var found = await CallReading.List(db, hash, customer, page.After, page.Limit, ct).ConfigureAwait(false);
        await accesses.Note(me, LookedAtWhat.Call, found.Select(c => c.Customer).OfType<CustomerId>(), ct).ConfigureAwait(false);
        return Page<CallRow>.Of(found, found.Count == page.Limit ? found[^1].Id : null);
    }

    private static async Task<IResult> Show(string id, CurrentStaff me, Db db, CustomerAccesses accesses, CancellationToken ct)
    {
        if (await CallReading.Find(db, id, ct).ConfigureAwait(false) is not { } call) return Problems.NotFound();
        if (call.Customer is { } customer) await accesses.Note(me, LookedAtWhat.Call, [customer], ct).ConfigureAwait(false);
        return TypedResults.Ok(new CallView(
            call, await CallReading.LegsOf(db, id, ct).ConfigureAwait(false), await CallReading.RecordingsOf(db, id, ct).ConfigureAwait(false), await CallScores.Of(db, id, ct).ConfigureAwait(false)));
    }

    // It changes nothing, but the reason does not belong into an address that logs keep.
    private static async Task<IResult> Listen(
        string id, ReasonBody body, CurrentStaff me, Db db, TimeProvider clock, Recordings recordings, CustomerAccesses accesses, CancellationToken ct)
    {
        var reason = body.Checked() ?? throw new BadInput("reason", Texts.ReasonMissing);
        if (await CallReading.FindRecording(db, id, ct).ConfigureAwait(false) is not { ErasedAt: null } recording) return Problems.NotFound();
        await db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), "calls.listened", "recording:" + id, reason, ct), ct).ConfigureAwait(false);
        if (recording.Customer is { } customer) await accesses.Note(me, LookedAtWhat.Recording, [customer], ct).ConfigureAwait(false);
        try
        {
            return TypedResults.Stream(recordings.Play(id), "audio/wav", FormattableString.Invariant($"{recording.CallId}.wav"), enableRangeProcessing: true);
        }
        catch (Exception e) when (e is FileNotFoundException or CryptographicException)
        {
            throw new RuleBroken("calls.recording_unreadable", Texts.RecordingUnreadable); // on another node's disk, changed, or its key is gone
        }
    }

    internal sealed record CallView(CallRow Call, IReadOnlyList<LegFigures> Legs, IReadOnlyList<RecordingRow> Recordings, int? Score);
}

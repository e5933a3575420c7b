using Courier.CallCenter.Voice;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Ivr;

/// <summary>Prompts: operators write their texts, listen to them, and put recordings in their place.</summary>
internal static class PromptEndpoints
{
    private const int LargestRecording = 4 * 1024 * 1024;

    private static readonly TimeSpan LongestRecording = TimeSpan.FromMinutes(2);

    public static void Map(IEndpointRouteBuilder desk)
    {
        var prompts = desk.MapGroup("/ivr/prompts");
        prompts.MapGet("", List).ForStaff(EditionRights.Read);
        prompts.MapPut("/{name}", Change).ForStaff(EditionRights.Edit);
        prompts.MapGet("/{name}/sound", Listen).ForStaff(EditionRights.Read);
        prompts.MapPut("/{name}/recording", Record).ForStaff(EditionRights.Edit);
        prompts.MapDelete("/{name}/recording", Remove).ForStaff(EditionRights.Edit);
    }

    private static async Task<Ok<PromptList>> List(Prompts prompts, Recordings recordings, Db db, CancellationToken ct)
    {
        var all = (await prompts.Current(ct).ConfigureAwait(false)).All.Values.OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        var names = await StaffAccounts.DisplayNames(db, [.. all.Select(p => p.ChangedBy).OfType<StaffId>().Distinct()], ct).ConfigureAwait(false);
        return TypedResults.Ok(new PromptList([.. all.Select(p => new PromptView(
            p.Name, p.Text, recordings.Has(p.Name), p.ChangedBy is { } who ? names.GetValueOrDefault(who) ?? Texts.Product : null, p.ChangedAt))]));
    }

    // The new sound is made at once, so that the next caller need not wait for it.
    private static async Task<NoContent> Change(string name, TextBody body, CurrentStaff me, Prompts prompts, Announcer announcer, CancellationToken ct)
    {
        if (!Prompts.IsName(name)) throw new BadInput("name", Texts.PromptNameWrong);
        if (body.Text is not { } text || !Prompts.IsText(text)) throw new BadInput("text", Texts.PromptTextWrong);
        await prompts.Change(name, text.Trim(), StaffId.Parse(me.Id), ct).ConfigureAwait(false);
        await announcer.File(name, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> Listen(string name, Announcer announcer, CancellationToken ct) =>
        Prompts.IsName(name) && await announcer.File(name, ct).ConfigureAwait(false) is { } path ? TypedResults.PhysicalFile(path, "audio/wav") : Problems.NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> Record(
        string name, RecordingBody body, CurrentStaff me, Prompts prompts, Recordings recordings, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (!Prompts.IsName(name) || !(await prompts.Current(ct).ConfigureAwait(false)).Knows(name)) return Problems.NotFound();
        if (body.Content is not { Length: > 0 and <= LargestRecording } wav) throw new BadInput("content", Texts.RecordingWrong);
        try
        {
            await recordings.Keep(name, wav, LongestRecording, ct).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new BadInput("content", Texts.RecordingWrong);
        }
        await Note(db, clock, me, "prompt.recorded", name, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string name, CurrentStaff me, Recordings recordings, Db db, TimeProvider clock, CancellationToken ct)
    {
        if (!Prompts.IsName(name) || !recordings.Remove(name)) return Problems.NotFound();
        await Note(db, clock, me, "prompt.recording_removed", name, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static Task Note(Db db, TimeProvider clock, CurrentStaff me, string action, string name, CancellationToken ct) =>
        db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), action, "prompt:" + name, null, ct), ct);

    internal sealed record PromptView(string Name, string Text, bool IsRecorded, string? ChangedBy, DateTimeOffset? ChangedAt);

    internal sealed record PromptList(IReadOnlyList<PromptView> Items);

    internal sealed record TextBody(string? Text);

    internal sealed record RecordingBody(byte[]? Content);
}

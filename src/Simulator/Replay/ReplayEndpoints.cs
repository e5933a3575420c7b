using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Replay;

internal static class ReplayEndpoints
{
    const double Fastest = 100_000;

    public static void MapReplay(this IEndpointRouteBuilder group)
    {
        group.MapPost("/replay", Start);
        group.MapGet("/replay", async (DayReplay replay, CancellationToken ct) => await replay.Report(ct) is { } report
            ? Results.Json(report, Json.Wire) : Results.Problem(Texts.NoReplay, statusCode: StatusCodes.Status404NotFound));
        group.MapGet("/recording", Record);
    }

    /// <summary>Starts to play a day: file (a path on this machine, or "demo-day") or its text in lines.</summary>
    static async Task<IResult> Start(ReplayBody body, DayReplay replay, CancellationToken ct)
    {
        if (body.Speed is not (>= 0 and <= Fastest)) return Bad(Texts.ReplaySpeed);
        try
        {
            var day = body.Lines is { } lines ? DayFile.Parse(lines) : DayFile.Open(body.File ?? DayFile.DemoDay);
            if (!replay.Start(day, body.Speed, body.Again)) return Results.Problem(Texts.ReplayRuns, statusCode: StatusCodes.Status409Conflict);
        }
        catch (InvalidDataException wrong)
        {
            return Bad(wrong.Message);
        }
        if (body.Wait) await replay.WhenDone.WaitAsync(ct);
        return Results.Json(await replay.Report(ct), Json.Wire);
    }

    /// <summary>What happened between two moments, as a day's file: parcels with their moves, what customers did, texts.</summary>
    static async Task<IResult> Record(string? from, string? to, string? name, DayRecorder recorder, TimeProvider time, CancellationToken ct)
    {
        var end = to is null ? time.GetUtcNow() : Moment(to);
        if (Moment(from) is not { } start || end is not { } last || start >= last) return Bad(Texts.RecordingTimes);
        return Results.Text(await recorder.Write(name ?? "recording", start, last, ct), "application/jsonl; charset=utf-8");
    }

    static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    static IResult Bad(string why) => Results.Problem(why, statusCode: StatusCodes.Status400BadRequest);

    internal sealed record ReplayBody(string? File = null, string? Lines = null, double Speed = 480, bool Again = false, bool Wait = false);
}

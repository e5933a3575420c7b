using System.Buffers.Binary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Trunk;

/// <summary>Customers' telephones: who calls the hotline, presses what, hears what.</summary>
internal static class TrunkEndpoints
{
    public static void MapTrunk(this IEndpointRouteBuilder group)
    {
        group.MapGet("/calls", (TrunkCalls calls) => Results.Json(new { calls = calls.All.Select(View) }, Json.Wire));
        group.MapPost("/calls", Dial);
        group.MapGet("/calls/{id}", (string id, TrunkCalls calls) => calls.Find(id) is { } call ? Results.Json(View(call), Json.Wire) : Unknown());
        group.MapPost("/calls/{id}/keys", Press);
        group.MapDelete("/calls/{id}", HangUp);
        group.MapGet("/calls/{id}/sound", (string id, int? from, TrunkCalls calls) =>
            calls.Find(id) is { } call ? Results.Bytes(call.Sound.Heard(Math.Max(0, from ?? 0)), "application/octet-stream") : Unknown());
        group.MapGet("/calls/{id}/sound.wav", (string id, TrunkCalls calls) => calls.Find(id) is { } call ? Results.Bytes(Wav(call.Sound.Heard(0)), "audio/wav", $"{id}.wav") : Unknown());
    }

    static IResult Dial(DialWish wish, TrunkCalls calls)
    {
        var from = (wish.From ?? "").Trim();
        if (from.Length > 20 || !from.All(char.IsAsciiDigit)) return Results.Problem(Texts.CallerNumber, statusCode: StatusCodes.Status400BadRequest);
        return calls.Dial(from) is { } call ? Results.Json(View(call), Json.Wire, statusCode: StatusCodes.Status201Created) : Results.Problem(Texts.NoHotline, statusCode: StatusCodes.Status409Conflict);
    }

    static IResult Press(string id, KeysWish wish, TrunkCalls calls)
    {
        if (calls.Find(id) is not { } call) return Unknown();
        if (wish.Keys is not { Length: > 0 and <= 40 } keys || keys.Any(key => !char.IsAsciiDigit(key) && key is not ('*' or '#')))
            return Results.Problem(Texts.KeysForm, statusCode: StatusCodes.Status400BadRequest);
        if (call.State != TrunkCallState.Talking) return Results.Problem(Texts.CallNotRunning, statusCode: StatusCodes.Status409Conflict);
        call.Sound.Press(keys);
        return Results.Json(View(call), Json.Wire);
    }

    static async Task<IResult> HangUp(string id, TrunkCalls calls)
    {
        if (calls.Find(id) is not { } call) return Unknown();
        await call.HangUp();
        return Results.Json(View(call), Json.Wire);
    }

    static IResult Unknown() => Results.Problem(Texts.UnknownCall, statusCode: StatusCodes.Status404NotFound);

    static object View(TrunkCall call) => new
    {
        call.Id, call.From, call.Hotline, State = call.State switch { TrunkCallState.Calling => "calling", TrunkCallState.Talking => "talking", TrunkCallState.Ended => "ended", },
        call.StartedAt, call.AnsweredAt, call.EndedAt, call.Why, HeardSamples = call.Sound.Length,
    };

    // RIFF, one channel, 16 bit.
    static byte[] Wav(byte[] samples)
    {
        const int header = 44;
        var wav = new byte[header + samples.Length];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), header - 8 + samples.Length);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), CallSound.Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 2 * CallSound.Rate);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples.Length);
        samples.CopyTo(wav.AsSpan(header));
        return wav;
    }

    internal sealed record DialWish(string? From);

    internal sealed record KeysWish(string? Keys);
}

using Courier.Simulator.Carrier;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Play;

internal static class PlayEndpoints
{
    public static void MapPlay(this IEndpointRouteBuilder group)
    {
        group.MapGet("/state", (World world, CarrierLink carrier, Faults faults) => State(world, carrier, faults));
        group.MapPost("/speed", SetSpeed);
        group.MapPost("/play", (World world, CarrierLink carrier, Faults faults) => Set(world, carrier, faults, playing: true));
        group.MapPost("/pause", (World world, CarrierLink carrier, Faults faults) => Set(world, carrier, faults, playing: false));
        group.MapPost("/faults", SetFaults);
        group.MapDelete("/faults", (World world, CarrierLink carrier, Faults faults) =>
        {
            (faults.Sms, faults.CarrierIsDown) = (SmsFault.None, false);
            return State(world, carrier, faults);
        });
    }

    static IResult SetSpeed(SpeedBody body, World world, CarrierLink carrier, Faults faults)
    {
        if (body.Factor is not (>= 1 and <= 1000)) return Results.Problem(Texts.SpeedRange, statusCode: StatusCodes.Status400BadRequest);
        world.SetClock(speed: body.Factor);
        return State(world, carrier, faults);
    }

    static IResult Set(World world, CarrierLink carrier, Faults faults, bool playing)
    {
        world.SetClock(playing: playing);
        return State(world, carrier, faults);
    }

    static IResult SetFaults(FaultsBody body, World world, CarrierLink carrier, Faults faults)
    {
        if (body.Sms is not (null or "up" or "down" or "refuse") || body.Carrier is not (null or "up" or "down"))
            return Results.Problem(Texts.FaultValues, statusCode: StatusCodes.Status400BadRequest);
        if (body.Sms is { } sms) faults.Sms = sms switch { "down" => SmsFault.Down, "refuse" => SmsFault.Refuse, _ => SmsFault.None };
        if (body.Carrier is { } line) faults.CarrierIsDown = line == "down";
        return State(world, carrier, faults);
    }

    static IResult State(World world, CarrierLink carrier, Faults faults)
    {
        var clock = world.Clock;
        return Results.Json(new
        {
            worldTime = clock.At,
            clock.Speed,
            clock.Playing,
            parcels = world.Parcels.Count,
            live = world.LiveCount,
            waiting = world.Parcels.Sum(parcel => parcel.Unanswered.Count()),
            trouble = carrier.Trouble,
            faults = new { sms = faults.Sms.ToString().ToLowerInvariant(), carrier = faults.CarrierIsDown ? "down" : "none" },
        }, Json.Wire);
    }

    internal sealed record SpeedBody(double Factor);
    internal sealed record FaultsBody(string? Sms = null, string? Carrier = null);
}

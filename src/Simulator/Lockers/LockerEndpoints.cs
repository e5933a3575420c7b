using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Courier.Simulator.Carrier;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Lockers;

/// <summary>Plays lockers: somebody stands before one, types a code, and puts something in or takes it out. The product hears of it as from a real one, signed.</summary>
internal static class LockerEndpoints
{
    public static void MapLockers(this IEndpointRouteBuilder group)
    {
        group.MapPost("/lockers/{locker}/open", (string locker, OpenWish wish, LockerLine line, CancellationToken ct) => line.Post(locker, "open", new { code = wish.Code }, ct));
        group.MapPost("/lockers/{locker}/cells/{cell:int}/{what}", (string locker, int cell, string what, LockerLine line, CancellationToken ct) =>
            line.Post(locker, "reports", new { reports = new[] { new { id = line.NextId(), cell, @event = what } } }, ct));
    }

    internal sealed record OpenWish(string Code);
}

/// <summary>The line of the simulated lockers to the product.</summary>
internal sealed class LockerLine(HttpClient http, SimulatorOptions options, TimeProvider time)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    int _reports;

    /// <summary>An id that no report of these lockers had before.</summary>
    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeMilliseconds()}-{Interlocked.Increment(ref _reports)}");

    /// <summary>Posts as this locker does, and gives the product's answer.</summary>
    public async Task<IResult> Post(string locker, string path, object what, CancellationToken ct)
    {
        if (!options.Lockers.TryGetValue(locker, out var keys) || options.ProductAddress?.Invoke() is not { } address) return Results.NotFound();
        var body = JsonSerializer.SerializeToUtf8Bytes(what, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/device/v1/" + path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Signature.Put(request, body, keys.Key, keys.Secret, time.GetUtcNow());
        using var answer = await http.SendAsync(request, ct);
        return Results.Content(await answer.Content.ReadAsStringAsync(ct), answer.Content.Headers.ContentType?.ToString(), statusCode: (int)answer.StatusCode);
    }
}

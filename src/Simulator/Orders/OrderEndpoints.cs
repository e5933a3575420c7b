using System.Text.Json;
using Courier.Simulator.Carrier;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Orders;

/// <summary>Where the product tells the core of orders, signed.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder group) => group.MapPost("/orders", Take);

    static async Task<IResult> Take(HttpRequest request, OrderBook book, CarrierLink carrier, SimulatorOptions options, TimeProvider time, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        if (!Signature.Holds(request.Headers, body.ToArray(), options.CarrierKey, options.CarrierSecret, time.GetUtcNow())) return Results.Unauthorized();
        using var message = JsonDocument.Parse(body.ToArray());
        var data = message.RootElement.GetProperty("data");
        switch (message.RootElement.GetProperty("event").GetString())
        {
            case "order.placed.v1": book.Take(data); break;
            case "order.cancelled.v1": book.CallOff(data); break;
        }
        await carrier.SendAll(ct);
        return Results.NoContent();
    }
}

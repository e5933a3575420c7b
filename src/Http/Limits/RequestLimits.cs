using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Http.Limits;

/// <summary>So many requests a minute and network address at one endpoint.</summary>
internal sealed record GuestLimit(int PerMinute);

/// <summary>Limits how often callers ask: guests at each endpoint, and on marked endpoints each address, device and customer over all of them.</summary>
public sealed class RequestLimits
{
    private readonly LimitOptions _options;
    private readonly WindowCounts _guests, _addresses, _devices, _customers;

    /// <summary>Begins to count.</summary>
    public RequestLimits(LimitOptions options, TimeProvider clock)
    {
        _options = options;
        WindowCounts EachMinute() => new(clock, TimeSpan.FromMinutes(1));
        (_guests, _addresses, _devices, _customers) = (EachMinute(), EachMinute(), EachMinute(), EachMinute());
    }

    internal sealed record Mark;

    /// <summary>Before anybody's sign-in is looked at: by address, device and endpoint.</summary>
    internal Task CheckPlace(HttpContext context, RequestDelegate next)
    {
        var marks = context.GetEndpoint()?.Metadata;
        var address = CallerNames.Address(context);
        if (marks?.GetMetadata<GuestLimit>() is { } limit && _guests.Add($"{address} {context.GetEndpoint()!.DisplayName}", 1) > limit.PerMinute) return TooOften(_guests, context);
        if (marks?.GetMetadata<Mark>() is null) return next(context);
        if (_addresses.Add(address, 1) > _options.AddressPerMinute) return TooOften(_addresses, context);
        if (CallerNames.Device(context.Request) is { } device && _devices.Add(device, 1) > _options.DevicePerMinute) return TooOften(_devices, context);
        return next(context);
    }

    /// <summary>When it is known who asks: by customer.</summary>
    internal async Task CheckCustomer(HttpContext context, RequestDelegate next)
    {
        var isMarked = context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;
        var customer = isMarked ? (await CallerNames.Of(context).ConfigureAwait(false)).Customer : null;
        await (customer is not null && _customers.Add(customer, 1) > _options.CustomerPerMinute ? TooOften(_customers, context) : next(context)).ConfigureAwait(false);
    }

    private static Task TooOften(WindowCounts counts, HttpContext context) => Problems.TooOften(counts.UntilNext()).ExecuteAsync(context);
}

/// <summary>Puts limits on endpoints.</summary>
public static class Limited
{
    /// <summary>Counts the requests of each customer, device and address over all endpoints that say so (section <c>Limits</c>).</summary>
    public static T LimitsCallers<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new RequestLimits.Mark());

    /// <summary>
    /// What is asked for here could be guessed: an answer of 404 is a miss, as is what the endpoint reports (<see cref="CallerMisses.Count"/>);
    /// who misses too often is refused here for the rest of the hour.
    /// </summary>
    public static T CountsMisses<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new CallerMisses.Mark());
}

using Microsoft.AspNetCore.Http;

namespace Courier.Http.Limits;

/// <summary>Counts how often callers name numbers, links and invitations that show nothing: guessing is dearer than asking.</summary>
public sealed class CallerMisses
{
    private readonly LimitOptions _options;
    private readonly WindowCounts _counts;

    /// <summary>Begins to count.</summary>
    public CallerMisses(LimitOptions options, TimeProvider clock) => (_options, _counts) = (options, new WindowCounts(clock, TimeSpan.FromHours(1)));

    internal sealed record Mark;

    /// <summary>Adds misses that the answer's status does not tell.</summary>
    /// <param name="context">The request.</param>
    /// <param name="misses">How many.</param>
    public async Task Count(HttpContext context, int misses)
    {
        if (misses > 0) Add(await CallerNames.Of(context).ConfigureAwait(false), misses);
    }

    internal async Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var caller = await CallerNames.Of(context).ConfigureAwait(false);
        if (Names(caller).Any(name => _counts.Of(name.Key) >= name.Most))
        {
            await Problems.TooOften(_counts.UntilNext(), "request.too_many_misses", Texts.TooManyMisses).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        await next(context).ConfigureAwait(false);
        if (context.Response.StatusCode == StatusCodes.Status404NotFound) Add(caller, 1);
    }

    private void Add(Caller caller, int misses)
    {
        foreach (var (key, _) in Names(caller)) _counts.Add(key, misses);
    }

    private IEnumerable<(string Key, int Most)> Names(Caller caller)
    {
        yield return ("address:" + caller.Address, _options.AddressMissesPerHour);
        if (caller.Device is { } device) yield return ("device:" + device, _options.MissesPerHour);
        if (caller.Customer is { } customer) yield return ("customer:" + customer, _options.MissesPerHour);
    }
}

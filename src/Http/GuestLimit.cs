using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>So many requests a minute and network address.</summary>
internal sealed record GuestLimit(int PerMinute);

/// <summary>Counts guests' requests: fixed windows of a minute, in memory, each process for itself.</summary>
internal sealed class GuestCounter(TimeProvider clock)
{
    private const int MostKeys = 100_000;

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _minute;

    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GuestLimit>() is { } limit && Count(context) > limit.PerMinute)
            await Problems.TooOften(UntilNextMinute()).ExecuteAsync(context).ConfigureAwait(false);
        else
            await next(context).ConfigureAwait(false);
    }

    private int Count(HttpContext context)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _minute, minute) != minute || _counts.Count > MostKeys) _counts.Clear();
        var key = $"{context.Connection.RemoteIpAddress} {context.GetEndpoint()!.DisplayName}";
        return _counts.AddOrUpdate(key, 1, static (_, n) => n + 1);
    }

    private TimeSpan UntilNextMinute() => TimeSpan.FromSeconds(60 - clock.GetUtcNow().ToUnixTimeSeconds() % 60);
}

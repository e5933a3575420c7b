using System.Collections.Concurrent;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Ivr;

/// <summary>A flow that callers go through.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Which edition.</param>
/// <param name="Content">The nodes.</param>
internal sealed record LiveFlow(string Name, long Number, FlowContent Content);

/// <summary>
/// The live editions of flows, in memory. Once a second at most it is asked whether another has taken a flow's place, by whichever
/// process; while the database is away, the last known one goes on, or the one that the product brings.
/// </summary>
internal sealed class LiveFlows(Db db, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Snapshot> _known = new(StringComparer.Ordinal);

    /// <summary>The live edition; null when there is no such flow.</summary>
    public async ValueTask<LiveFlow?> Find(string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = _known.GetValueOrDefault(name);
        if (known is not null && now - known.AskedAt < Fresh) return known.Flow;
        try
        {
            var flow = await Read(name, known?.Flow, ct).ConfigureAwait(false);
            _known[name] = new(flow, now);
            return flow;
        }
        catch (Exception e) when (db.IsAway(e))
        {
            return known?.Flow ?? await Brought(name, ct).ConfigureAwait(false);
        }
    }

    private async Task<LiveFlow?> Read(string name, LiveFlow? known, CancellationToken ct)
    {
        if (await FlowStore.Head(db, name, ct).ConfigureAwait(false) is not { LiveNumber: > 0 and var live }) return null;
        if (known?.Number == live) return known;
        return await FlowStore.Load(db, name, live, ct).ConfigureAwait(false) is { } edition ? new LiveFlow(name, live, FlowContent.Read(edition.Content)) : null;
    }

    private static async Task<LiveFlow?> Brought(string name, CancellationToken ct)
    {
        if (!IvrSeed.Flows.Contains(name)) return null;
        using var reader = IvrSeed.Open(name + ".json");
        return new LiveFlow(name, 0, FlowContent.Read(await reader.ReadToEndAsync(ct).ConfigureAwait(false)));
    }

    private sealed record Snapshot(LiveFlow? Flow, DateTimeOffset AskedAt);
}

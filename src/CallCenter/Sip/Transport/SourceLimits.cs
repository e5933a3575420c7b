using System.Net;

namespace Courier.Sip.Transport;

/// <summary>A bucket of tokens for each address that asks, and the addresses that are not heard.</summary>
public sealed class SourceLimits(SourceLimitOptions options, TimeProvider clock)
{
    /// <summary>How many addresses are remembered at a time.</summary>
    public const int MostSources = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Source> _sources = [];

    /// <summary>How many addresses are remembered.</summary>
    public int Remembered { get { lock (_gate) return _sources.Count; } }

    /// <summary>Whether the address may ask once more; takes a token.</summary>
    public bool TryTake(IPAddress address)
    {
        if (IsTrusted(address)) return true;
        lock (_gate)
        {
            var source = Of(address);
            Refill(source);
            if (source.Tokens < 1) return false;
            source.Tokens--;
            return true;
        }
    }

    /// <summary>Whether nothing from the address is heard.</summary>
    public bool IsBanned(IPAddress address)
    {
        lock (_gate) return _sources.TryGetValue(address, out var source) && source.BannedUntil > clock.GetTimestamp();
    }

    /// <summary>An authentication of the address failed.</summary>
    public void Failed(IPAddress address)
    {
        if (IsTrusted(address)) return;
        lock (_gate)
        {
            var source = Of(address);
            if (++source.Failures < options.FailuresUntilBan) return;
            source.Failures = 0;
            source.BannedUntil = clock.GetTimestamp() + (long)(options.Ban.TotalSeconds * clock.TimestampFrequency);
        }
    }

    /// <summary>An authentication of the address succeeded.</summary>
    public void Succeeded(IPAddress address)
    {
        lock (_gate)
            if (_sources.TryGetValue(address, out var source)) source.Failures = 0;
    }

    private bool IsTrusted(IPAddress address)
    {
        foreach (var network in options.Trusted)
            if (network.Contains(address)) return true;
        return false;
    }

    private Source Of(IPAddress address)
    {
        if (_sources.TryGetValue(address, out var source)) return source;
        if (_sources.Count >= MostSources) Forget();
        return _sources[address] = new Source { Tokens = options.Burst, Refilled = clock.GetTimestamp() };
    }

    /// <summary>Takes out who has asked for nothing lately; when nobody is left to take out, everybody but those who are not heard begins anew.</summary>
    private void Forget()
    {
        foreach (var source in _sources.Values) Refill(source);
        var now = clock.GetTimestamp();
        foreach (var (address, source) in _sources)
            if (source.Tokens >= options.Burst && source.Failures == 0 && source.BannedUntil <= now) _sources.Remove(address);
        if (_sources.Count < MostSources) return;
        foreach (var (address, source) in _sources)
            if (source.BannedUntil <= now) _sources.Remove(address);
        if (_sources.Count >= MostSources) _sources.Clear();
    }

    private void Refill(Source source)
    {
        var now = clock.GetTimestamp();
        source.Tokens = Math.Min(options.Burst, source.Tokens + clock.GetElapsedTime(source.Refilled, now).TotalSeconds * options.PerSecond);
        source.Refilled = now;
    }

    private sealed class Source
    {
        public double Tokens { get; set; }

        public long Refilled { get; set; }

        public int Failures { get; set; }

        public long BannedUntil { get; set; } = long.MinValue;
    }
}

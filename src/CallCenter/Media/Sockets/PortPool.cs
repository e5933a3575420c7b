using System.Net;
using Microsoft.Extensions.Logging;

namespace Courier.Media.Sockets;

/// <summary>
/// The pairs of ports that legs use. A range is bound as a whole beforehand, so that no call waits for it and none of it is taken by others;
/// without a range the system chooses as they are needed. A pair that is given back rests for a while, because late packets of its last call
/// still come, and rests anew as long as they do: whoever goes on sending after a call could else be taken for the peer of the next one. Only
/// where there is no other it is taken all the same. The one used longest ago is taken first.
/// </summary>
internal sealed partial class PortPool(MediaOptions options, TimeProvider clock, ILogger log) : IDisposable
{
    private const int Attempts = 50, MostLooks = 20;

    private readonly Lock _gate = new();
    private readonly Queue<(PortPair Pair, long Since)> _free = [], _disturbed = [];
    private readonly List<PortPair> _all = [];
    private bool _closed;

    private bool HasRange => options.FirstPort > 0;

    /// <summary>How many pairs are bound.</summary>
    public int Bound { get { lock (_gate) return _all.Count; } }

    /// <summary>Binds the range. What is taken by others is left out and logged.</summary>
    public void BindRange()
    {
        if (!HasRange) return;
        var missing = 0;
        for (var port = options.FirstPort + options.FirstPort % 2; port + 1 <= options.LastPort; port += 2)
        {
            if (PortPair.TryBind(options.Address, port) is { } pair) Keep(pair);
            else missing++;
        }
        if (missing > 0) PortsTaken(log, missing, options.FirstPort, options.LastPort);
    }

    /// <summary>A pair that has rested, of a range else one that somebody still sends to; null when there is none.</summary>
    public PortPair? Take()
    {
        lock (_gate)
        {
            if (_closed) return null;
            if ((Rested(_free) ?? Rested(_disturbed)) is { } rested) return rested;
            if (HasRange) return _disturbed.TryDequeue(out var last) ? last.Pair : null;
            for (var i = 0; i < Attempts; i++)
            {
                if (PortPair.TryBind(options.Address, 0) is not { } pair) continue;
                _all.Add(pair);
                return pair;
            }
            return null;
        }
    }

    /// <summary>Gives a pair back.</summary>
    public void Return(PortPair pair)
    {
        lock (_gate) _free.Enqueue((pair, clock.GetTimestamp()));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var pair in _all) pair.Dispose();
        }
    }

    // The first that has rested and to which nobody sent meanwhile; the others go to those that are disturbed. Bounded, or a flood could hold up calls.
    private PortPair? Rested(Queue<(PortPair Pair, long Since)> pairs)
    {
        for (var looks = Math.Min(MostLooks, pairs.Count); looks > 0 && (pairs.Peek().Since == 0 || clock.GetElapsedTime(pairs.Peek().Since) >= options.PortRest); looks--)
        {
            var pair = pairs.Dequeue().Pair;
            if (pair.IsQuiet) return pair;
            pair.Drain();
            _disturbed.Enqueue((pair, clock.GetTimestamp()));
        }
        return null;
    }

    private void Keep(PortPair pair)
    {
        lock (_gate)
        {
            _all.Add(pair);
            _free.Enqueue((pair, 0));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pairs of media ports between {First} and {Last} are used by others and left out.")]
    private static partial void PortsTaken(ILogger logger, int count, int first, int last);
}

using System.Net;

namespace Courier.Simulator.Trunk;

/// <summary>The carrier's line to the hotline: customers' calls, and those of late.</summary>
internal sealed class TrunkCalls(SimulatorOptions options, TimeProvider time) : IDisposable
{
    const int Most = 50;

    readonly Lock _gate = new();
    readonly LinkedList<TrunkCall> _calls = []; // the newest first

    /// <summary>All of late, the newest first.</summary>
    public IReadOnlyList<TrunkCall> All { get { lock (_gate) return [.. _calls]; } }

    /// <summary>Calls the hotline; null when nobody can be called.</summary>
    /// <param name="from">the customer's number</param>
    public TrunkCall? Dial(string from)
    {
        if (options.Hotline?.Invoke() is not var (number, port)) return null;
        var call = new TrunkCall(from, number, new IPEndPoint(IPAddress.Loopback, port), time);
        lock (_gate)
        {
            if (_calls.Count >= Most && !Forget())
            {
                call.Dispose();
                return null;
            }
            _calls.AddFirst(call);
        }
        _ = call.Run();
        return call;
    }

    public TrunkCall? Find(string id) => All.FirstOrDefault(call => call.Id == id);

    public void Dispose()
    {
        foreach (var call in All) call.Dispose();
    }

    // The oldest that is over makes room.
    bool Forget()
    {
        for (var oldest = _calls.Last; oldest is not null; oldest = oldest.Previous)
        {
            if (oldest.Value.State != TrunkCallState.Ended) continue;
            _calls.Remove(oldest);
            return true;
        }
        return false;
    }
}

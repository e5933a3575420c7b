using System.Collections.Concurrent;
using Courier.Kernel;

namespace Courier.CallCenter.Switch;

/// <summary>The calls of this process.</summary>
internal sealed class Calls(CallCenterOptions options)
{
    private readonly ConcurrentDictionary<string, Call> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Call> _parked = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _running.Count;

    /// <summary>Whether there may be one more.</summary>
    public bool HasPlace => _running.Count < options.MostCalls;

    /// <summary>All of them, at this moment.</summary>
    public IReadOnlyList<Call> All() => [.. _running.Values];

    /// <summary>One of them; null when it is over or another process's.</summary>
    public Call? Find(string id) => _running.GetValueOrDefault(id);

    public void Add(Call call) => _running[call.Id] = call;

    /// <summary>Takes one out that is over; false when it was out already.</summary>
    public bool Remove(Call call) => _running.TryRemove(call.Id, out _);

    /// <summary>Finds a free place for a call to wait in, 701 to 799.</summary>
    /// <exception cref="RuleBroken">calls.no_slot</exception>
    public string TakeSlot(Call call)
    {
        for (var number = 701; number <= 799; number++)
        {
            var slot = FormattableString.Invariant($"{number}");
            if (_parked.TryAdd(slot, call)) return slot;
        }
        throw new RuleBroken("calls.no_slot", Texts.CallNoSlot);
    }

    /// <summary>The call that waits in a place; null when none does.</summary>
    public Call? Parked(string slot) => _parked.GetValueOrDefault(slot);

    /// <summary>Gives a place back.</summary>
    public void FreeSlot(string slot) => _parked.TryRemove(slot, out _);
}

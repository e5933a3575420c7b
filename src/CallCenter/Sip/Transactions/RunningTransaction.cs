using Courier.Sip.Messages;
using Courier.Sip.Transport;

namespace Courier.Sip.Transactions;

/// <summary>A transaction in the layer's tables, with the timers that run for it and who hears about it.</summary>
internal sealed class RunningTransaction(TransactionKey key, Transaction machine, Flow flow)
{
    private readonly Timed?[] _timers = new Timed?[Enum.GetValues<TransactionTimer>().Length];

    public TransactionKey Key { get; } = key;

    public Transaction Machine { get; } = machine;

    public Flow Flow { get; } = flow;

    public MergeKey? Merge { get; set; }

    public Incoming? Incoming { get; set; }

    public Outgoing? Outgoing { get; set; }

    public IResponseHandler? Handler { get; set; }

    public void Start(TimerWheel wheel, TransactionTimer timer, TimeSpan delay, Action<RunningTransaction, TransactionTimer> elapsed)
    {
        Stop(wheel, timer);
        _timers[(int)timer] = wheel.Start(delay, () => elapsed(this, timer));
    }

    public void Stop(TimerWheel wheel, TransactionTimer timer)
    {
        if (_timers[(int)timer] is not { } running) return;
        wheel.Stop(running);
        _timers[(int)timer] = null;
    }

    public void StopAll(TimerWheel wheel)
    {
        for (var timer = 0; timer < _timers.Length; timer++) Stop(wheel, (TransactionTimer)timer);
    }
}

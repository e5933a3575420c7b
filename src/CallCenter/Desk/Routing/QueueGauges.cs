using System.Diagnostics.Metrics;
using Courier.CallCenter.Agents;
using Courier.Kernel;

namespace Courier.CallCenter.Routing;

/// <summary>How each queue stands, for whoever watches the process: counted when it is asked for.</summary>
internal sealed class QueueGauges(CallQueues queues, AgentBoard board, QueueBook book, TimeProvider clock)
{
    /// <summary>Shows them from now on; called once, where the calls are.</summary>
    public void Show()
    {
        CourierMetrics.Meter.CreateObservableGauge("courier_queue_waiting", () => Each(q => Waiting(q).Count), description: "Callers who wait, by queue");
        CourierMetrics.Meter.CreateObservableGauge("courier_queue_call_backs", () => Each(q => queues.Snapshot().Count(e => e.IsCallBack && e.Queue == q.Code)), description: "Call-backs that keep a place, by queue");
        CourierMetrics.Meter.CreateObservableGauge("courier_queue_longest_wait_seconds", () => Each(LongestWait), description: "How long the first of those who wait has waited, by queue");
        CourierMetrics.Meter.CreateObservableGauge("courier_queue_agents_ready", () => Each(q => board.Snapshot().Count(a => a.State == AgentState.Ready && q.IsServedBy(a))), description: "Agents who could take a call now, by queue");
    }

    private List<Measurement<long>> Each(Func<CallQueue, long> figure) => [.. book.All.Select(q => new Measurement<long>(figure(q), new KeyValuePair<string, object?>("queue", q.Code)))];

    private List<QueueEntry> Waiting(CallQueue queue) => [.. queues.Snapshot().Where(e => !e.IsCallBack && e.Queue == queue.Code)];

    private long LongestWait(CallQueue queue)
    {
        var now = clock.GetUtcNow();
        return Waiting(queue).Select(e => (long)(now - e.Ticket.Since).TotalSeconds).DefaultIfEmpty().Max();
    }
}

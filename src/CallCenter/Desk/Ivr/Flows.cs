using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;
using Courier.Kernel.Data;
using Microsoft.Extensions.Logging;

namespace Courier.CallCenter.Ivr;

/// <summary>Takes callers through the flow that their hotline is bound to.</summary>
internal sealed partial class Flows(LiveFlows live, DeedBook deeds, NodeCounts counts, Db db, ILogger<Flows> log)
{
    private const string Survey = "survey", AnyPerson = "main";

    /// <summary>Runs the flow of the call to its end.</summary>
    /// <param name="line">The caller.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>How it ended; without such a flow the caller comes to a person at once.</returns>
    /// <exception cref="OperationCanceledException">The caller has hung up.</exception>
    public async Task<FlowEnd> Run(ICallerLine line, CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, line.Gone);
        if (await live.Find(line.Facts.Flow, both.Token).ConfigureAwait(false) is { } flow) return await Walk(flow, line, both.Token).ConfigureAwait(false);
        NoSuchFlow(log, line.Facts.Flow, line.Facts.Hotline);
        await line.Say(Speech.Named(Prompts.Absent), bargeIn: true, both.Token).ConfigureAwait(false);
        return new FlowEnd.ToQueue(AnyPerson, [], Services.Customers.CustomerTier.StandardCode, null, null);
    }

    /// <summary>Asks the caller, after a talk, what they think of it.</summary>
    /// <exception cref="OperationCanceledException">The caller has hung up.</exception>
    public async Task RunSurvey(ICallerLine line, CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, line.Gone);
        if (await live.Find(Survey, both.Token).ConfigureAwait(false) is { } flow) await Walk(flow, line, both.Token).ConfigureAwait(false);
    }

    private Task<FlowEnd> Walk(LiveFlow flow, ICallerLine line, CancellationToken ct) =>
        new FlowWalk(flow.Content, new FlowCall(line), deeds, (deed, call, stop) => deed.Do(call, stop), db, new Watcher(flow, counts, log)).ToItsEnd(ct);

    [LoggerMessage(LogLevel.Error, "There is no flow {Flow}, to which the hotline {Hotline} is bound; its callers come to a person at once")]
    private static partial void NoSuchFlow(ILogger log, string flow, string hotline);

    [LoggerMessage(LogLevel.Warning, "The database did not answer node {Node} of the flow {Flow}; the caller goes to a person")]
    private static partial void DatabaseAway(ILogger log, Exception error, string node, string flow);

    private sealed class Watcher(LiveFlow flow, NodeCounts counts, ILogger log) : IFlowWatcher
    {
        public void Entered(FlowNode node) => counts.Count(flow, node, entered: 1);

        public void WentOn(FlowNode node) => counts.Count(flow, node, wentOn: 1);

        public void HungUp(FlowNode node) => counts.Count(flow, node, hungUp: 1);

        public void CameOf(FlowNode node, string outcome)
        {
            // where calls go shows in the counts of the nodes that follow
        }

        public void Troubled(FlowNode node, Exception error) => DatabaseAway(log, error, node.Id, flow.Name);
    }
}

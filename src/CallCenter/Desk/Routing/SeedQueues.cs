using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.CallCenter.Routing;

/// <summary>A new installation has the main queue; from then on queues belong to the supervisors. With demo data there is one for complaints too.</summary>
internal sealed class SeedQueues(Db db, TimeProvider clock, DemoOptions demo) : IStartupTask
{
    private static readonly CallQueue[] Demo =
    [
        new() { Code = "complaint", Name = Texts.ComplaintQueue, Skills = [new SkillNeed("complaint", 1)], OverflowAfter = TimeSpan.FromMinutes(2), OverflowTo = CallQueue.MainCode },
    ];

    public Task Run(CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await tx.First<string>("select code from calls_queues limit 1", null, ct).ConfigureAwait(false) is not null) return;
        await QueueStore.Save(tx, CallQueue.Main, clock.GetUtcNow(), ct).ConfigureAwait(false);
        foreach (var queue in demo.Enabled ? Demo : []) await QueueStore.Save(tx, queue, clock.GetUtcNow(), ct).ConfigureAwait(false);
    }, ct);
}

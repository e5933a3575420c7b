using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.WechatGateway.Outgoing;

/// <summary>Forgets reports of consent that nobody repeats any more, and quotas of days that are long over.</summary>
internal sealed class PurgeSendLedgers(Db db, TimeProvider clock) : IScheduledJob
{
    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Execute("delete from wechat_grant_reports where at < @before", new { before = now.AddDays(-30) }, ct).ConfigureAwait(false);
        var day = now.AddDays(-60);
        await db.Execute("delete from wechat_quotas where day < @day", new { day = day.Year * 10000 + day.Month * 100 + day.Day }, ct).ConfigureAwait(false);
    }
}

using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;

namespace Courier.WechatGateway.Keywords;

/// <summary>Forgets counts of keywords and menu entries that are older than a year and a bit: enough to compare a week with the year before's.</summary>
internal sealed class PurgeUsage(Db db, TimeProvider clock) : IScheduledJob
{
    private const int KeepDays = 400;

    public Task Run(CancellationToken ct) =>
        db.Execute("delete from wechat_usage_days where subject in ('keyword', 'menu') and day < @day", new { day = ChinaTime.DayNumber(clock.GetUtcNow()) - KeepDays }, ct);
}

using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Rates;

/// <summary>Forgets quotes a day after their end, and accepted ones when no replay needs them any more; in portions, so that nobody waits long.</summary>
internal sealed class ForgetQuotes(Db db, TimeProvider clock, RatesOptions options) : IScheduledJob
{
    private const int Portion = 1000;

    // The derived table lets MariaDB read the table that it deletes from.
    private const string Given = "delete from rates_quotes where id in (select id from (select id from rates_quotes where valid_until < @before order by valid_until limit @Portion) over_now)";

    private const string Accepted =
        "delete from rates_accepted where quote_id in (select quote_id from (select quote_id from rates_accepted where accepted_at < @before order by accepted_at limit @Portion) over_now)";

    public async Task Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await Forget(Given, now - TimeSpan.FromDays(1), ct).ConfigureAwait(false);
        await Forget(Accepted, now - TimeSpan.FromDays(options.KeepAcceptedDays), ct).ConfigureAwait(false);
    }

    private async Task Forget(string sql, DateTimeOffset before, CancellationToken ct)
    {
        while (await db.Execute(sql, new { before, Portion }, ct).ConfigureAwait(false) == Portion) ct.ThrowIfCancellationRequested();
    }
}

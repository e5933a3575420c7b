using Courier.Kernel.Data;
using Courier.Testing;

namespace Courier.Gateway.Tests.Keywords;

public sealed class ForgettingOldCounts(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    [Fact]
    public async Task Uses_are_known_for_four_hundred_days()
    {
        var (app, db) = (gateway.App, gateway.App.Get<Db>());
        var today = (app.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 8 * 3_600_000L) / 86_400_000L;
        foreach (var day in new[] { today, today - 400, today - 401 })
            await db.Execute("insert into wechat_usage_days (day, app_id, subject, item, writer, uses, last_at) values (@day, 'wxforget', 'menu', 'i', 'w', 1, 1)", new { day });
        await app.RunJob("wechat.purge_usage");
        (await db.Query<long>("select day from wechat_usage_days where app_id = 'wxforget' order by day")).ShouldBe([today - 400, today]);
    }
}

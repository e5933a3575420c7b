using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies;

/// <summary>Which parcels a customer was asked four digits for. In the database: the digits may reach another process.</summary>
internal sealed class TailQuestions(Db db, TimeProvider clock, WechatOptions options)
{
    private const string Read = "select waybills from wechat_tail_questions where app_id = @appId and openid = @openId and until > @now";

    private const string Delete = "delete from wechat_tail_questions where app_id = @appId and openid = @openId";

    /// <summary>Keeps the question, in the place of an older one.</summary>
    public Task Keep(string appId, OpenId openId, IEnumerable<WaybillNumber> waybills, CancellationToken ct)
    {
        var sql = "insert into wechat_tail_questions (app_id, openid, waybills, until) values (@appId, @openId, @waybills, @until) "
            + db.Dialect.OnConflictUpdate("app_id, openid", "waybills", "until");
        return db.Execute(sql, new { appId, openId = openId.Text, waybills = string.Join(' ', waybills.Select(w => w.Text)), until = clock.GetUtcNow() + options.TailQuestion }, ct);
    }

    /// <summary>What was asked for; empty when nothing was, or too long ago.</summary>
    public async Task<IReadOnlyList<WaybillNumber>> Open(string appId, OpenId openId, CancellationToken ct)
    {
        var waybills = await db.First<string>(Read, new { appId, openId = openId.Text, now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        return waybills is null ? [] : [.. waybills.Split(' ').Select(WaybillNumber.Parse)];
    }

    /// <summary>The question is answered.</summary>
    public Task Close(string appId, OpenId openId, CancellationToken ct) => db.Execute(Delete, new { appId, openId = openId.Text }, ct);
}

using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Notifications;

namespace Courier.WechatGateway.Outgoing;

/// <summary>The calls whose days WeChat limits.</summary>
internal enum LimitedCall
{
    CustomMessage,
    Template,
    AccountSubscription,
    MiniProgramSubscription,
}

/// <summary>A call of an account on one day in China.</summary>
internal sealed record QuotaLine
{
    public required string AppId { get; init; }
    public required string CallName { get; init; }
    public required long Used { get; init; }
    public required long IsExhausted { get; init; }
}

/// <summary>
/// How much of the day's quota each account has left, counted by us; WeChat's 45009 corrects it. A portion reserves what it may need
/// and gives the rest back: a crash counts a little too much, never too little. Days are China's and begin at its midnight.
/// </summary>
internal sealed class SendQuotas(Db db, WechatOptions options, TimeProvider clock)
{
    private const string Read = "select used from wechat_quotas where app_id = @appId and call_name = @call and day = @day and is_exhausted = 0";

    private const string Add = "update wechat_quotas set used = used + @number where app_id = @appId and call_name = @call and day = @day";

    private const string End = "update wechat_quotas set is_exhausted = 1 where app_id = @appId and call_name = @call and day = @day";

    private const string OfDay =
        "select app_id as AppId, call_name as CallName, used, is_exhausted as IsExhausted from wechat_quotas where day = @day order by app_id, call_name";

    /// <summary>The next midnight in China.</summary>
    public DateTimeOffset NextDay => new DateTimeOffset(ChinaTime.In(clock.GetUtcNow()).Date, ChinaTime.Offset).AddDays(1);

    /// <summary>Takes one call of the day; false when the day's are used up.</summary>
    public async Task<bool> Take(Portion portion, string appId, LimitedCall call)
    {
        var allowance = await portion.Once((typeof(SendQuotas), appId, call), p => Reserve(p, appId, call)).ConfigureAwait(false);
        return allowance.TakeOne();
    }

    /// <summary>WeChat says that the day's quota is used up.</summary>
    public Task Exhausted(string appId, LimitedCall call, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var args = new { appId, call = Name(call), day = Today() };
        await tx.InsertRows("wechat_quotas", ["app_id", "call_name", "day"], [[appId, args.call, args.day]], ifAbsent: true, ct).ConfigureAwait(false);
        await tx.Execute(End, args, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>What was used today.</summary>
    public Task<IReadOnlyList<QuotaLine>> ToDay(CancellationToken ct) => db.Query<QuotaLine>(OfDay, new { day = Today() }, ct);

    /// <summary>How many a day an account may make.</summary>
    public long LimitOf(string appId, LimitedCall call)
    {
        var limits = options.Accounts.FirstOrDefault(a => string.Equals(a.AppId, appId, StringComparison.Ordinal))?.DailyLimits ?? options.DailyLimits;
        return call switch
        {
            LimitedCall.CustomMessage => limits.CustomMessage,
            LimitedCall.Template => limits.Template,
            LimitedCall.AccountSubscription => limits.AccountSubscription,
            LimitedCall.MiniProgramSubscription => limits.MiniProgramSubscription,
        };
    }

    private async Task<Allowance> Reserve(Portion portion, string appId, LimitedCall call)
    {
        var args = new { appId, call = Name(call), day = Today() };
        var reserved = await db.InTransaction(async tx =>
        {
            await tx.InsertRows("wechat_quotas", ["app_id", "call_name", "day"], [[appId, args.call, args.day]], ifAbsent: true).ConfigureAwait(false);
            if (await tx.First<long?>($"{Read} {tx.Dialect.ForUpdate}", args).ConfigureAwait(false) is not { } used) return 0L;
            var number = Math.Clamp(LimitOf(appId, call) - used, 0, portion.Messages.Count);
            if (number > 0) await tx.Execute(Add, new { args.appId, args.call, args.day, number }).ConfigureAwait(false);
            return number;
        }).ConfigureAwait(false);
        var allowance = new Allowance(reserved);
        portion.AtEnd(ct => allowance.Left == 0 ? Task.CompletedTask : db.Execute(Add, new { args.appId, args.call, args.day, number = -allowance.Left }, ct));
        return allowance;
    }

    private int Today()
    {
        var day = ChinaTime.Day(clock.GetUtcNow());
        return day.Year * 10000 + day.Month * 100 + day.Day;
    }

    private static string Name(LimitedCall call) => EnumText<LimitedCall>.Of(call);
}

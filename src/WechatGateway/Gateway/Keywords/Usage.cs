using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.WechatGateway.Keywords;

/// <summary>How often an item was used.</summary>
internal sealed record ItemUses
{
    /// <summary>A keyword row's id; a menu entry's key, address or page.</summary>
    public required string Item { get; init; }

    /// <summary>Since midnight in China.</summary>
    public required long Today { get; init; }

    /// <summary>In seven days, today included.</summary>
    public required long Week { get; init; }

    /// <summary>In thirty days, today included.</summary>
    public required long Month { get; init; }

    /// <summary>The last time.</summary>
    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>Reads how often keywords and menu entries were used.</summary>
internal static class Usage
{
    private const string OfItems =
        """
        select item, sum(case when day = @today then uses else 0 end) as Today, sum(case when day > @today - 7 then uses else 0 end) as Week,
               sum(uses) as Month, max(last_at) as LastAt
        from wechat_usage_days
        where subject = @subject and day > @today - 30 and day <= @today and (@appId = '' or app_id = @appId)
        group by item
        order by 4 desc
        limit 2000
        """;

    /// <summary>The items that were used within thirty days, the busiest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="clock">What day it is.</param>
    /// <param name="subject">Keywords or menu entries.</param>
    /// <param name="appId">Only in this account; empty for all.</param>
    /// <param name="ct">Ends the command.</param>
    public static Task<IReadOnlyList<ItemUses>> Of(ISqlReader db, TimeProvider clock, UsageSubject subject, string appId, CancellationToken ct) =>
        db.Query<ItemUses>(OfItems, new { subject = EnumText<UsageSubject>.Of(subject), appId, today = ChinaTime.DayNumber(clock.GetUtcNow()) }, ct);
}

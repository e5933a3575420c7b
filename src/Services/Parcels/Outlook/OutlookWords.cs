using System.Globalization;
using Courier.Services.Calendars;

namespace Courier.Services.Parcels;

/// <summary>Estimates and troubles as people read them.</summary>
public static class OutlookWords
{
    /// <summary>A whole sentence without a full stop: <c>预计明天 14:00–18:00 送达</c>.</summary>
    public static string Of(DeliveryEta eta, DateTimeOffset now)
    {
        var (likely, latest) = (ChinaTime.Words(eta.Likely, now), ChinaTime.Words(eta.Latest, now));
        if (eta.Latest <= eta.Likely) return $"预计{likely} 前送达";
        return ChinaTime.Day(eta.Likely) == ChinaTime.Day(eta.Latest)
            ? $"预计{likely}–{ChinaTime.In(eta.Latest).ToString("HH:mm", CultureInfo.InvariantCulture)} 送达"
            : $"预计{likely} 左右送达，最晚大多不过{latest}";
    }

    /// <summary>In a few words, for lists: <c>预计明天 18:00 前</c>.</summary>
    public static string Short(DeliveryEta eta, DateTimeOffset now) => $"预计{ChinaTime.Words(eta.Latest, now)} 前";

    /// <summary>What is said about a promise beside the estimate; null when there is nothing to say: no promise, or it will be kept.</summary>
    public static string? Promise(DateTimeOffset? promisedBy, DeliveryEta? eta, DateTimeOffset now)
    {
        if (promisedBy is not { } promised) return null;
        var said = $"承诺{ChinaTime.Words(promised, now)} 前送达";
        if (promised <= now) return said + "，已经晚了，很抱歉";
        if (eta is null) return said;
        return eta.Likely > promised ? said + "，预计会晚于承诺" : eta.Latest > promised ? said + "，可能晚于承诺" : null;
    }

    /// <summary>Why it does not move, and until when it usually does; two lines.</summary>
    public static IReadOnlyList<string> Of(ParcelTrouble trouble, DateTimeOffset now) => [trouble.Words, Usual(trouble, now)];

    private static string Usual(ParcelTrouble trouble, DateTimeOffset now)
    {
        var scanned = $"最近一次扫描：{ChinaTime.Words(trouble.LastScanAt, now)}{(trouble.LastPlace.Length > 0 ? $"（{trouble.LastPlace}）" : "")}";
        if (trouble.Reason == TroubleReason.NotFetched) return scanned;
        var usual = trouble.Usual is { } half ? $"这一步通常 {Length(half)}，" : "";
        if (trouble.NextBy is { } by) return $"{scanned}；{usual}最慢的也大多在{ChinaTime.Words(by, now)} 前有新进展";
        return trouble.Usual is null ? scanned : $"{scanned}；{usual}这次比以往都久，建议回复“人工”帮您催查";
    }

    private static string Length(TimeSpan time) =>
        time < TimeSpan.FromMinutes(90) ? $"{Math.Max(10, Math.Round(time.TotalMinutes / 10) * 10):0} 分钟"
        : time < TimeSpan.FromHours(48) ? $"{Math.Round(time.TotalHours):0} 小时" : $"{Math.Round(time.TotalDays):0} 天";
}

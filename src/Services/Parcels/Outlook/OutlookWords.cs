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
            : $"预计{likely} 左右送达，一般不晚于{latest}";
    }

    /// <summary>In a few words, for lists: <c>预计明天 18:00 前</c>.</summary>
    public static string Short(DeliveryEta eta, DateTimeOffset now) => $"预计{ChinaTime.Words(eta.Latest, now)} 前";

    /// <summary>What is said about a promise beside the estimate; null when there is nothing to say: no promise, or it will be kept.</summary>
    public static string? Promise(DateTimeOffset? promisedBy, DeliveryEta? eta, ParcelTrouble? trouble, DateTimeOffset now)
    {
        if (promisedBy is not { } promised) return null;
        var said = $"承诺{ChinaTime.Words(promised, now)} 前送达";
        return JudgePromise.Of(promised, eta, trouble, now) switch
        {
            PromiseOutlook.None or PromiseOutlook.Kept => null,
            PromiseOutlook.Unknown => said,
            PromiseOutlook.MayBreak => said + "，可能晚于承诺",
            PromiseOutlook.WillBreak => said + "，预计会晚于承诺",
            PromiseOutlook.Broken => said + "，已经晚了，很抱歉",
        };
    }

    /// <summary>Why it does not move, and until when it usually does; two lines.</summary>
    public static IReadOnlyList<string> Of(ParcelTrouble trouble, DateTimeOffset now) => [trouble.Words, Usual(trouble, now)];

    /// <summary>The same in a few words, for lists: <c>停留较久，通常最晚明天 14:00 前会有新进展</c>.</summary>
    public static string Short(ParcelTrouble trouble, DateTimeOffset now) =>
        Texts.WhyShort(trouble.Reason) + (trouble.NextBy is { } by ? $"，{(trouble.IsLongerThanEver ? "照一般的快慢" : "通常最晚")}{ChinaTime.Words(by, now)} 前会有新进展" : "");

    private static string Usual(ParcelTrouble trouble, DateTimeOffset now)
    {
        var scanned = $"最近一次扫描：{ChinaTime.Words(trouble.LastScanAt, now)}{(trouble.LastPlace.Length > 0 ? $"（{trouble.LastPlace}）" : "")}";
        if (trouble.Reason == TroubleReason.NotFetched) return scanned;
        var usual = trouble.Usual is { } half ? $"这一步一般 {Length(half)}，" : "";
        if (trouble.NextBy is not { } by) return $"{scanned}；{usual}以往的记录太少，说不准何时会有新进展，可以回复“人工”帮您催查";
        return trouble.IsLongerThanEver
            ? $"{scanned}；{usual}这次比以往都久。照一般的快慢，{ChinaTime.Words(by, now)} 前会有新进展，到时还没动请回复“人工”帮您催查"
            : $"{scanned}；{usual}通常最晚{ChinaTime.Words(by, now)} 前会有新进展";
    }

    private static string Length(TimeSpan time) =>
        time < TimeSpan.FromMinutes(90) ? $"{Math.Max(10, Math.Round(time.TotalMinutes / 10) * 10):0} 分钟"
        : time < TimeSpan.FromHours(48) ? $"{Math.Round(time.TotalHours):0} 小时" : $"{Math.Round(time.TotalDays):0} 天";
}

using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Knowledge;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// 台风影响快递吗, 深圳停运了吗, 公告: the incidents of the place that is named, else of the customer's own parcels, else all. Without
/// any, who asks for notices is told so; other words go on to the frequent questions. Words of one kind (放假, 清关, 下雨) mean incidents of
/// that kind only: somebody's holidays have nothing to do with a typhoon.
/// </summary>
internal sealed class IncidentQuestions(Db db, DataKeys keys, IncidentBoard board, Divisions divisions, CalendarsOptions calendars) : IReplyRule
{
    private const int LongestText = 40;

    private static readonly string[] AskForNotices = ["公告", "通知公告", "最新公告", "停运", "停发", "封路", "封控"];

    private static readonly string[] AskWhyLate =
        ["延误", "延迟", "台风", "暴雨", "暴雪", "大雪", "大雾", "洪水", "地震", "爆仓", "疫情", "受影响", "有影响吗", "影响快递", "影响派送"];

    private static readonly string[] OfHolidays = ["放假", "假期", "节假日", "国庆", "春节", "元旦", "五一", "端午", "中秋", "过年"], OfCustoms = ["清关", "海关"],
        OfWeather = ["下雨", "大雨", "下雪", "雨天", "雪天", "冰冻"];

    // 下雨天快递会不会湿 asks for something else.
    private static readonly string[] OfService = ["影响", "耽误", "延误", "延迟", "晚", "慢", "停", "送", "派", "发货", "收件", "寄", "上班", "放假", "休息", "营业"], OfDamage = ["湿", "淋", "坏", "破", "赔", "防水"];

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: > 0 and <= LongestText } text) return null;
        var forNotices = Says(text, AskForNotices);
        var kind = KindOf(text);
        if (!forNotices && kind is null && !Says(text, AskWhyLate)) return null;
        var shown = await board.Now(db, ct).ConfigureAwait(false);
        if (kind is not null && !forNotices)
        {
            shown = shown with { All = [.. shown.All.Where(i => i.Kind == kind)] };
            if (shown.All.Count == 0 && kind == IncidentKind.Holiday) return new Reply(Texts.NoHolidayNotice(calendars.Hotline));
        }
        if (shown.All.Count == 0) return forNotices ? new Reply(Texts.NoIncidents) : null;
        var places = PlacesIn(text);
        if (places.Count > 0)
            return new Reply(IncidentText.List(shown.About(places)) ?? Texts.NoIncidentsIn(places[0].Name));
        var mine = await ParcelIncidents.OfCustomer(db, keys, board, divisions, ask.Customer, ct).ConfigureAwait(false);
        return new Reply(mine.Count > 0 ? Texts.YourIncidents(IncidentText.List(mine)!) : Texts.AllIncidents(IncidentText.List(shown.All)!));
    }

    private static IncidentKind? KindOf(string text) =>
        Says(text, OfHolidays) && Says(text, OfService) ? IncidentKind.Holiday
        : Says(text, OfCustoms) ? IncidentKind.Customs
        : Says(text, OfWeather) && Says(text, OfService) && !Says(text, OfDamage) ? IncidentKind.Weather : null;

    // Streets are called 国庆, 和平, 新华: below cities only the whole name is a place here.
    private IReadOnlyList<Division> PlacesIn(string text)
    {
        var named = divisions.NamedIn(text).Candidates;
        return named.Any(p => p.Level is DivisionLevel.Province or DivisionLevel.City || text.Contains(p.Name, StringComparison.Ordinal)) ? named : [];
    }

    private static bool Says(string text, string[] words) => Array.Exists(words, w => text.Contains(w, StringComparison.Ordinal));
}

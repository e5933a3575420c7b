using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Knowledge;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// 台风影响快递吗, 深圳停运了吗, 公告: the incidents of the place that is named, else of the customer's own parcels, else all. Words of one
/// happening (台风, 放假, 清关) mean incidents of that kind, or that speak of it, only: somebody's holidays have nothing to do with a typhoon.
/// Without any, who asks is told so, unless a later rule knows the question. Claims, insurance and goods are never asked here (延误怎么赔).
/// </summary>
internal sealed class IncidentQuestions(Db db, DataKeys keys, IncidentBoard board, KnowledgeIndex knowledge, Divisions divisions, CalendarsOptions calendars) : IReplyRule
{
    private const int LongestText = 40;

    private static readonly string[] AskForNotices = ["公告", "通知公告", "最新公告", "停运", "停发", "封路", "封控"];

    private static readonly string[] AskWhyLate = ["延误", "延迟", "受影响", "有影响吗", "影响快递", "影响派送"], AsAQuestion = ["吗", "么", "没有", "会不会", "是不是", "？", "?"];

    private static readonly string[] OfHolidays = ["放假", "假期", "节假日", "国庆", "春节", "元旦", "五一", "端午", "中秋", "过年"], OfCustoms = ["清关", "海关"],
        OfWeather = ["下雨", "大雨", "下雪", "雨天", "雪天", "冰冻"];

    // 下雨天快递会不会湿 asks for something else.
    private static readonly string[] OfService = ["影响", "耽误", "延误", "延迟", "晚", "慢", "停", "送", "派", "发货", "收件", "寄", "上班", "放假", "休息", "营业"], OfDamage = ["湿", "淋", "坏", "破", "赔", "防水"];

    private static readonly string[] OfMoney = ["赔", "保险", "延误险", "运费险", "保价", "退款", "投诉"];

    private static readonly Happening Holidays = new("节假日", IncidentKind.Holiday), Customs = new("清关", IncidentKind.Customs), Weather = new("天气", IncidentKind.Weather);

    private static readonly Happening[] Happenings =
    [
        .. new[] { "台风", "暴雨", "暴雪", "大雪", "大雾", "洪水", "地震" }.Select(word => new Happening(word, IncidentKind.Weather)),
        new("爆仓", IncidentKind.Hub), new("疫情", null),
    ];

    private static readonly string[] Words = [.. AskForNotices, .. AskWhyLate, .. OfHolidays, .. OfCustoms, .. OfWeather, .. Happenings.Select(h => h.Word)];

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words is not { Length: > 0 and <= LongestText } text) return null;
        var forNotices = Says(text, AskForNotices);
        var about = forNotices ? null : HappeningIn(text);
        if (!forNotices && about is null && !Says(text, AskWhyLate)) return null;
        if (Says(text, OfMoney) || await IsAboutGoods(text, ct).ConfigureAwait(false)) return null;
        var all = await board.Now(db, ct).ConfigureAwait(false);
        var shown = about is null ? all : all with { All = [.. all.All.Where(about.IsIn)] };
        var places = PlacesIn(text);
        if (places.Count > 0 && shown.About(places) is { Count: > 0 } there) return new Reply(IncidentText.List(there)!);
        if (shown.All.Count == 0) return await None(ask, text, about, places, isAny: all.All.Count > 0, ct).ConfigureAwait(false);
        if (places.Count > 0) return new Reply(NoneIn(places[0].Name, about));
        var mine = await ParcelIncidents.OfCustomer(db, keys, board, divisions, ask.Customer, ct).ConfigureAwait(false);
        if (about is not null) mine = [.. mine.Where(about.IsIn)];
        return new Reply(mine.Count > 0 ? Texts.YourIncidents(IncidentText.List(mine)!) : Texts.AllIncidents(IncidentText.List(shown.All)!));
    }

    private static Happening? HappeningIn(string text) =>
        Says(text, OfHolidays) && Says(text, OfService) ? Holidays
        : Says(text, OfCustoms) ? Customs
        : Says(text, OfWeather) && Says(text, OfService) && !Says(text, OfDamage) ? Weather
        : Array.Find(Happenings, h => text.Contains(h.Word, StringComparison.Ordinal));

    // Of what is asked about one's own parcels, and of frequent questions, later rules know more. 延误了 is no question.
    private async Task<Reply?> None(Ask ask, string text, Happening? about, IReadOnlyList<Division> places, bool isAny, CancellationToken ct)
    {
        if (about == Holidays) return new Reply(Texts.NoHolidayNotice(calendars.Hotline));
        if (about == Customs) return null;
        if (places.Count > 0) return new Reply(NoneIn(places[0].Name, about));
        if (Says(text, AskForNotices)) return new Reply(Texts.NoIncidents);
        if ((about is null && !Says(text, AsAQuestion)) || ParcelQuestions.Topic.Of(ask.Words) is not null) return null;
        if (!CheckGoods.LooksLikeGoodsQuestion(text, out _) && await MatchFaq.Execute(db, knowledge, text, ct).ConfigureAwait(false) is not null) return null; // 台风天能寄吗 asks for no goods
        return new Reply(isAny ? NoneIn("", about) : Texts.NoIncidents);
    }

    private static string NoneIn(string place, Happening? about) => about is null ? Texts.NoIncidentsIn(place) : Texts.NoIncidentsOf(about.Word, place);

    // 疫情期间能寄口罩吗, but not 台风天能寄吗, where only the happening stands where goods could.
    private async Task<bool> IsAboutGoods(string text, CancellationToken ct) => CheckGoods.LooksLikeGoodsQuestion(text, out var goods)
        && (!Says(goods, Words) || (await CheckGoods.Execute(db, knowledge, goods, ct).ConfigureAwait(false)).Known.Count > 0);

    // Streets are called 国庆, 和平, 新华: below cities only the whole name is a place here.
    private IReadOnlyList<Division> PlacesIn(string text)
    {
        var named = divisions.NamedIn(text).Candidates;
        return named.Any(p => p.Level is DivisionLevel.Province or DivisionLevel.City || text.Contains(p.Name, StringComparison.Ordinal)) ? named : [];
    }

    private static bool Says(string text, string[] words) => Array.Exists(words, w => text.Contains(w, StringComparison.Ordinal));

    /// <summary>What may happen to parcels, as people call it, and the kind of its incidents; null where there is no such kind.</summary>
    private sealed record Happening(string Word, IncidentKind? Kind)
    {
        public bool IsIn(Incident incident) => incident.Kind == Kind || incident.Line.Contains(Word, StringComparison.Ordinal);
    }
}

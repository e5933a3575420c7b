using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// 台风影响快递吗, 深圳停运了吗, 公告: the incidents of the place that is named, else of the customer's own parcels, else all. Without
/// any, who asks for notices is told so; other words go on to the frequent questions.
/// </summary>
internal sealed class IncidentQuestions(Db db, DataKeys keys, IncidentBoard board, Divisions divisions) : IReplyRule
{
    private const int LongestText = 40;

    private static readonly string[] AskForNotices = ["公告", "通知公告", "最新公告", "停运", "停发", "封路", "封控"];

    private static readonly string[] AskWhyLate =
        ["延误", "延迟", "台风", "暴雨", "暴雪", "大雪", "大雾", "洪水", "地震", "爆仓", "疫情", "受影响", "有影响吗", "影响快递", "影响派送", "放假", "清关", "海关", "下雨", "大雨", "下雪", "雨天", "雪天", "冰冻"];

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: > 0 and <= LongestText } text) return null;
        var forNotices = Says(text, AskForNotices);
        if (!forNotices && !Says(text, AskWhyLate)) return null;
        var shown = await board.Now(db, ct).ConfigureAwait(false);
        if (shown.All.Count == 0) return forNotices ? new Reply(Texts.NoIncidents) : null;
        var places = divisions.NamedIn(text).Candidates;
        if (places.Count > 0)
            return new Reply(IncidentText.List(shown.About(places)) ?? Texts.NoIncidentsIn(places[0].Name));
        var mine = await ParcelIncidents.OfCustomer(db, keys, board, divisions, ask.Customer, ct).ConfigureAwait(false);
        return new Reply(mine.Count > 0 ? Texts.YourIncidents(IncidentText.List(mine)!) : Texts.AllIncidents(IncidentText.List(shown.All)!));
    }

    private static bool Says(string text, string[] words) => Array.Exists(words, w => text.Contains(w, StringComparison.Ordinal));
}

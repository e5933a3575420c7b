using System.Globalization;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Templates of subscription messages: /wxaapi/newtmpl/*, from a small library of the courier category.</summary>
internal static class NewTemplateCalls
{
    const int CategoryId = 612;

    static readonly IReadOnlyList<(int Tid, string Title, IReadOnlyList<(int Kid, string Name, string Rule)> Keywords)> library =
    [
        (1001, "快递派送通知", [(1, "快递单号", "character_string"), (2, "派送状态", "phrase"), (3, "派送时间", "time"), (4, "温馨提示", "thing")]),
        (1002, "取件通知", [(1, "快递单号", "character_string"), (2, "取件码", "character_string"), (3, "取件地点", "thing"), (4, "截止时间", "time")]),
        (1003, "服务进度通知", [(1, "服务事项", "thing"), (2, "当前进度", "phrase"), (3, "更新时间", "time"), (4, "备注", "thing")]),
        (1004, "寄件预约通知", [(1, "订单号", "character_string"), (2, "上门时间", "time"), (3, "寄件地址", "thing"), (4, "快递员电话", "phone_number")]),
        (1005, "退款通知", [(1, "订单号", "character_string"), (2, "退款金额", "amount"), (3, "退款原因", "thing")]),
    ];

    public static object Add(PlatformCall call)
    {
        var tid = call.Body.Number("tid");
        var entry = library.FirstOrDefault(known => known.Tid == tid);
        if (entry.Title is null) throw new PlatformError(200014, "template tid error", "模板库里没有这个 tid。");
        var kids = call.Body.Items("kidList").Select(item => item.TryGetInt32(out var kid) ? kid : 0).ToList();
        if (kids.Count is < 2 or > 5) throw new PlatformError(200021, "illegal kidList", "kidList 要有 2–5 个关键词。");
        var chosen = kids.Select(kid => entry.Keywords.FirstOrDefault(keyword => keyword.Kid == kid)).ToList();
        if (chosen.Any(keyword => keyword.Name is null)) throw new PlatformError(200020, "template keyword kid error", "kidList 里有这个模板没有的关键词。");
        var content = string.Join('\n', chosen.Select(keyword => string.Create(CultureInfo.InvariantCulture, $"{keyword.Name}：{{{{{keyword.Rule}{keyword.Kid}.DATA}}}}")));
        return new { errcode = 0, errmsg = "ok", priTmplId = TemplateCalls.Create(call.Platform, call.Account.AppId, null, entry.Title, content).TemplateId };
    }

    public static object Delete(PlatformCall call) => TemplateCalls.Remove(call, call.Required("priTmplId", 40037));

    /// <summary>type: 2 one time, 3 long term; the sandbox's templates serve one time.</summary>
    public static object Get(PlatformCall call) => new
    {
        errcode = 0,
        errmsg = "ok",
        data = call.Platform.TemplatesOf(call.Account.AppId).Select(template => new
        {
            priTmplId = template.TemplateId, title = template.Title, content = template.Content, example = "", type = 2,
        }).ToList(),
    };

    public static object Titles(PlatformCall call) => new
    {
        errcode = 0,
        errmsg = "ok",
        count = library.Count,
        data = library.Skip((int)(Whole(call, "start") ?? 0)).Take((int)(Whole(call, "limit") ?? 30))
            .Select(entry => new { tid = entry.Tid, title = entry.Title, type = 2, categoryId = CategoryId.ToString(CultureInfo.InvariantCulture) }).ToList(),
    };

    public static object Keywords(PlatformCall call)
    {
        var entry = library.FirstOrDefault(known => known.Tid == Whole(call, "tid"));
        if (entry.Title is null) throw new PlatformError(200014, "template tid error", "模板库里没有这个 tid。");
        return new
        {
            errcode = 0,
            errmsg = "ok",
            count = entry.Keywords.Count,
            data = entry.Keywords.Select(keyword => new { kid = keyword.Kid, name = keyword.Name, example = "", rule = keyword.Rule }).ToList(),
        };
    }

    public static object Categories(PlatformCall call) => new { errcode = 0, errmsg = "ok", data = new[] { new { id = CategoryId, name = "收件/派件" } } };

    static long? Whole(PlatformCall call, string name) =>
        long.TryParse(call.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

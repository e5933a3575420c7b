using System.Globalization;
using Courier.Kernel;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Parcels;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>What customers read in the chat about having a parcel brought another way.</summary>
internal static class DirectionTexts
{
    public const string NotYours = "没有找到可以这样办理的快件。请核对单号；绑定手机号后，寄给您和您寄出的快件就能办理。回复“绑定手机”加手机号开始绑定。";
    public const string StaysAsItIs = "好的，按原来的安排派送。";
    public const string NothingToUndo = "没有可以撤回的安排。已经按新安排处理的快件，着急请回复“人工”。";

    private const string Steps = "回复数字选择，回复“返回”回上一步。";

    /// <summary>A way, as it stands in the list.</summary>
    public static string Way(DirectionKind kind) => kind switch
    {
        DirectionKind.OtherTime => "换个时间送",
        DirectionKind.Hold => "暂存在网点",
        DirectionKind.OtherAddress => "改地址",
        DirectionKind.Locker => "放快递柜",
        DirectionKind.Station => "放驿站",
        DirectionKind.Neighbour => "邻居代收",
        DirectionKind.Intercept => "拦截退回",
        DirectionKind.Correct => "更正收件信息",
    };

    public static string NoneOnTheWay(DirectionKind? kind) => kind is DirectionKind.Intercept
        ? "没有找到您寄出的、还在路上的快件。绑定寄件时留的手机号后再试：回复“绑定手机”加手机号。"
        : $"没有找到寄给您的、可以{(kind is { } k ? Way(k) : "改派")}的快件。绑定收件时留的手机号后再试：回复“绑定手机”加手机号。";

    public static string WhichParcel(IReadOnlyList<MyParcel> parcels) =>
        $"是哪一件？请回复数字：\n{Numbered(parcels.Select(p => $"{p.Waybill}　{p.StatusText}　{p.Counterpart} 从{p.FromCity}寄出"))}";

    public static string WhichWarned(IReadOnlyList<WarnedParcel> parcels) => $"是哪一件？请回复数字：\n{Numbered(parcels.Select(p => p.Waybill.Text))}";

    public static string NotAllowed(string waybill, string reason) => $"{waybill} {reason}。着急请回复“人工”，客服帮您联系网点。";

    public static string NoWay(string waybill) => $"{waybill} 现在不能改派：要在派送之前，由收件人办理。着急请回复“人工”，客服帮您联系网点。";

    /// <summary>Several places of ours are called so.</summary>
    public static string WhichPlace(string waybill, IReadOnlyList<DirectionOption> options) => $"{waybill} 放到哪一个？\n{Numbered(options.Select(o => o.Text))}\n{Steps}";

    /// <summary>No place of ours is called so.</summary>
    public static string NoSuchPlace(string said, DirectionKind kind, IReadOnlyList<DirectionOption> near)
    {
        var what = kind is DirectionKind.Locker ? "快递柜" : "可以存放快件的网点";
        return near.Count == 0 ? $"收件地址所在的城市没有叫“{said}”的{what}。请再核对一下名称，或回复“返回”换一种方式。"
            : $"没有找到叫“{said}”的{what}。离收件地址近的有：\n{Numbered(near.Select(o => o.Text))}\n{Steps}";
    }

    /// <summary>What can be chosen, or what is to be said.</summary>
    public static string Offer(string waybill, DirectionKind? kind, IReadOnlyList<DirectionOption> options, DirectionKind? asked) => (kind, options.Count) switch
    {
        (null, _) => $"{waybill} {(asked is { } now ? $"已经申请{Way(now)}（回复“撤回”可取消）。要改成哪一种？" : "想怎么改？")}\n{Numbered(options.Select(o => o.Text))}\n{Steps}",
        (DirectionKind.OtherTime, _) => $"{waybill} 改到什么时候送？\n{Numbered(options.Select(o => o.Text))}\n{Steps}",
        (DirectionKind.Locker, 0) => $"{waybill} 放哪个快递柜？附近没有我们的快递柜，请回复柜子的名称或编号，或回复“返回”换一种方式。",
        (DirectionKind.Station, 0) => $"{waybill} 放哪个驿站？附近没有可以存放快件的网点，请回复网点的名称或编号，或回复“返回”换一种方式。",
        (DirectionKind.Locker or DirectionKind.Station, _) => $"{waybill} 放到哪里？\n{Numbered(options.Select(o => o.Text))}\n{Steps}也可以直接回复名称或编号。",
        (DirectionKind.Neighbour, _) => $"{waybill} 交给哪位邻居？请回复门牌和称呼，例如：3幢502张阿姨。请先和邻居说好。",
        _ => $"{waybill} 改送到哪里？请把新的收件人姓名、电话和地址一起发给我。",
    };

    public static string AddressIncomplete(ParsedAddress read) => read.Refusals.Count > 0
        ? $"这个地址还不能用：{string.Join('；', read.Refusals.Select(r => r.Reason.TrimEnd('。')))}。请补全后再发一次。"
        : "没看全新的收件信息。请把姓名、电话、省市区和详细地址一起发给我，例如：李雷 13800000000 浙江省杭州市西湖区文三路1号。";

    public static string WhatToCorrect(string waybill) =>
        $"要更正 {waybill} 收件人的什么？请回复其中一句：\n更正姓名 李雷\n更正电话 13800000000\n更正门牌 文三路1号3幢502\n换了城市或区县，请回复“改地址”。";

    public static string WrongCorrection(string field) => field switch
    {
        "name" => "姓名须为 1 到 50 个字，不能有星号。请再发一次，例如：更正姓名 李雷",
        "phone" => "这个电话号码不对。请再发一次，例如：更正电话 13800000000",
        _ => "详细地址须为 1 到 200 个字，不能有星号。请再发一次，例如：更正门牌 文三路1号3幢502",
    };

    public static string Really(string waybill, DirectionKind kind, DirectionDetail wish) => kind switch
    {
        DirectionKind.OtherAddress => $"要把 {waybill} 改送到：\n{Contact(wish.Recipient!)}\n确认请回复“是”，不改请回复“不”。",
        DirectionKind.Correct => $"要把 {waybill} 的收件人{Corrected(wish.Recipient!)}吗？确认请回复“是”，不改请回复“不”。",
        DirectionKind.Hold => $"要把 {waybill} 暂存在网点、先不派送吗？确认请回复“是”，不改请回复“不”。",
        DirectionKind.Intercept => $"要拦截 {waybill}、退回寄件人吗？确认请回复“是”，不退请回复“不”。",
        DirectionKind.Neighbour => $"{waybill} 交给邻居代收，是“{wish.Place}”吗？回复“是”确认；说错了，直接回复对的门牌和称呼；不改请回复“不”。",
        _ => $"{waybill} {Way(kind)}？确认请回复“是”，不改请回复“不”。",
    };

    /// <summary>It is asked for; the place by its name, for a code tells people nothing.</summary>
    public static string Done(string waybill, DirectionKind kind, DirectionDetail detail, string? place, DateTimeOffset now)
    {
        var what = kind switch
        {
            DirectionKind.OtherTime => $"改到{SendingTexts.SlotText(detail.From!.Value, detail.Until!.Value, now)}送",
            DirectionKind.Locker => $"放快递柜（{place}）",
            DirectionKind.Station => $"放驿站（{place}）",
            DirectionKind.Neighbour => $"由邻居代收（{place}）",
            DirectionKind.OtherAddress => "改送新地址",
            DirectionKind.Hold => "暂存在网点",
            DirectionKind.Intercept => "拦截退回",
            DirectionKind.Correct => Corrected(detail.Recipient!),
        };
        return kind is DirectionKind.Correct
            ? $"更正好了：{waybill} 的收件人{what}，已通知网点。回复“1”可以再核对一次。"
            : $"已通知网点：{waybill} {what}。网点处理前想改主意，回复“撤回”。";
    }

    public static string Undone(string waybill, DirectionKind kind) => $"已撤回：{waybill} 不再{Way(kind)}，按原来的安排派送。";

    private static string Corrected(PartyReport r) =>
        r.Name is { } name ? $"姓名改为{Masking.Name(name)}" : r.Phone is { } phone ? $"电话改为{(Phone.TryParse(phone, out var read) ? read.ToString() : "")}" : $"门牌改为{r.Detail}";

    private static string Contact(PartyReport r) => $"{r.Name} {(Phone.TryParse(r.Phone, out var phone) ? phone.ToString() : "")}{(r.Extension is null ? "" : $" 转 {r.Extension}")}\n{r.Province}{(r.City == r.Province ? "" : r.City)}{(r.District == r.City ? "" : r.District)} {r.Detail}";

    private static string Numbered(IEnumerable<string> texts) => string.Join('\n', texts.Select((t, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {t}")));
}

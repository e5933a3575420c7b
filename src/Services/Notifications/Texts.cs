using System.Globalization;
using Courier.Services.Network;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public const string OnTheWay = "运输途中";

    public static string Incident(string line) => $"{line}\n您有在途的快件可能受影响，发送运单号可以看最新进展。";

    public static string CellLost(OrderNumber order, LockerCode locker, CellReservationEnd reason) =>
        (reason == CellReservationEnd.Expired ? $"订单 {order.Spoken} 在快递柜 {locker} 预留的格口已到期释放。" : $"抱歉，快递柜 {locker} 的格口出了故障，订单 {order.Spoken} 预留的格口没有了。")
        + "\n您可以在订单里重新留一个格口，也可以换一个快递柜；想改成上门取件或送到网点，请取消后重新下单。\n回复“我的订单”查看和办理。";

    public static string Weighed(ParcelWeighed weighed) =>
        $"订单 {weighed.Number.Spoken} 的快件 {weighed.Waybill}：{SettlementWords.Of(weighed.ToldGrams, weighed.WeighedGrams, weighed.AgreedFen, weighed.WeighedFen)}。对重量有疑问请回复“人工”。";

    public const string LatePhrase = "可能晚到";
    public const string LateNote = "可回复1等待或2找人工";

    /// <summary>The promise with its date: quiet hours may hold the warning until tomorrow.</summary>
    public static string LateHead(string waybill, string promised) => $"抱歉，您的快件 {waybill} 可能赶不上承诺的时间（{promised} 前）。";

    public static string LateWorse(string waybill) => $"抱歉，您的快件 {waybill} 还会再晚一些。";

    public static string LateNow(string expected) => $"目前{expected}。";

    public static string Headline(ParcelStatus status, string waybill, string place) => status switch
    {
        ParcelStatus.PickedUp => place.Length == 0 ? $"您的快件 {waybill} 已揽收。" : $"您的快件 {waybill} 已由{place}揽收。",
        ParcelStatus.OutForDelivery => place.Length == 0 ? $"您的快件 {waybill} 正在派送。" : $"您的快件 {waybill} 正由{place}派送。",
        ParcelStatus.InLocker => place.Length == 0 ? $"您的快件 {waybill} 已存入快递柜，请及时取走。" : $"您的快件 {waybill} 已存入{place}，请及时取走。",
        ParcelStatus.InStation => place.Length == 0 ? $"您的快件 {waybill} 已到驿站，请及时领取。" : $"您的快件 {waybill} 已到{place}，请及时领取。",
        ParcelStatus.Signed => $"您的快件 {waybill} 已签收，感谢您的信任。",
        ParcelStatus.DeliveryFailed => $"您的快件 {waybill} 这次没有派送成功。",
        ParcelStatus.Held => place.Length == 0 ? $"您的快件 {waybill} 目前滞留，正在处理。" : $"您的快件 {waybill} 目前滞留在{place}，正在处理。",
        ParcelStatus.Returning => $"您的快件 {waybill} 正在退回寄件人。",
        ParcelStatus.Registered => $"您的快件 {waybill} 已下单，等待揽收。",
        ParcelStatus.Departed => place.Length == 0 ? $"您的快件 {waybill} 正在运输。" : $"您的快件 {waybill} 已从{place}发出。",
        ParcelStatus.Arrived => place.Length == 0 ? $"您的快件 {waybill} 已到达中转站点。" : $"您的快件 {waybill} 已到达{place}。",
        ParcelStatus.Refused => $"您的快件 {waybill} 已被拒收。",
        ParcelStatus.Returned => $"您的快件 {waybill} 已退回寄件人。",
        ParcelStatus.Damaged => $"很抱歉，您的快件 {waybill} 在途中疑似破损，正在核实。",
        ParcelStatus.Lost => $"很抱歉，您的快件 {waybill} 疑似遗失，正在查找。",
        ParcelStatus.Redirected => $"您的快件 {waybill} 已改派到新地址。",
        ParcelStatus.Cancelled => $"您的快件 {waybill} 已取消。",
    };

    public static string WhatNow(ParcelStatus status) => status switch
    {
        ParcelStatus.OutForDelivery => "请留意快递员的电话。",
        ParcelStatus.Signed => "如果不是您或您委托的人签收，请回复“人工”。",
        ParcelStatus.DeliveryFailed => "想改时间或改地址，请回复“人工”。",
        ParcelStatus.Held or ParcelStatus.Damaged or ParcelStatus.Lost or ParcelStatus.Refused => "需要帮助请回复“人工”。",
        ParcelStatus.PickedUp or ParcelStatus.InLocker or ParcelStatus.InStation or ParcelStatus.Returning or ParcelStatus.Registered
            or ParcelStatus.Departed or ParcelStatus.Arrived or ParcelStatus.Returned or ParcelStatus.Redirected or ParcelStatus.Cancelled => "",
    };

    /// <summary>At most five characters.</summary>
    public static string Phrase(ParcelStatus status) => status switch
    {
        ParcelStatus.Registered => "待揽收",
        ParcelStatus.PickedUp => "已揽收",
        ParcelStatus.Departed => "运输中",
        ParcelStatus.Arrived => "已到站点",
        ParcelStatus.OutForDelivery => "派送中",
        ParcelStatus.InLocker => "已入柜",
        ParcelStatus.InStation => "待自取",
        ParcelStatus.Signed => "已签收",
        ParcelStatus.DeliveryFailed => "派送未成功",
        ParcelStatus.Held => "滞留中",
        ParcelStatus.Refused => "已拒收",
        ParcelStatus.Returning => "退回中",
        ParcelStatus.Returned => "已退回",
        ParcelStatus.Damaged => "疑似破损",
        ParcelStatus.Lost => "疑似遗失",
        ParcelStatus.Redirected => "已改派",
        ParcelStatus.Cancelled => "已取消",
    };

    /// <summary>A template's note when there is neither reason nor hint; at most 20 characters.</summary>
    public static string Note(ParcelStatus status) => status switch
    {
        ParcelStatus.OutForDelivery => "请留意快递员的电话",
        ParcelStatus.InLocker or ParcelStatus.InStation => "请及时取件",
        ParcelStatus.Signed => "非本人签收请联系客服",
        ParcelStatus.DeliveryFailed => "改约请联系客服",
        ParcelStatus.Held or ParcelStatus.Damaged or ParcelStatus.Lost or ParcelStatus.Refused => "正在处理，可联系客服",
        ParcelStatus.PickedUp or ParcelStatus.Returning or ParcelStatus.Registered or ParcelStatus.Departed or ParcelStatus.Arrived
            or ParcelStatus.Returned or ParcelStatus.Redirected or ParcelStatus.Cancelled => "发送单号可查看全程",
    };

    /// <summary>A template's note for a parcel that waits with a code: the code first, then as much of the place as fits.</summary>
    public static string PickupCode(string code, string place) => $"取件码{code} {place}".TrimEnd();

    /// <summary>Several notices as one message, in their order.</summary>
    public static string Several(IReadOnlyList<string> notices) =>
        $"您有{notices.Count}个快件有更新：\n" + string.Join("\n", notices.Select((n, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {WithoutAddress(n)}")));

    /// <summary>A template's word for the other changes that came with it.</summary>
    public static string AndMore(int others) => $"另有{others}件更新；";

    private static string WithoutAddress(string notice) => notice.StartsWith("您的快件 ", StringComparison.Ordinal) ? notice["您的快件 ".Length..] : notice;

    public static string Reason(string reason) => $"原因：{reason.TrimEnd('。')}。";

    public static string PickupHint(string hint) => $"取件提示：{hint}";

    public static string Time(DateTimeOffset china) => string.Create(CultureInfo.InvariantCulture, $"时间：{china.Month}月{china.Day}日 {china:HH:mm}");
}

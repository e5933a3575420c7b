using System.Globalization;

namespace Courier.Services.Network;

/// <summary>What operators read about outlets and customers about lockers.</summary>
internal static class Texts
{
    public const string HoursMissing = "请填写营业时间；要停业请选“暂停营业”。";

    public const string LockerFull = "这个快递柜没有合适的空格口了，请换一个附近的快递柜，或改为网点寄件、上门取件。";
    public const string LockerClosed = "这个快递柜暂停使用，请换一个附近的快递柜。";
    public const string HolderElsewhere = "已经在另一个快递柜预留了格口，请先取消那个再换。";
    public const string CellUnknown = "这个快递柜没有这个格口";
    public const string ReportId = "上报编号须为 1 到 64 个字符";
    public const string ReportEvent = "上报内容须为 stored、taken_out、out_of_order 或 repaired";
    public const string CellNotAllowed = "格口现在的状态不能这样操作。";

    public const string NoSending = "这个网点不收寄快件";

    public static string TooHeavy(long grams) => string.Create(CultureInfo.InvariantCulture, $"这个网点最重收 {grams / 1000.0:0.#} 公斤");

    public static string TooLong(int mm) => string.Create(CultureInfo.InvariantCulture, $"这个网点收的快件单边不超过 {mm / 10.0:0.#} 厘米");

    public static string TooLarge(int mm) => string.Create(CultureInfo.InvariantCulture, $"这个网点收的快件长宽高之和不超过 {mm / 10.0:0.#} 厘米");

    public const string AreaUnknown = "没有找到这个地方，请核对省、市、区县的名称。";

    public static string AreaServed(string where, string outlet, bool pickup, bool sending) => pickup
        ? $"{where}可以上门取件，也可以派送到门，由{outlet}负责。"
        : sending ? $"{where}可以派送到门；暂不上门取件，寄件请到{outlet}。" : $"{where}可以派送到门，由{outlet}负责；暂不收寄。";

    public static string AreaInParts(string where) => $"{where}有一部分在服务范围内，请补充街道或乡镇，才能确定能不能上门。";

    public static string AreaBeyond(string where, string outlet) => $"{where}暂时不能上门取件和派送到门，快件会存放在{outlet}，请到那里寄件或自取。";

    public static string AreaOutside(string where, string around, string outlet) => $"{where}不在我们的服务范围内。离得最近的是{around}的{outlet}，可以到那里寄件或自取。";

    public static string AreaNowhere(string where) => $"{where}不在我们的服务范围内，附近也没有我们的网点。";

    /// <summary>Reason in the audit trail: what the hours were and are, and why.</summary>
    public static string? Changed(string old, string now, string? reason) => old == now ? reason : $"{old} → {now}{(reason is null ? "" : $"：{reason}")}";
}

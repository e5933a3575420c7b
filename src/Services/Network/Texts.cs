using System.Globalization;

namespace Courier.Services.Network;

/// <summary>What operators read about outlets and customers about lockers.</summary>
internal static class Texts
{
    public const string HoursMissing = "请填写营业时间；要停业请选“暂停营业”。";

    public const string LockerFull = "这个快递柜没有合适的空格口了，请换一个附近的快递柜，或改为网点寄件、上门取件。";
    public const string LockerClosed = "这个快递柜暂停使用，请换一个附近的快递柜。";
    public const string HolderElsewhere = "已经在另一个快递柜预留了格口，请先取消那个再换。";
    public const string CellNotAllowed = "格口现在的状态不能这样操作。";

    public const string NoSending = "这个网点不收寄快件";

    public static string TooHeavy(long grams) => string.Create(CultureInfo.InvariantCulture, $"这个网点最重收 {grams / 1000.0:0.#} 公斤");

    public static string TooLong(int mm) => string.Create(CultureInfo.InvariantCulture, $"这个网点收的快件单边不超过 {mm / 10.0:0.#} 厘米");

    public static string TooLarge(int mm) => string.Create(CultureInfo.InvariantCulture, $"这个网点收的快件长宽高之和不超过 {mm / 10.0:0.#} 厘米");

    /// <summary>Reason in the audit trail: what the hours were and are, and why.</summary>
    public static string? Changed(string old, string now, string? reason) => old == now ? reason : $"{old} → {now}{(reason is null ? "" : $"：{reason}")}";
}

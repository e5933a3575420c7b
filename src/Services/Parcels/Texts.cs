namespace Courier.Services.Parcels;

/// <summary>What customers and the carrier cores' operators read.</summary>
internal static class Texts
{
    public const string Malformed = "内容不是有效的对象，或某个字段类型不符";
    public const string EventId = "事件编号须为 1 到 64 个字符";
    public const string WaybillInvalid = "运单号须为 6 到 32 位字母、数字或连字符";
    public const string WaybillUnknown = "该运单未由本系统登记";
    public const string WaybillTaken = "该运单已由其他系统登记";
    public const string EventCode = "状态代码无法识别";
    public const string EventTime = "时间须为带时区的 RFC 3339 格式，且不得早于 2000 年或晚于当前时间一天以上";
    public const string Weight = "重量须在 0 到 100000000 克之间";
    public const string PromisedBy = "承诺送达时间须为带时区的 RFC 3339 格式";

    public static string TooLong(string field, int most) => $"{field} 不得超过 {most} 个字符";

    public static string Side(string side) => side == "sender" ? "寄件人" : "收件人";

    public static string PartyMissing(string who) => $"缺少{who}信息";

    public static string PartyName(string who) => $"{who}姓名须为 1 到 100 个字符";

    public static string PartyMasked(string who) => $"{who}信息含有星号，请提供未脱敏的内容";

    public static string PartyPhone(string who) => $"{who}电话号码无效";

    public static string PartyAddress(string who) => $"{who}地址过长";

    public const string Ask = "回复“1”可核对收寄方信息";
    public const string AskForStaff = "长时间未更新可回复“人工”联系客服";
    public const string NoRoutes = "运单已登记，等待快递员揽收";
    public const string FollowedNote = "状态有变化时会第一时间通知您";

    public static string StaleFor(int days) => $"已有{days}天没有新的物流记录";

    public static string Unknown(string waybill) => $"单号 {waybill} 暂时没有可以给您看的信息。";

    public const string MaybeTail = "· 如果是您寄收的快递，请回复收件人或寄件人手机号的后四位";
    public const string TailForSeveral = "需验证的，请直接回复收件人或寄件人手机号后四位";
    public const string MaybeMistyped = "· 号码可能输错：校验位不符，请对照面单核对";
    public const string MaybeTooNew = "· 可能刚下单、快递员尚未录入，请稍后再查";

    public static string MaybeOther(string carriers) => $"· 也可能是其他快递公司的单号：{carriers}";

    public static string LeftOut(int numbers) => $"一次最多查 {ReadWaybills.Most} 个单号，还有 {numbers} 个没有查，请分开再发";

    public static string TooManyTries(string waybill) => $"单号 {waybill} 的验证次数过多，请一小时后再试。";

    public static string Waiting(string place) => place.Length > 0 ? $"存放位置：{place}" : "请凭取件码及时领取";
}

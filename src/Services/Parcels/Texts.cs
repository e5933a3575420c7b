using Courier.Services.Customers;

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

    public static string PartyExtension(string who) => $"{who}分机号只能是 1 到 8 位数字";

    public static string PartyAddress(string who) => $"{who}地址过长";

    public const string SizeWrong = "尺寸须为 S、M 或 L，没有量过就不填";
    public const string WayWrong = "交付方式须为 to_door、locker、station、front_door 或 neighbour";
    public const string DepositBy = "须注明由谁投放，1 到 64 个字符，如 courier:1001";

    /// <summary>One way to deliver, for the courier.</summary>
    public static string Way(ConsentKind kind, ConsentAnswer answer, IReadOnlyList<ParcelSize> except, string? place)
    {
        var name = kind switch
        {
            ConsentKind.ToDoor => "送货上门",
            ConsentKind.Locker => "快递柜",
            ConsentKind.Station => "驿站",
            ConsentKind.FrontDoor => "放门口",
            ConsentKind.Neighbour => "邻居代收",
        };
        var ground = answer.Ground switch
        {
            ConsentGround.Given => "收件人已同意",
            ConsentGround.Withdrawn => "收件人不同意",
            ConsentGround.NeverAsked => "收件人没有表示同意",
            ConsentGround.Law => "按合同",
            ConsentGround.Chosen => place is { Length: > 0 } ? $"收件人指定：{place}" : "收件人指定",
            ConsentGround.UnknownRecipient => "没有收件人的同意",
        };
        var sizes = except.Count == 0 ? "" : $"；{string.Join('、', except.Select(SizeName))}{(answer.IsAllowed ? "不可以" : "可以")}";
        return $"{name}{(answer.IsAllowed ? "可以" : "不可以")}（{ground}{sizes}）";
    }

    private static string SizeName(ParcelSize size) => size switch
    {
        ParcelSize.S => "小件",
        ParcelSize.M => "中件",
        ParcelSize.L => "大件",
    };

    public const string Ask = "回复“1”可核对收寄方信息";
    public const string AskByWord = "回复“核对收寄方”可核对收寄方信息";
    public const string AskForStaff = "长时间未更新可回复“人工”联系客服";
    public const string Help = "需要帮忙可回复“人工”";
    public const string NoRoutes = "运单已登记，等待快递员揽收";
    public const string FollowedNote = "状态有变化时会第一时间通知您";

    public const string NoEta = "送达时间暂时说不准，一有进展马上重新估算";
    public const string LateChoices = "您可以回复：\n1　继续等，有变化马上告诉您\n2　找人工\n3　看赔付规则";

    public const string RedirectChoice = "4　改派：换个时间、地址，或放快递柜、驿站";

    public const string DirectionTaken = "已经按您的要求处理，不能撤回";

    public static string DirectionNotAllowed(DirectionKind kind, ParcelStatus status) => $"快件{ParcelWords.Of(status)}，现在不能{Of(kind)}";

    public static string DirectionOfOtherSide(DirectionKind kind) => kind is DirectionKind.Intercept ? $"{Of(kind)}只能由寄件人办理，收件人可以拒收或改派" : $"{Of(kind)}只能由收件人办理，请让收件人来办";

    public static string DirectionFixed(DirectionKind kind) => $"这种产品寄出以后不能{Of(kind)}";

    public const string NotPickedUpYet = "快件还没有取件，不用拦截：取消订单就不会寄出";

    public const string NoteTooLong = "留言不得超过 200 个字";
    public const string PlaceMissing = "请填写放在哪里，不超过 100 个字";
    public const string LockerUnknown = "没有找到这个快递柜，请填写我们的快递柜的编号或全名";
    public const string StationUnknown = "没有找到这个可以存放快件的网点，请填写网点的编号或全名";
    public const string PlaceNotUnique = "有几个地方叫这个名字，请填写编号";
    public const string RecipientNameWrong = "姓名须为 1 到 50 个字，不能有星号";
    public const string RecipientPhoneWrong = "电话号码不对";
    public const string RecipientExtensionWrong = "分机号须为 1 到 8 位数字";
    public const string RecipientRegionWrong = "没有找到这个地区，请核对省、市、区县";
    public const string RecipientDetailWrong = "详细地址须为 1 到 200 个字，不能有星号";
    public const string HoldUntilWrong = "留存不超过 30 天";

    public static string DeliveryTimeWrong(int days, string hours) => $"请选择 {days} 天以内、同一天 {hours} 之间、至少一个小时的派送时间";

    private static string Of(DirectionKind kind) => kind switch
    {
        DirectionKind.OtherTime => "改约派送时间",
        DirectionKind.Hold => "暂存",
        DirectionKind.OtherAddress => "改派地址",
        DirectionKind.Locker => "改投快递柜",
        DirectionKind.Station => "改投驿站",
        DirectionKind.Neighbour => "改由邻居代收",
        DirectionKind.Intercept => "拦截退回",
        DirectionKind.Correct => "更正收件信息",
    };

    public const string FileNotText = "文件不是文本：请存成 CSV，编码为 UTF-8 或 GBK";
    public const string FileEmpty = "文件里没有内容";

    public static string FileColumnsMissing(IEnumerable<string> columns) => $"第一行缺少这些列：{string.Join('、', columns)}";

    public static string FileTaken(int accepted, int duplicates, int refused) => $"新增 {accepted} 行，已有 {duplicates} 行，拒收 {refused} 行";

    public const string OrderCancelled = "订单已取消";

    public const string ShareOver = "快件已经完成超过一天，不能再分享了";

    /// <summary>Postal law, the civil code and GB/T 27917.3; the sums are a matter of each contract.</summary>
    public const string RefundRule =
        "【延误怎么赔】\n"
        + "· 同城快件超过承诺时间 3 天、异地快件超过 7 天仍未送到，按“彻底延误”处理，可以按丢失申请赔偿。\n"
        + "· 买了保价：按保价约定赔。没有保价：按《民法典》和寄件时的服务合同赔，合同对限额的约定须事先醒目提示；因天气等不可抗力造成的延误除外。\n"
        + "· 没到上面的天数但影响了您：可以找人工登记，我们核实后按寄件合同减免或退还运费。\n"
        + "· 我们收到投诉 7 天内答复；不满意或没有答复，可拨打 区号+12305 向邮政管理部门申诉。\n"
        + "回复“2”找人工登记，回复“1”继续等。";

    public static string StaleFor(int days) => $"已有{days}天没有新的物流记录";

    public static string Unknown(string waybill) => $"单号 {waybill} 暂时没有可以给您看的信息。";

    public const string MaybeTail = "· 如果是您寄收的快递，请回复收件人或寄件人手机号的后四位";
    public const string TailForSeveral = "需验证的，请直接回复收件人或寄件人手机号后四位";
    public const string MaybeMistyped = "· 号码可能输错：校验位不符，请对照面单核对";
    public const string MaybeTooNew = "· 可能刚下单、快递员尚未录入，请稍后再查";

    public static string MaybeOther(string carriers) => $"· 也可能是其他快递公司的单号：{carriers}";

    public static string LeftOut(int numbers) => $"一次最多查 {ReadWaybills.Most} 个单号，还有 {numbers} 个没有查，请分开再发";

    public static string TooManyTries(string waybill) => $"单号 {waybill} 的验证次数过多，请一小时后再试。";

    public static string Why(TroubleReason reason, string place) => reason switch
    {
        TroubleReason.NotHandedOver => "暂未揽收：快件还没有交到我们手里，可以问问寄件人是否已经寄出。",
        TroubleReason.WaitingAtHub => $"停留较久：正在{Where(place)}等待下一班车或分拣，比平时慢。",
        TroubleReason.PlaceOverloaded => $"停留较久：{Where(place)}最近件量大，不少快件都在排队处理。",
        TroubleReason.LongHaul => "在长途干线上：路上没有扫描点，要到下一个转运中心才有新记录，这次比平时慢。",
        TroubleReason.OnRoundTooLong => "派送比平时慢：快递员还没有送到，可能今天件多或改到下一趟。",
        TroubleReason.PhoneUnanswered => "派送受阻：收件人的电话没有打通，请留意来电；改约或改电话请回复“人工”。",
        TroubleReason.AddressUnclear => "派送受阻：地址不够清楚，快递员没有找到，请回复“人工”补充地址。",
        TroubleReason.NobodyThere => "派送受阻：上门时没有人或进不去，会再次派送；改时间请回复“人工”。",
        TroubleReason.DeliveryFailed => "这次没有送成，会再次安排派送；改时间或改地址请回复“人工”。",
        TroubleReason.WeatherOrRoads => "受天气或道路影响，快件暂时走不了，恢复后优先发出。",
        TroubleReason.Customs => "正在等待海关查验放行，时间由海关决定。",
        TroubleReason.Goods => "因物品安全检查被留下核实，可能需要寄件人补充说明，请回复“人工”。",
        TroubleReason.PaymentDue => "有费用待付，付清后继续派送；不清楚金额请回复“人工”。",
        TroubleReason.OutOfArea => "收件地址超出网点的派送范围，正在转给能送到的网点。",
        TroubleReason.Held => "快件暂时滞留，正在核实处理。",
        TroubleReason.NotFetched => "已放置较久，请尽快领取，以免超时退回或产生保管费。",
    };

    /// <summary>The reason in a few words.</summary>
    public static string WhyShort(TroubleReason reason) => reason switch
    {
        TroubleReason.NotHandedOver => "暂未揽收",
        TroubleReason.WaitingAtHub => "停留较久",
        TroubleReason.PlaceOverloaded => "站点件量大，停留较久",
        TroubleReason.LongHaul => "在长途干线上，比平时慢",
        TroubleReason.OnRoundTooLong => "派送比平时慢",
        TroubleReason.PhoneUnanswered => "派送受阻：电话没打通",
        TroubleReason.AddressUnclear => "派送受阻：地址不清楚",
        TroubleReason.NobodyThere => "派送受阻：上门无人",
        TroubleReason.DeliveryFailed => "这次没有送成",
        TroubleReason.WeatherOrRoads => "受天气或道路影响",
        TroubleReason.Customs => "等待海关放行",
        TroubleReason.Goods => "物品待核实",
        TroubleReason.PaymentDue => "有费用待付",
        TroubleReason.OutOfArea => "超出派送范围，转送中",
        TroubleReason.Held => "暂时滞留",
        TroubleReason.NotFetched => "请尽快领取",
    };

    private static string Where(string place) => place.Length > 0 ? $"【{place}】" : "途中站点";

    public static string Waiting(string place) => place.Length > 0 ? $"存放位置：{place}" : "请凭取件码及时领取";
}

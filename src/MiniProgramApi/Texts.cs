namespace Courier.MiniProgramApi;

/// <summary>What customers and the cores' operators read.</summary>
internal static class Texts
{
    public const string PlatformMissing = "请说明客户端平台，如 mp-weixin、h5";
    public const string VersionWrong = "版本号须形如 1.4.0";

    public const string PlaceWrong = "没有找到这个地方，请填写省、市（区县可不填）";
    public const string GoodsMissing = "请填写寄什么、多重";
    public const string PickupWrong = "取件方式应为 door、locker 或 outlet";
    public const string PackagingWrong = "没有这种包装";
    public const string QuoteTimeWrong = "寄件时间应在今后七天之内";
    public const string AdvicePacking = "用结实的纸箱，物品四周留5厘米填满缓冲材料，摇晃无响声；液体先密封，易碎品贴易碎标志。";
    public const string ProductUnknown = "没有这个产品，或已停办";
    public const string CarrierRefused = "请求签名无效";
    public const string BatchTooLarge = "每批最多 1000 条，且不得超过 4 MiB";
    public const string BodyInvalid = "请求内容不是有效的 JSON";

    public const string AppIdMissing = "缺少小程序或公众号标识";
    public const string CodeMissing = "缺少登录凭证";
    public const string NoWechatAccount = "当前登录方式不支持微信手机号，请使用短信验证";
    public const string PhoneWrong = "请输入有效的手机号码";
    public const string SmsCodeWrong = "请输入 6 位数字验证码";
    public const string SmsTooOften = "验证码发送过于频繁，请稍后再试";
    public const string SmsDown = "短信暂时无法发送，请稍后再试";
    public const string MergeOver = "现在不能合并：已经超过十分钟，或者号码的绑定有变化。请重新验证手机号再试";
    public const string CodeMismatch = "验证码不正确";
    public const string CodeExpired = "验证码已失效，请重新获取";
    public const string CodeTooManyTries = "验证码输错次数过多，请重新获取";

    public const string ReportIdWrong = "reportId 须为 8 到 64 位字母、数字、连字符或下划线";
    public const string SubscriptionResultsWrong = "请提供 1 到 20 个模板的授权结果";
    public const string QuietHoursWrong = "免打扰时段须形如 22:00-08:00，不能是一整天；留空表示不设置";
    public const string SwitchMissing = "请提供 true 或 false";

    public const string OrganisationRoleWrong = "身份须为 owner（管理员）、sender（寄件人）或 viewer（查看人）";
    public const string OrganisationUnknown = "没有找到这个企业";
    public const string OrganisationInviteUnknown = "邀请不存在、已失效，或不是发给您的手机号的";
    public const string OrganisationMemberUnknown = "企业里没有这位成员";

    public const string WaybillsCount = "请提供 1 到 15 个运单号";
    public const string WaybillWrong = "运单号须为 6 到 32 位字母、数字或连字符";
    public const string TailWrong = "手机号后四位须为 4 位数字";
    public const string RoleWrong = "收寄角色须为 sender 或 recipient";
    public const string StateWrong = "状态须为 open 或 done";
    public const string ParcelUnknown = "没有查到您的这个快件";

    public const string OutletQueryMissing = "请填写地名或网点名称";
    public const string PointWrong = "经纬度不正确";
    public const string ProvinceMissing = "请填写省、市、区县";
    public const string PlaceKindWrong = "类型须为 outlet 或 locker";
    public const string CellWrong = "格口大小须为 S、M 或 L";
    public const string PlaceUnknown = "没有找到这个地方，请填写省、市、区县的名称";
    public const string WholeCountry = "全国";

    public const string AddressUnknown = "没有找到这个地址";
    public const string AddressNotShared = "这个地址没有有效的分享链接";
    public const string AddressShareGone = "这个分享链接已失效，请对方重新分享";
    public const string AddressShareHours = "有效时间须为 1 到 168 小时";
    public const string FieldMissing = "请填写这一项";
    public const string ExtensionWrong = "分机号只能是数字";
    public const string RegionWrong = "省、市、区县不匹配，请重新选择";
    public const string AddressTextWrong = "请粘贴 1 到 2000 个字的地址";
    public const string AddressListWrong = "请粘贴收件人名单";
    public const string AddressListTooLong = "名单过长，每次最多 500 个收件人、60000 个字";
    public const string AddressListEmpty = "没有识别到收件人，请检查名单内容";
    public const string FileMissing = "请上传一个 CSV 或 XLSX 文件";
    public const string FileTooLarge = "文件过大，请控制在 5 MB 以内";

    public const string CodeUnknown = "没有找到这个取件码";
    public const string NoCodeInText = "没有读出取件码，请粘贴完整的取件短信，或直接填写取件码";
    public const string CodeStateWrong = "状态须为 open 或 fetched";
    public const string InviteGone = "这个邀请已失效，请对方重新邀请";
    public const string MemberUnknown = "没有找到这位成员";
    public const string NoFamily = "您还没有加入家庭组";
    public const string Me = "我";
    public static string FamilyMember(string? tail) => tail is null ? "家人" : $"尾号{tail}的家人";

    public const string GoodsQueryWrong = "请用 1 到 100 个字说明要寄什么";

    public const string ShareHours = "有效时间须为 1 到 720 小时";
    public const string NoShare = "这个快件没有有效的分享链接";
    public const string ShareTitle = "快递进度";
    public const string ShareAway = "暂时打不开";
    public const string ShareAwayWhat = "系统正忙，请过一会儿再打开这个链接，链接仍然有效。";
    public const string ShareGone = "这个链接已失效";
    public const string ShareGoneWhy = "可能已经过期、被分享的人取消，或地址不完整。想继续了解，请联系把链接发给您的人。";
    public const string ShareNothingYet = "运单已登记，等待快递员揽收";
    public const string SharePrivacy = "本页不含姓名、电话和详细地址，仅供了解进度。";

    public static string TooLong(int most) => $"最多 {most} 个字";

    public static string AdviceUnknown(string query) => $"没有找到“{(query.Length > 30 ? query[..30] + "…" : query)}”的寄递规定，寄件时以快递员查验为准，也可以换个说法或咨询客服。";

    public static string ShareUntil(string when) => $"链接{when} 失效";

    public const string DateWrong = "日期须形如 2026-11-22";
    public const string OrderKindMissing = "请选择寄件方式：door 上门、locker 快递柜、outlet 网点";
    public const string OrderUnknown = "没有找到您的这个订单";
    public const string OrderQueryWrong = "搜索内容不得超过 50 个字";
    public const string OrderStateWrong = "状态须为 open、done 或订单状态";
    public const string OrderKeyReused = "同一个幂等键不能用于不同的订单";
    public const string WeightWrong = "重量须在 1 克到 1000 公斤之间";
    public const string TokenTooLong = "实名凭证过长";
    public const string DirectionKindWrong = "投递方式须为 other_time、hold、other_address、locker、station 或 neighbour";
    public const string LockerUnknown = "没有找到这个快递柜";
    public const string OpenCodeMissing = "请输入开柜码";
    public const string OpenCodeWrong = "开柜码不对";
    public const string OpenCodeLocked = "输错次数过多，请稍后再试";
    public const string LateChoiceWrong = "请选择继续等（wait）、看赔付规则（refund_rule）或改派（redirect）";
    public const string NotLate = "这件快件没有待答复的晚到提醒";
    public const string CannotRedirect = "这件快件现在不能改派";
    public const string GoesOnWaiting = "好的，我们继续盯着，有变化马上告诉您；情况明显变差时会再提醒一次。";
    public const string ChooseAWay = "请选择改派方式";
    public const string CorrectionMissing = "请填写要更正的姓名、电话或门牌";
    public const string AddressDetailWrong = "请填写完整的收件地址";
    public const string NameWrong = "姓名须为 1 到 50 个字";
    public const string ReasonTooLong = "原因不得超过 200 个字";
    public const string SlotMissing = "请选择上门时间";
    public const string SlotFull = "这个时段已经约满，请换一个时段";
    public const string SlotClosed = "这个时段已经不能预约，请换一个时段";
    public const string QuoteOtherTime = "所选上门时段的价格与报价不同（节假日或夜间加价），请确认新的报价";
    public const string OrderKeyMissing = "下单须带请求头 Idempotency-Key，重复提交时使用同一个值";
    public const string DropOffCodeWrong = "寄件码与请求地址中的不一致";
    public const string QuoteNeeded = "换了地方或物品，价格也会变，请确认新的报价";
    public const string QuoteExpired = "报价已过期，请确认新的报价";

    public static string GoodsForbidden(string name, string why) => $"{name}不能寄：{why}";

    public static string GoodsNotByAir(string name, string product, bool byAir) => $"{name}{(byAir ? "不能走航空" : "不在承运范围")}，{product}不能寄，请按物品名称重新询价，改选其他产品";

    public static string GoodsConditional(string name, string condition) => $"{name}有条件寄递：{condition}。确认满足后再下单";

    public const string ConsentKindWrong = "方式须为 to_door、locker、station、front_door 或 neighbour";

    public const string Unknown = "未查到可显示的信息";
    public const string TooManyTries = "验证次数过多，请一小时后再试";
    public const string HintTail = "如果是您的快件，请填写收件人或寄件人手机号后四位";
    public const string HintMistyped = "号码可能输错：校验位不符，请对照面单核对";
    public const string HintTooNew = "可能刚下单、快递员尚未录入，请稍后再查";

    public static string HintOther(string carriers) => $"也可能是其他快递公司的单号：{carriers}";
}

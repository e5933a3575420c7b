namespace Courier.Services.Customers;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public static string CodeMessage(string code) => $"【快递服务】您的验证码是{code}，5分钟内有效。请勿告诉他人，工作人员不会向您索要。";

    public const string ExportTooOften = "今天已经导出过 5 次，请明天再试。";
    public const string NoClosure = "没有可以撤回的注销申请。";
    public const string TooManyCorrections = "您还有 10 条更正申请在处理，请等处理完再提交。";
    public const string StandardTier = "普通会员";
    public const string SegmentCodeWrong = "代码要用 1 到 40 位小写字母、数字、连字符或下划线，不能是 standard。";
    public const string SegmentNameWrong = "名称要填写，最多 60 个字。";
    public const string SegmentRankWrong = "等级的级别须在 1 到 100 之间，分组的级别须为 0。";
    public const string SegmentTagWrong = "只有分组可以绑定微信标签，公众号和标签要一起填写。";
    public const string SegmentChangedMeanwhile = "别人刚刚改过，请刷新后再改。";
    public const string SegmentKindFixed = "等级和分组不能互相改换，请新建一个。";
    public const string RuleNoObject = "这里应该是一个条件。";
    public const string RuleShape = "条件只能是 all、any、not，或 fact、op、value。";
    public const string RuleEmptyList = "这里应该有至少一个条件。";
    public const string RuleFactUnknown = "没有这个事实。";
    public const string RuleNumberWrong = "这里应该是一个整数。";
    public const string RuleTextWrong = "这里应该是 1 到 100 个字的文字。";
    public const string RuleListWrong = "这里应该是 1 到 50 个文字的列表。";
    public const string ValueHigh = "高价值";
    public const string ValueMiddle = "中等价值";
    public const string ValueLow = "一般价值";
    public const string ToneCritical = "要求较高";
    public const string ToneThankful = "乐于表扬";

    public static string RuleTooDeep(int most) => $"条件最多嵌套 {most} 层。";

    public static string RuleTooLong(int most) => $"条件最多 {most} 个。";

    public static string RuleOperatorWrong(string fact, string operators) => $"“{fact}”只能用 {operators}。";

    public static string RouteReason(string from, string to, long uses) => $"近12个月从{from}寄往{to} {uses} 次";

    public static string ValueReason(string yuan) => $"近12个月消费 {yuan} 元";

    public static string ToneReason(long complaints, long praises) => $"近12个月投诉 {complaints} 次、表扬 {praises} 次";

    public const string OrganisationNameWrong = "企业名称要填写，最多 60 个字。";
    public const string ContractNumberWrong = "合同号（月结账号）只能用字母、数字和连字符，最多 40 位。";
    public const string CreditCodeTaken = "这个统一社会信用代码已经登记过了。";
    public const string OrganisationChangedMeanwhile = "别人刚刚改过这个企业，请刷新后再改。";
    public const string NotOwner = "只有企业的管理员可以这样做。";
    public const string AlreadyInOrganisation = "这个手机号的主人已经在企业里了。";
    public const string LastOwner = "企业至少要有一位管理员，请先把管理员交给别人。";

    public static string TooManyInvites(int most) => $"今天已经邀请了 {most} 人，请明天再试。";

    public static string Invited(string organisation, OrganisationRole role, int days) =>
        $"【快递服务】“{organisation}”邀请您加入企业寄件，身份为{RoleName(role)}。请在{days}天内用本手机号登录，打开“我的-企业”接受；与您无关请忽略。";

    private static string RoleName(OrganisationRole role) => role switch
    {
        OrganisationRole.Owner => "管理员",
        OrganisationRole.Sender => "寄件人",
        OrganisationRole.Viewer => "查看人",
    };

    public const string ConsentAddressWrong = "没有这个地址。";

    /// <summary>The sentence of <see cref="RecordConsent.Wording"/> that a customer reads before deciding.</summary>
    public static string ConsentWording(ConsentKind kind) => kind switch
    {
        ConsentKind.ToDoor => "同意快递员把快件送到门口当面交给我。",
        ConsentKind.Locker => "同意快递员把我的快件投放到快递柜；我会收到取件码，可以随时取消。",
        ConsentKind.Station => "同意快递员把我的快件放到驿站或网点代收；我会收到取件通知，可以随时取消。",
        ConsentKind.FrontDoor => "同意快递员在我不在时把快件放在门口；我知道快件可能因此丢失，可以随时取消。",
        ConsentKind.Neighbour => "同意快递员在我不在时把快件交给邻居代收，可以随时取消。",
    };

    public const string FieldEmpty = "没有填写";
    public const string FieldControl = "含有不能显示的字符";
    public const string FieldPhoneWrong = "不是有效的电话号码";
    public const string FieldEmailWrong = "不是有效的邮箱";

    public const string ImportHeaderBroken = "表头的引号不成对";
    public const string ImportNoId = "表头里没有编号列（id、编号、客户编号）";
    public const string ImportNoFields = "表头里没有可以导入的列（姓名、手机、省份、城市、地址等）";
    public const string ImportNothing = "文件是空的";
    public const string ImportNoText = "不是 UTF-8 或 GBK 编码的文本文件";
    public const string ImportFileChanged = "文件在导入途中被改动，请重新放入";
    public const string ImportSameFile = "内容与上次导入的文件相同，没有逐行处理";
    public const string ImportQuotes = "引号不成对，或者这一行太长";
    public const string ImportFormula = "单元格里是公式";
    public const string ImportTimeWrong = "更新时间无效，或者在将来";
    public const string ImportErased = "这位客户已要求删除个人信息，不再导入";
    public const string ImportKeyTwice = "同一个编号在文件里出现了两次，后面的没有处理";
    public const string ImportTwoOfOne = "两个编号对应同一位客户，以先导入的为准";
    public const string ImportNew = "新客户";
    public const string ImportAdded = "补充";
    public const string ImportChanged = "更新";
    public const string ImportKept = "现有的来源更可信或更新，保留";
    public const string ImportRunFailed = "整个文件未导入";
    public const string ReportHeading = "行,列,说明,原值,新值,结果";

    public static string FieldTooLong(int most) => $"超过 {most} 个字";

    public static string ImportColumnTwice(string meaning) => $"表头里有两列都表示 {meaning}";

    public static string ImportTooLarge(long most) => $"文件超过 {most / 1024 / 1024} MB";

    public static string ImportTooManyRows(int most) => $"文件超过 {most} 行";

    public static string ImportTimeout(TimeSpan after) => $"{after.TotalSeconds:0} 秒内没有取完";

    public static string ImportFieldCount(int fields, int columns) => $"有 {fields} 列，表头有 {columns} 列";

    public static string ImportIdWrong(int most) => $"编号要填写，最多 {most} 个字";

    public static string ImportIgnored(IEnumerable<string> columns) => string.Join('、', columns) is { Length: > 300 } all ? $"未使用的列：{all[..300]}…" : $"未使用的列：{string.Join('、', columns)}";

    public static string ImportSameNumber(int others, bool isProven) => isProven ? $"另有 {others} 位客户用同一个号码（已验证），没有合并" : $"另有 {others} 位客户用同一个号码（未验证），没有合并";

    public static string ImportConflict(FieldOrigin origin) => origin switch
    {
        FieldOrigin.Customer => "与客户本人说的不一致，等待决定",
        FieldOrigin.Agent => "与客服更正的不一致，等待决定",
        FieldOrigin.Wechat => "与微信提供的不一致，等待决定",
        FieldOrigin.Import => "与另一个系统不一致，等待决定",
    };

    public static string OutcomeWord(Imports.ImportOutcome outcome) => outcome switch
    {
        Imports.ImportOutcome.New => "新增",
        Imports.ImportOutcome.Changed => "更新",
        Imports.ImportOutcome.Kept => "保留",
        Imports.ImportOutcome.Conflict => "冲突",
        Imports.ImportOutcome.Duplicate => "重复",
        Imports.ImportOutcome.Rejected => "拒绝",
    };

    public const string MergeUndone = "这次合并已经撤销过了。";

    public const string MergeNotLatest = "合并后的客户又被合并到了别的客户，请先撤销最近的那次合并。";

    public static string MergeTooOld(int days) => $"合并超过 {days} 天，不能再撤销。";
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.WechatGateway.Commands;

namespace Courier.WechatGateway.Keywords;

/// <summary>The words that the first edition of the keyword table holds; from then on the table belongs to the operators.</summary>
internal sealed class DefaultKeywords(Db db, TimeProvider clock)
{
    // Where a release before editions has kept the table: what it held goes on.
    private const string Before =
        """
        select id, app_id as AppId, word, match_kind as MatchKind, command, reply, guide, valid_from as ValidFrom, valid_until as ValidUntil, hours, enabled
        from wechat_keywords
        order by position, id
        """;

    private const string TrackHow = "请把运单号直接发给我，一次最多 15 个；也可以用菜单里的“扫一扫”扫面单条码。\n查别人寄收的快递，请在单号后面加上手机号后四位，例如：CY1234567890128 1234";
    private const string NearbyHow = "请点聊天框右下角的“＋”，选“位置”发给我，我告诉您最近的网点和快递柜、营业时间和空格口。";
    private const string HoursHow = "各网点的营业时间不同：把位置发给我，或回复“网点”加区县，例如：网点 南山区，就能看到营业时间和电话。找人工客服请回复“人工”。";
    private const string GoodsHow = "想寄什么直接问我，例如：能寄充电宝吗？";

    private const string Welcome = "不客气，有需要随时找我。直接发运单号就能查快递；需要人帮忙请回复“人工”。";

    private static readonly Keyword[] Starting =
    [
        Command(KeywordMatch.Number, "1", CheckParties.CommandName, "回复 1　核对收寄方信息（或 1 加运单号）"),
        Said(KeywordMatch.Number, "2", TrackHow, "回复 2　查快递"),
        Said(KeywordMatch.Number, "3", NearbyHow, "回复 3　找附近的网点和快递柜"),
        Said(KeywordMatch.Number, "4", GoodsHow, "回复 4　问什么能寄"),
        Command(KeywordMatch.Number, "5", BindPhoneHow.CommandName, "回复 5　绑定手机号，自动收到通知"),
        Command(KeywordMatch.Number, "6", ListMyParcels.CommandName, "回复 6　看我的快递"),
        Command(KeywordMatch.Number, "7", SendParcel.CommandName, "回复 7　寄快递（也可以直接发收件人地址，或问：运费 深圳 北京 3kg）"),
        Command(KeywordMatch.Number, "8", ListMyOrders.CommandName, "回复 8　看我的订单"),
        Command(KeywordMatch.Number, "9", ListMyCodes.CommandName, "回复 9　看取件码（粘贴取件短信我帮您收好）"),
        Command(KeywordMatch.Number, "0", CallHuman.CommandName, "回复 0　转人工客服"),
        .. Commands(KeywordMatch.Exact, LeaveHuman.CommandName, "退出人工", "结束人工", "取消人工", "结束会话"),
        .. Commands(KeywordMatch.Exact, CallHuman.CommandName, "人工", "转人工", "人工服务", "人工客服", "转人工客服", "找客服", "客服", "真人"),
        .. Commands(KeywordMatch.Contains, CallHuman.CommandName, "转人工", "找人工", "人工客服", "要人工", "真人客服"),
        .. Commands(KeywordMatch.Prefix, CheckParties.CommandName, "核对收寄方", "核对运单", "核对信息", "收寄方信息"),
        .. Commands(KeywordMatch.Exact, ListMyParcels.CommandName, "我的快递", "我的包裹", "我的", "我的运单"),
        .. Commands(KeywordMatch.Exact, ShowGuidance.CommandName, "帮助", "菜单", "功能", "help", "?", "你好", "您好", "在吗", "hi", "hello"),
        .. Phrases(TrackHow, "查快递", "查件", "查单号", "查物流"),
        .. Phrases(NearbyHow, "附近网点", "网点", "附近", "快递柜", "找网点", "附近快递柜", "附近有网点吗", "附近有网点", "附近有没有网点"),
        .. Phrases(HoursHow, "你们几点下班", "几点下班", "你们几点上班", "几点上班"),
        .. Commands(KeywordMatch.Exact, SendParcel.CommandName, "我要寄件", "寄快递", "寄件", "我要寄快递", "下单", "我要下单", "怎么寄", "怎么寄快递", "怎么寄件", "寄包裹", "我要寄包裹", "上门取件", "预约寄件", "预约取件", "预约上门取件", "快递柜寄件", "网点寄件", "产品介绍", "寄件服务"),
        .. Commands(KeywordMatch.Exact, ListMyCodes.CommandName, "取件码", "我的取件码", "查取件码", "取件码查询", "取货码", "取件"),
        .. Commands(KeywordMatch.Exact, ListMyOrders.CommandName, "我的订单", "订单", "查订单", "订单查询", "寄件订单", "我的寄件", "寄件记录", "我寄的快递"),
        .. Phrases(GoodsHow, "能寄吗", "什么能寄", "违禁品"),
        .. Phrases(Welcome, "谢谢", "谢谢你", "谢谢您", "谢了", "多谢", "好的", "好", "好的谢谢", "知道了", "嗯", "ok"),
    ];

    /// <summary>The rows in their order.</summary>
    public async Task<IReadOnlyList<Keyword>> Rows(CancellationToken ct)
    {
        var before = await db.Query<KeptRow>(Before, ct: ct).ConfigureAwait(false);
        return before.Count > 0 ? [.. before.Select(r => r.ToKeyword())] : [.. Starting.Select(row => row with { Id = Ids.New(clock) })];
    }

    private static IEnumerable<Keyword> Commands(KeywordMatch match, string command, params string[] words) => words.Select(w => Command(match, w, command));

    private static IEnumerable<Keyword> Phrases(string reply, params string[] words) => words.Select(w => Said(KeywordMatch.Exact, w, reply));

    private static Keyword Command(KeywordMatch match, string word, string command, string guide = "") => Row(match, word, command, "", guide);

    private static Keyword Said(KeywordMatch match, string word, string reply, string guide = "") => Row(match, word, "", reply, guide);

    private static Keyword Row(KeywordMatch match, string word, string command, string reply, string guide) => new()
    {
        Id = "", Word = word, MatchKind = match, Command = command, Reply = reply, Guide = guide,
    };

    private sealed record KeptRow
    {
        public required string Id { get; init; }
        public required string AppId { get; init; }
        public required string Word { get; init; }
        public required KeywordMatch MatchKind { get; init; }
        public required string Command { get; init; }
        public required string Reply { get; init; }
        public required string Guide { get; init; }
        public required DateTimeOffset? ValidFrom { get; init; }
        public required DateTimeOffset? ValidUntil { get; init; }
        public required string Hours { get; init; }
        public required long Enabled { get; init; }

        public Keyword ToKeyword() => new()
        {
            Id = Id, AppId = AppId, Word = Word, MatchKind = MatchKind, Command = Command, Reply = Reply, Guide = Guide,
            ValidFrom = ValidFrom, ValidUntil = ValidUntil, Hours = Hours, Enabled = Enabled == 1,
        };
    }
}

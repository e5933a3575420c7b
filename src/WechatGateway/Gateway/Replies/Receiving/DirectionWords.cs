using System.Text.RegularExpressions;
using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>暂存, 放快递柜, 改地址, 拦截, 撤回: what people say about a parcel that is on its way. Pure.</summary>
internal static partial class DirectionWords
{
    private const int LongestWish = 200, LongestPlace = 40;

    /// <summary>What is wished for; null when it is something else. Who asks whether it is possible has wished for nothing.</summary>
    public static DirectionWish? Read(string words)
    {
        if (words.Length is 0 or > LongestWish) return null;
        var said = words.TrimEnd('。', '.', '!', '~', '吧', '了');
        if (AnotherTime().Match(said) is { Success: true } time && TimeWords.MayBe(time.Groups["when"].Value))
            return new DirectionWish(DirectionKind.OtherTime, $"{time.Groups["number"].Value} {time.Groups["when"].Value}".Trim(), !time.Groups["what"].Success);
        if (Wish().Match(said) is not { Success: true } match) return null;
        var rest = match.Groups["rest"].Value.Trim(' ', ':', ',', '。');
        if (rest.EndsWith('吗') || rest.EndsWith('?')) return null;
        return match.Groups["ways"].Success ? new DirectionWish(null, rest) : new DirectionWish(Kind(match), rest, match.Groups["any"].Success);
    }

    /// <summary>Is it a wish, or is one taken back or corrected, whoever says it?</summary>
    public static bool Takes(string words) => Read(words) is { IsAboutAnyTime: false } || ReadUndo(words) is not null || ReadCorrection(words) is not null;

    /// <summary>撤回, 撤回改派 CY…: the number that stands behind it, which may be empty; null when it is something else.</summary>
    public static string? ReadUndo(string words) =>
        words.Length <= LongestPlace && Undo().Match(words.TrimEnd('。', '.', '!', '吧', '了')) is { Success: true } match ? match.Groups["rest"].Value.Trim() : null;

    /// <summary>更正电话 13800000000: the field (name, phone, detail; empty when none is named) and what is right; null when it is something else.</summary>
    public static (string Field, string Value)? ReadCorrection(string words)
    {
        if (words.Length is 0 or > LongestWish || Correction().Match(words.TrimEnd('。', '.', '!', '吧', '了')) is not { Success: true } match) return null;
        var field = match.Groups["name"].Success ? "name" : match.Groups["phone"].Success ? "phone" : match.Groups["detail"].Success ? "detail" : "";
        return (field, match.Groups["value"].Value.Trim(' ', ':', ','));
    }

    /// <summary>Can it be the name of a place or neighbour? Only then is looked up whether one was asked for; questions and commands are none.</summary>
    public static bool MayBePlace(string words) => words.Length <= LongestPlace && (Place().IsMatch(words) && !SomethingElse().IsMatch(words) || PlaceCode().IsMatch(words));

    /// <summary>Can it be an address with its phone?</summary>
    public static bool MayBeAddress(string words) => words.Length <= LongestWish && HasPhone().IsMatch(words);

    private static DirectionKind Kind(Match match) =>
        match.Groups["hold"].Success ? DirectionKind.Hold : match.Groups["locker"].Success ? DirectionKind.Locker : match.Groups["station"].Success ? DirectionKind.Station
        : match.Groups["neighbour"].Success ? DirectionKind.Neighbour : match.Groups["address"].Success ? DirectionKind.OtherAddress
        : match.Groups["intercept"].Success ? DirectionKind.Intercept : DirectionKind.OtherTime;

    private const string Lead = "^(?:请|麻烦|帮我|帮忙|给我|我要|我想|把|我的|快递|快件|包裹|件|这个|这件|先|就|直接|改成|改为|改)*?";

    private const string Tail = "(?<rest>[ :,].*|[A-Za-z0-9]+)?$";

    [GeneratedRegex(Lead + "(?:(?<hold>暂存|先?别送|先?不要送|晚几天再?送|过几天再?送|暂时(?:别|不要)送|代为保管|帮我保管|存(?:在|到)?网点)|(?<locker>(?:放|投|存|送)(?:到|进|在)?(?:快递柜|丰巢|蜂巢|柜子)(?:里)?)"
        + "|(?<station>(?:放|送|存)(?:到|在)?(?:菜鸟驿站|驿站|代收点|代收站))|(?<neighbour>邻居(?:帮忙|帮我)?代?收|(?:放|交给|送到|送给|给)邻居(?:家|代收)?)"
        + "|(?<address>改(?:一下)?(?:收货|收件|派送|送货|配送)?地址|换(?:个|一下)?(?:收货|收件)?地址|(?:修改|更改)(?:收件|收货|派送)?地址|转寄)"
        + "|(?<time>改(?:一下)?(?:派送|送货|收货|配送|送件)时间|换(?:个)?时间(?:再)?(?:送|派送)|改天(?:再)?送|改约派送|(?<any>换(?:个|一下)?时间|改(?:一下)?时间))"
        + "|(?<intercept>拦截(?:快递|快件|包裹|退回|下来)?|(?:追|截)回(?:快递|快件|来)?|退回(?:给)?寄件人?)|(?<ways>改派(?:一下|送)?|改送))" + Tail)]
    private static partial Regex Wish();

    [GeneratedRegex("^(?:请|麻烦|帮我|我要|我想|把)*(?:撤回|撤销)(?:刚才的|我的)?(?:改派|改址|改约|拦截|暂存|要求|申请)?(?<rest>[ :,].*|[A-Za-z0-9]+)?$|^(?:取消|不)(?:改派|拦截|暂存)$|^不改派?$")]
    private static partial Regex Undo();

    [GeneratedRegex("^(?:请|麻烦|帮我|我要|我想)*(?:更正|改正|纠正|订正)(?:一下)?(?:收件人|收货人|收件)?(?:的)?(?:信息|资料)?(?:(?<name>姓名|名字)|(?<phone>手机号码|手机号|手机|电话号码|电话|号码)|(?<detail>详细地址|门牌号|门牌|楼号|房号))?(?:改?[为成是]|应该是)?(?<value>[ :,].*|[0-9].*)?$"
        + "|^(?:收件人|收货人)?(?:信息|姓名|电话)(?:有误|错了|不对|写错了?)$")]
    private static partial Regex Correction();

    // 把我的快递改到明天下午
    [GeneratedRegex("^(?:请|麻烦|帮我|帮忙|给我|我要|我想|把|将|我的|(?<what>快递|快件|包裹|派送|送货|配送|收货)|件|这个|这件|的|时间| )*(?<number>[A-Za-z]{1,6}[0-9]{10,18})? *(?:改|换|推迟|延后|延|挪)(?:到|成|为|至)(?<when>(?:(?!上门|取件|寄|地址|预约).){2,16}?)(?:再|来)?(?<what>派送|配送|送货|送过来|送来|送)?$")]
    private static partial Regex AnotherTime();

    [GeneratedRegex("[柜丰巢驿站店点幢栋楼室户单元号邻居家门卫物业超市厦园苑城村区座场路街巷姨叔婶嫂爷奶姐哥]")]
    private static partial Regex Place();

    [GeneratedRegex("^[A-Za-z]{2,4}[0-9]{3,6}$")]
    private static partial Regex PlaceCode();

    [GeneratedRegex("[?吗呢]|什么|多少|怎么|怎样|如何|为啥|哪|几[点天号时个]|多久|能不能|可不可以|是不是|有没有|取消|订单|人工|客服|投诉|查|催|绑定|运费")]
    private static partial Regex SomethingElse();

    // Digits of a waybill number are no telephone number.
    [GeneratedRegex("(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")]
    private static partial Regex HasPhone();
}

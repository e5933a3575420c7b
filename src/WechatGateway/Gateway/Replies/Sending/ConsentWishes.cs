using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>
/// 不要放快递柜, 可以放门口, 别放驿站: where the customer's parcels may be left from now on, kept as evidence (快递市场管理办法 Art. 28). Who asks
/// whether it is possible (可以放门口吗) has decided nothing.
/// </summary>
internal sealed partial class ConsentWishes(Db db, TimeProvider clock) : IReplyRule
{
    private const int LongestWords = 24;

    private static readonly Dictionary<string, ConsentKind> Kinds = new(StringComparer.Ordinal)
    {
        ["快递柜"] = ConsentKind.Locker, ["丰巢"] = ConsentKind.Locker, ["柜子"] = ConsentKind.Locker, ["柜"] = ConsentKind.Locker, ["蜂巢"] = ConsentKind.Locker,
        ["驿站"] = ConsentKind.Station, ["代收点"] = ConsentKind.Station, ["菜鸟驿站"] = ConsentKind.Station, ["代收站"] = ConsentKind.Station, ["网点"] = ConsentKind.Station,
        ["门口"] = ConsentKind.FrontDoor, ["家门口"] = ConsentKind.FrontDoor, ["邻居"] = ConsentKind.Neighbour, ["邻居家"] = ConsentKind.Neighbour,
    };

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (!ask.HasChinese || Read(ask.Words) is not { } decision) return null;
        await RecordConsent.Execute(db, clock, ask.Customer, decision, new ConsentOrigin(ConsentChannel.Chat, null), ct).ConfigureAwait(false);
        return new Reply(SendingTexts.Consented(decision.Kind, decision.IsGiven));
    }

    /// <summary>What was decided; null when nothing was.</summary>
    internal static ConsentDecision? Read(string words)
    {
        if (words.Length is 0 or > LongestWords) return null;
        var sentence = words.TrimEnd('。', '.', '!', '~').Replace(" ", "", StringComparison.Ordinal);
        if (Refused().Match(sentence) is { Success: true } no) return new ConsentDecision(Kinds[no.Groups["place"].Value], null, null, IsGiven: false);
        return Given().Match(sentence) is { Success: true } yes ? new ConsentDecision(Kinds[yes.Groups["place"].Value], null, null, IsGiven: true) : null;
    }

    private const string Lead = "^(?:以后|今后|请|麻烦|你们|我的|把|快递员?|快件|包裹|件|都|一律|[,，])*", Place = "(?<place>快递柜|丰巢|蜂巢|柜子|柜|菜鸟驿站|驿站|代收点|代收站|网点|家门口|门口|邻居家|邻居)";

    [GeneratedRegex(Lead + "(?:不要|别|不许|不能|不准|禁止|拒绝|不同意|不可以|不想|不用)(?:再|总|老|给我|帮我|把|我的|快递|快件|包裹|件|都)*(?:放|投|存|送|扔|丢|搁|交给)(?:到|在|进|入|去|给)?" + Place + "(?:里|那|去|面|代收)?(?:了|啦|啊|吧|谢谢|[,，])*$")]
    private static partial Regex Refused();

    [GeneratedRegex(Lead + "(?:(?:可以|同意|允许)(?:给我|帮我|直接|把|我的|快递|快件|包裹|件|都|你们)*(?:放|投|存|送|搁|交给)(?:到|在|进|入|去|给)?" + Place + "(?:里|那|面|代收)?(?:的|了|啊|吧|就行|[,，])*|(?:给我|帮我|直接|就)*(?:放|投|存|搁|交给)(?:到|在|进|入|去|给)?" + Place + "(?:里|那|代收)?(?:就行|就可以|即可|就好|也行|也可以)(?:了|的|啊)*)$")]
    private static partial Regex Given();
}

using Courier.Services.Insight;
using Courier.Services.Parcels;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Replies.Receiving;
using Courier.WechatGateway.Replies.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.WechatGateway.Replies;

/// <summary>The rules in the order in which they are asked. What a person types is looked at from the surest reading to the vaguest.</summary>
internal sealed class ReplyRules(IServiceProvider services, OpenQuestions questions, UsageEvents usage)
{
    private static readonly Type[] Order =
    [
        typeof(HumanOwned),      // a person talks with the customer: the bot is silent
        typeof(WaybillAlone),    // CY1234567890128
        typeof(PhoneBinding),    // 绑定手机 13800000001, and the code of the SMS
        typeof(ChosenAnswers),   // 2, 存, 是, 北京, after the bot has asked something
        typeof(WarningChoices),  // 1, 2, 3 after a warning that a parcel will be late
        typeof(Sharing),         // 分享 CY1234567890128, 取消分享
        typeof(PushWishes),      // 退订, 恢复通知, 免打扰 22:00-8:00
        typeof(PickupCodes),     // a pasted message with a pickup code, 已取 1
        typeof(DirectionWishes), // 改派, 改地址, 暂存, 放快递柜, 撤回, and the place of ours or address that was asked for
        typeof(PastedAddresses), // 张三 13800000001 广东省深圳市…
        typeof(KeywordReplies),  // commands and numbers of the keyword table
        typeof(OrderWishes),     // 取消 1, 改时间 1
        typeof(ConsentWishes),   // 不要放快递柜, 可以放门口
        typeof(PriceQuestions),  // 运费 深圳 北京 3kg
        typeof(WaybillsInText),  // waybill numbers anywhere in a text, and the four digits that were asked for
        typeof(Scans),           // bar codes and QR codes
        typeof(Locations),       // where are you, who is near
        typeof(MenuClicks),
        typeof(IncidentQuestions), // 台风, 停运, 有没有延误
        typeof(ParcelQuestions), // 怎么还没到, 帮我催一下, without a number
        typeof(OutletQuestions), // 网点 南山区, 麻磡村能派送吗
        typeof(GoodsQuestions),  // 能寄充电宝吗
        typeof(GoodsNamed),      // 充电宝怎么寄, or the name alone
        typeof(FrequentQuestions),
        typeof(PlacesSaid),      // the neighbour, or a place that is not known, after one was asked for
        typeof(OtherMedia),      // pictures, films, voices that nobody understood
        typeof(Guidance),        // what to do next, and the way to a person
    ];

    private readonly (IReplyRule Rule, string Name, string Action)[] _rules =
        [.. Order.Select(t => ((IReplyRule)ActivatorUtilities.CreateInstance(services, t), t.Name, "chat." + t.Name.ToLowerInvariant()))];

    // How it was said tells where in the chat it was asked.
    private static string Way(Inbound inbound) => inbound switch
    {
        TextMessage => "typed",
        VoiceMessage => "voice",
        MenuClickEvent => "menu",
        ScanCodeWaitEvent or ScanCodePushEvent or ScanEvent => "scan",
        LocationMessage or LocationSelectEvent => "place",
        _ => "other",
    };

    // Who spoke is told what was understood: the answer may be about something that was never said.
    private static Reply Spoken(Ask ask, Reply reply) => ask.Inbound is VoiceMessage && ask.Text is { Length: > 0 } heard && reply.Text is { Length: > 0 } words
        ? new Reply(Texts.Heard(heard, words))
        : reply;

    // Who is shown the guidance or the choices of a warning means those by a number.
    private static bool ShowsOtherNumbers(Reply reply) => reply.Text is { } words
        && (words.Contains(Texts.GuidanceHead, StringComparison.Ordinal) || words.Contains(AnswerWarning.Choices, StringComparison.Ordinal));

    /// <summary>The first answer; null when no rule has one (an event that nobody waits for).</summary>
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        foreach (var (rule, name, action) in _rules)
        {
            if (await rule.Answer(ask, ct).ConfigureAwait(false) is not { } reply) continue;
            GatewayMetrics.Reply(name);
            usage.Count(action, UsageChannel.Chat, page: Way(ask.Inbound));
            if (ShowsOtherNumbers(reply)) await questions.Forget(ask, ct).ConfigureAwait(false);
            return Spoken(ask, reply);
        }
        return null;
    }
}

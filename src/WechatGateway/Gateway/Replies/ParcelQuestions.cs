using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// 怎么还没到, 一直不动, 帮我催一下, 今天能到吗, 下雨有影响吗: a question about one's own parcels without a number. The open ones are answered,
/// one with its whole outlook, several in a few lines each. Who has none is told the frequent answer, else asked for the number.
/// </summary>
internal sealed partial class ParcelQuestions(Db db, DataKeys keys, KnowledgeIndex knowledge, ParcelAnswers parcels, Divisions divisions) : IReplyRule
{
    private const int LongestWords = 40, Most = 5;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words is not { Length: > 1 and <= LongestWords } words || (Topic.Of(words) ?? StaysIn(words)) is not { } topic) return null;
        var mine = await MyParcels.Execute(db, keys, ask.Customer, role: null, ParcelState.Open, cursor: null, Most, ct).ConfigureAwait(false);
        if (mine.Parcels.Count == 0) return new Reply(await WithoutParcels(topic, words, ct).ConfigureAwait(false));
        var (text, _) = await parcels.Look(ask, [.. mine.Parcels.Select(p => p.Waybill)], null, ct).ConfigureAwait(false);
        return new Reply(string.Join('\n', new[] { Before(topic), text, mine.Next is null ? "" : Texts.MoreOfMine, After(topic, text) }.Where(part => part.Length > 0)));
    }

    // 我的件为什么一直在杭州: only where the word is a city or province; one may be a long time 在等.
    private Topic? StaysIn(string words) =>
        Stays().Match(words) is { Success: true } match && divisions.NamedIn(match.Groups["place"].Value) is { Rest: "", Candidates: { Count: > 0 } places }
        && places.Any(p => p.Level is DivisionLevel.Province or DivisionLevel.City) ? new Topic() : null;

    [GeneratedRegex("^(?=.*(?:快递|快件|包裹|件|货|东西|物流)).*(?:一直|总是|老是|还)(?:停|卡|留|待)?在(?<place>[^,，。.?？!！\\s]{2,9}?)(?:不动|不走|没动)?(?:了|啊|呢|呀)*[?？。!！]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Stays();

    private async Task<string> WithoutParcels(Topic topic, string words, CancellationToken ct)
    {
        if (topic.IsWeather) return Texts.NoIncidents;
        var known = await MatchFaq.Execute(db, knowledge, words, ct).ConfigureAwait(false);
        return known is not null && known.Answer.Contains("运单号", StringComparison.Ordinal) ? known.Answer : Texts.WhichParcel;
    }

    private static string Before(Topic topic) => topic.IsWeather ? Texts.NoneOfWeather : "";

    // The choices of a late parcel name the way to a person already.
    private static string After(Topic topic, string text) => topic.IsUrge && !text.Contains(AnswerWarning.Choices, StringComparison.Ordinal) ? Texts.UrgeHow : "";

    /// <summary>What is asked about one's parcels. Pure.</summary>
    /// <param name="IsUrge">Shall somebody make haste?</param>
    /// <param name="IsWeather">Does the weather matter?</param>
    internal sealed partial record Topic(bool IsUrge = false, bool IsWeather = false)
    {
        private const string Filler =
            "(?:请问|你好|您好|麻烦[您你]?|帮我|帮忙|给我|我?想问一?下|问一?下|我要|我想|我们|我|你们|那个?|这个?|的|快递(?!员)|快件|包裹|邮件|东西|货物?|件儿?|物流|运单|订单|单子|单号|信息|状态|"
            + "一直|都|也|还是|还(?![没未不要得])|已经|到底|究竟|现在|目前|为什么|为啥|为何|怎么回事|怎么|咋回事|咋|什么情况|好?[几一两二三四五六七八九十多半0-9]+个?(?:天|小时|星期|礼拜|周|月)了?|好久了?|[ ,，。.!！?？~、])*";

        private const string Lead = "^" + Filler;

        private const string Tail = "(?:了|啦|呢|啊|呀|吗|么|嘛|不|吧|哦|的|呗|一直|货|快递|件|我的|谢谢|很?急|着急|怎么办|咋办|怎么回事|咋回事|什么情况|啥情况|[ ,，。.!！?？~…])*$";

        /// <summary>What the words ask; null when they are about something else, or name what these answers know nothing of (a place, somebody).</summary>
        public static Topic? Of(string words) =>
            Urge().IsMatch(words) ? new Topic(IsUrge: true)
            : Late().IsMatch(words) || Stuck().IsMatch(words) || When().IsMatch(words) || Where().IsMatch(words) ? new Topic()
            : Weather().IsMatch(words) ? new Topic(IsWeather: true) : null;

        [GeneratedRegex(Lead + "(?:(?:还没有?|还未|还不|没有?|未)(?:给我)?(?:送货|送|派送|派件|派)?(?:到货|到达|到|来|送达|送货|送|派送|派件)|还没有?收到|(?:送|派)?不到货?)" + Tail, RegexOptions.CultureInvariant)]
        private static partial Regex Late();

        [GeneratedRegex(Lead + "(?:不动|不走|不更新|(?:没有?|不见)(?:什么|任何|新的?)?(?:动静|动过?|更新|进展|变化|消息|反应)|停住?(?:在?[这那哪](?:里|儿)?)?(?=了|$|不)|停在[这那哪半路].{0,4}|卡(?:住|着|在[这那哪半路中].{0,4}?))" + Tail, RegexOptions.CultureInvariant)]
        private static partial Regex Stuck();

        [GeneratedRegex(Lead + "(?:(?:能不能|可不可以|可以|能)?催(?:一下|一催|催看?|下|单|件|派|促)?(?:快递员?|派送|派件|件|单)?|加急|(?:能不能|可以|能)?(?:快点儿?|快些|赶紧|赶快|尽快|抓紧)(?:时间)?(?:给我)?(?:送货|送来|送|派送|派件|派|发货))" + Tail, RegexOptions.CultureInvariant)]
        private static partial Regex Urge();

        [GeneratedRegex(Lead + "(?:(?:大概|大约|预计|预估|估计|应该|最快|最晚)?(?:还?[要得需]?)?(?:什么时候|什么时间|啥时候?|几时|何时|几点|几号|几日|星期几|周几|哪天|哪一天|多久|多长时间|几天)(?:能|可以|会|才能|才会|才)?(?:送货|送|派)?(?:到货|到达|到|来|送达|送货|送|派送|派件|收到)|还[要得需]?(?:多久|几天|多长时间|等多久|等几天)"
            + "|(?:今天|今晚|今日|明天|明日|明早|明晚|后天|上午|下午|中午|晚上|周末|这两天)+(?:之前|以前|前)?还?(?:能不能|会不会|可不可以|能否|能|会|可以)(?:送货|送|派)?(?:到货|到达|到|来|送达|送货|送|派送|派件|收到))" + Tail, RegexOptions.CultureInvariant)]
        private static partial Regex When();

        [GeneratedRegex("^(?=.*(?:快递|快件|包裹|件|货|东西|物流))" + Filler + "(?:(?:走|送|运)?到(?:哪里?儿?|什么地方|啥地方)|在哪里?儿?|去哪里?儿?|怎么样|咋样|怎样|(?=呢[?？!！。 ]*$))" + Tail, RegexOptions.CultureInvariant)]
        private static partial Regex Where();

        // 今天天气真不错 is no question.
        [GeneratedRegex("(?:雨|雪|台风|大风|刮风|雾|冰冻|洪水|高温|天气).{0,10}(?:影响|耽误|延误|晚到|送不了|停运|停发)", RegexOptions.CultureInvariant)]
        private static partial Regex Weather();
    }
}

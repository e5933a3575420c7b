using System.Buffers;
using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Notifications;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// What a customer wants to be told, changed by whole sentences: 退订, TD, 退订物流通知, 把通知关了, 恢复通知, 免打扰 22:00-8:00, 关闭短信, 通知设置. Who asks
/// how (怎么退订) is told how. Anything around them (怎么退订会员) is somebody else's question.
/// </summary>
internal sealed partial class PushWishes(Db db, TimeProvider clock, NotificationsOptions options) : IReplyRule
{
    private const int LongestWords = 30;

    // One of these stands in every such wish.
    private static readonly SearchValues<char> Signs = SearchValues.Create("TtDdUu订阅通推消提短扰");

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        var words = Sentence(ask);
        if ((WishOf(ask) ?? Wish.ReadLoosely(words)) is { } wish) return await Fulfil(ask, wish, ct).ConfigureAwait(false);
        if (words == "恢复") return await Recover(ask, ct).ConfigureAwait(false);
        if (words.Length is 0 or > LongestWords) return null;
        if (Wish.IsAskedFor(words)) return new Reply(Texts.SwitchHow);
        return Wish.SpeaksOfQuiet(words) ? new Reply(Wish.IsForWholeDay(words) ? Texts.QuietNotAllDay : Texts.QuietHow) : null;
    }

    /// <summary>The wish that somebody writes; null when it is none.</summary>
    public static Wish? WishOf(Ask ask) => Sentence(ask) is { Length: > 0 and <= LongestWords } words && words.AsSpan().ContainsAny(Signs) ? Wish.Read(words) : null;

    /// <summary>Changes what is wished, and confirms it.</summary>
    public async Task<Reply> Fulfil(Ask ask, Wish wish, CancellationToken ct)
    {
        var before = await CustomerPreferences.Of(db, ask.Customer, ct).ConfigureAwait(false);
        var after = wish.Change(before);
        if (!ReferenceEquals(after, before)) await CustomerPreferences.Save(db, clock, ask.Customer, after, PreferenceSource.Chat, ct).ConfigureAwait(false);
        return new Reply(Texts.Wishes(wish.Done(after), after, after.QuietHours?.Text ?? options.QuietHours));
    }

    // Alone it means this only for who has unsubscribed from something.
    private async Task<Reply?> Recover(Ask ask, CancellationToken ct) =>
        (await CustomerPreferences.Of(db, ask.Customer, ct).ConfigureAwait(false)).KindsOff.Count > 0 ? await Fulfil(ask, Wish.All, ct).ConfigureAwait(false) : null;

    /// <summary>Are these plain words answered here, whoever says them?</summary>
    public static bool Takes(string plain) => Sentence(plain) is { Length: > 0 and <= LongestWords } words
        && (Wish.Read(words) is not null || Wish.ReadLoosely(words) is not null || Wish.IsAskedFor(words) || Wish.SpeaksOfQuiet(words));

    private static string Sentence(Ask ask) => Sentence(ask.Words);

    private static string Sentence(string words) => words.Length <= 2 * LongestWords ? Politeness.Without(words).Replace(" ", "", StringComparison.Ordinal) : "";

    /// <summary>A change that somebody asks for. Pure.</summary>
    /// <param name="Done">The sentence that confirms it, of how it stands then; empty when only the state is asked for.</param>
    /// <param name="Change">The change.</param>
    internal sealed partial record Wish(Func<NotificationPreferences, string> Done, Func<NotificationPreferences, NotificationPreferences> Change)
    {
        private const string Kind = "物流|快件|快递|包裹|预警|延误|异常|公告|天气", Noun = "通知|推送|提醒", And = "(?:和|与|及|跟|还有|、|,)", Every = "(?:全部|所有|一切|任何|这些|你们|我)的?";

        private const string Sms = "(?:(?:" + Kind + ")的?|通知)?(?<what>短信)(?:" + Noun + ")?", Item = "(?:(?<what>" + Kind + ")的?(?:" + Noun + ")?|" + Sms + ")";

        // 物流通知, 物流和公告通知, 物流通知和公告: without the noun 取消快递 would be one.
        private const string Named = "(?:" + Every + ")*(?:(?:(?<what>" + Kind + ")(?:" + And + "(?<what>" + Kind + "))*的?)?(?:" + Noun + ")|" + Sms + ")(?:" + And + Item + ")*";

        private const string Not = "(?:以后)?(?:不要|别|不用|勿|不必|不想|不想要|不需要|别让我|不要让我)(?:再|总|老|一直)*";

        /// <summary>Reads words without blanks; null when they are no such wish.</summary>
        public static Wish? Read(string words)
        {
            if (ShowPattern().IsMatch(words)) return new Wish(_ => "", p => p);
            if (OffPattern().Match(words) is { Success: true } off) return Switch(off, isOn: false);
            if (OnPattern().Match(words) is { Success: true } on) return Switch(on, isOn: true);
            if (NoQuietPattern().IsMatch(words)) return new Wish(_ => Texts.QuietOff, p => p with { QuietHours = DailyHours.Never });
            if (HouseQuietPattern().IsMatch(words)) return new Wish(_ => Texts.QuietOfHouse, p => p with { QuietHours = null });
            return Period(words) is { } period && period.From != period.To && DailyHours.TryParse(SpokenHours.Text(period), out var hours)
                ? new Wish(_ => Texts.QuietSet(hours.Text), p => p with { QuietHours = hours })
                : null;
        }

        /// <summary>All kinds again.</summary>
        public static Wish All => Kinds(isOn: true, [.. NotificationPreferences.Switchable]);

        /// <summary>Reads what is a wish when it is said to the bot, though to a person it may mean something else: 不要再发了.</summary>
        public static Wish? ReadLoosely(string words) =>
            words.Length is > 0 and <= LongestWords && EnoughPattern().IsMatch(words) ? Kinds(isOn: false, [.. NotificationPreferences.Switchable]) : null;

        /// <summary>Does somebody ask how, or whether, such a wish can be had: 怎么退订, 可以关掉推送吗?</summary>
        public static bool IsAskedFor(string words) =>
            AskPattern().Match(words) is { Success: true } match && (match.Groups["how"].Success || match.Groups["end"].Success) && Read(match.Groups["wish"].Value) is not null;

        /// <summary>Is it about quiet hours, though no time could be read?</summary>
        public static bool SpeaksOfQuiet(string words) => SpeaksOfQuietPattern().IsMatch(words);

        /// <summary>Shall it always be quiet? Then nothing would ever be sent, and who wants that unsubscribes.</summary>
        public static bool IsForWholeDay(string words) => WholeDayPattern().IsMatch(words) || Period(words) is { } period && period.From == period.To;

        private static (int From, int To)? Period(string words) => QuietPattern().Match(words) is { Success: true } quiet ? SpokenHours.Of(quiet) : null;

        private static Wish Switch(Match match, bool isOn)
        {
            var named = match.Groups["what"].Captures.Select(c => c.Value).ToList();
            var kinds = named.Where(what => what != "短信").Select(KindOf).Distinct().ToArray();
            if (!named.Contains("短信")) return Kinds(isOn, kinds.Length > 0 ? kinds : [.. NotificationPreferences.Switchable]);
            var sms = new Wish(now => Texts.SmsSwitched(isOn, NotificationPreferences.Switchable.Any(now.Wants)), p => p with { IsSmsAllowed = isOn });
            if (kinds.Length == 0) return sms;
            var other = Kinds(isOn, kinds);
            return new Wish(now => other.Done(now) + "\n" + sms.Done(now), p => sms.Change(other.Change(p)));
        }

        private static NotificationKind KindOf(string what) => what switch
        {
            "预警" or "延误" or "异常" => NotificationKind.ParcelWarning,
            "公告" or "天气" => NotificationKind.Incident,
            _ => NotificationKind.ParcelStatus,
        };

        private static Wish Kinds(bool isOn, NotificationKind[] kinds) => new(_ => Texts.KindsSwitched(isOn, kinds), p => p.With(isOn, kinds));

        [GeneratedRegex("^(?:通知|推送|消息|提醒)设置$|^我的通知$", RegexOptions.CultureInvariant)]
        private static partial Regex ShowPattern();

        [GeneratedRegex("^(?:我要|我想|我|想)?(?:TD|T|STOP|UNSUBSCRIBE|退订|取消订阅|退订(?:" + Every + "|全部|所有)?(?:" + Item + "(?:" + And + Item + ")*)?"
            + "|(?:退订|取消订阅|取消|关闭|关掉|关|停止|停掉|停|屏蔽|不要|不想要|不需要)" + Named
            + "|把" + Named + "(?:都|全部|全|给我)*(?:关闭|关掉|关|停止|停掉|停|取消|退订|屏蔽)掉?|" + Named + "(?:都|全部|全)*(?:关闭|关掉|关|停掉|停|取消|退订)掉?"
            + "|" + Not + "(?:给我)?(?:发送|发|推送|推|收到|接收|收|看到)(?:给我)?" + Named + "(?:给我)?|" + Not + "(?:(?:通知|提醒|推送)我|给我推送))$",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
        private static partial Regex OffPattern();

        [GeneratedRegex("^(?:我要|我想|我|想)?(?:(?:恢复|重新订阅|重新打开|重新开启|开启|打开|订阅|开)" + Named + "|恢复(?:全部|所有)|恢复订阅|重新订阅|把" + Named + "(?:都|全部|重新)*(?:恢复|开启|打开|开)|" + Named
            + "(?:都|全部|重新)*(?:恢复|开启|打开)|继续(?:通知|提醒|推送)我)$", RegexOptions.CultureInvariant)]
        private static partial Regex OnPattern();

        [GeneratedRegex("^(?:请问|我?想?问一?下?|你好)?,?我?(?<how>(?:要|想)?(?:怎么样?|怎样|如何|咋样?|去?哪里?儿?)(?:才能|才可以|可以|能|去|来|设置)?|能不能|可不可以|可以|能)?(?<wish>.+?)(?<end>[吗么嘛呢?]+)?$", RegexOptions.CultureInvariant)]
        private static partial Regex AskPattern();

        [GeneratedRegex("^(?:我?要|我?想|把)?(?:设置|开启|设)?(?:(?:免打扰|勿扰)(?:时段|时间)?(?:改成|改为|改到|设为|设成|设置为|是|为)?[:,]?" + SpokenHours.Pattern + "|" + SpokenHours.Pattern + "(?:之间|期间)?,?(?:的?时候)?都?(?:免打扰|勿扰|(?:别|不要|不想被|请勿|勿)(?:再)?打扰我?))$",
            RegexOptions.CultureInvariant)]
        private static partial Regex QuietPattern();

        [GeneratedRegex("免打扰|勿扰|(?:别|不要|不想被?|勿)再?打扰", RegexOptions.CultureInvariant)]
        private static partial Regex SpeaksOfQuietPattern();

        [GeneratedRegex("全天|整天|24小时|一直|永久|永远", RegexOptions.CultureInvariant)]
        private static partial Regex WholeDayPattern();

        [GeneratedRegex("^(?:你们)?(?:别|不要|不用|勿)(?:再(?:给我)?(?:发|推送|推)(?:消息|通知|信息|提醒)?|给我(?:发|推送|推)(?:消息|通知|信息|提醒))(?:给我)?$|^我?(?:不想|不要|别让我)再?(?:收到|收|接收|看到)(?:你们的?|任何|这些)?(?:消息|信息)$", RegexOptions.CultureInvariant)]
        private static partial Regex EnoughPattern();

        [GeneratedRegex("^(?:关闭|关掉|取消|解除|不要)(?:免打扰|勿扰)$", RegexOptions.CultureInvariant)]
        private static partial Regex NoQuietPattern();

        [GeneratedRegex("^(?:恢复)?默认(?:免打扰|勿扰)$", RegexOptions.CultureInvariant)]
        private static partial Regex HouseQuietPattern();
    }
}

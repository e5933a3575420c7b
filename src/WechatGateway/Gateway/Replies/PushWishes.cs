using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Notifications;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// What a customer wants to be told, changed by whole sentences: 退订, TD, 退订物流通知, 恢复通知, 免打扰 22:00-8:00, 关闭短信, 通知设置. Anything
/// around them (怎么退订会员) is somebody else's question.
/// </summary>
internal sealed partial class PushWishes(Db db, TimeProvider clock, NotificationsOptions options) : IReplyRule
{
    private const int LongestWords = 30;

    // One of these stands in every such wish.
    private static readonly SearchValues<char> Signs = SearchValues.Create("TtD订阅通推消提短扰");

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        var words = Sentence(ask);
        if ((WishOf(ask) ?? Wish.ReadLoosely(words)) is { } wish) return await Fulfil(ask, wish, ct).ConfigureAwait(false);
        if (words == "恢复") return await Recover(ask, ct).ConfigureAwait(false);
        return words.Length is > 0 and <= LongestWords && Wish.SpeaksOfQuiet(words) ? new Reply(Texts.QuietHow) : null;
    }

    /// <summary>The wish that somebody writes; null when it is none.</summary>
    public static Wish? WishOf(Ask ask) => Sentence(ask) is { Length: > 0 and <= LongestWords } words && words.AsSpan().ContainsAny(Signs) ? Wish.Read(words) : null;

    /// <summary>Changes what is wished, and confirms it.</summary>
    public async Task<Reply> Fulfil(Ask ask, Wish wish, CancellationToken ct)
    {
        var before = await CustomerPreferences.Of(db, ask.Customer, ct).ConfigureAwait(false);
        var after = wish.Change(before);
        if (!ReferenceEquals(after, before)) await CustomerPreferences.Save(db, clock, ask.Customer, after, PreferenceSource.Chat, ct).ConfigureAwait(false);
        return new Reply(Texts.Wishes(wish.Done, after, after.QuietHours?.Text ?? options.QuietHours));
    }

    // Alone it means this only for who has unsubscribed from something.
    private async Task<Reply?> Recover(Ask ask, CancellationToken ct) =>
        (await CustomerPreferences.Of(db, ask.Customer, ct).ConfigureAwait(false)).KindsOff.Count > 0 ? await Fulfil(ask, Wish.All, ct).ConfigureAwait(false) : null;

    private static string Sentence(Ask ask) => ask.Words.TrimEnd('。', '.', '!', '~', '了', '吧').Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A change that somebody asks for. Pure.</summary>
    /// <param name="Done">The sentence that confirms it; empty when only the state is asked for.</param>
    /// <param name="Change">The change.</param>
    internal sealed partial record Wish(string Done, Func<NotificationPreferences, NotificationPreferences> Change)
    {
        /// <summary>Reads words without blanks; null when they are no such wish.</summary>
        public static Wish? Read(string words)
        {
            if (ShowPattern().IsMatch(words)) return new Wish("", p => p);
            if (OffPattern().Match(words) is { Success: true } off) return Switch(off.Groups["what"].Value, isOn: false);
            if (OnPattern().Match(words) is { Success: true } on) return Switch(on.Groups["what"].Value, isOn: true);
            if (NoQuietPattern().IsMatch(words)) return new Wish(Texts.QuietOff, p => p with { QuietHours = DailyHours.Never });
            if (HouseQuietPattern().IsMatch(words)) return new Wish(Texts.QuietOfHouse, p => p with { QuietHours = null });
            return QuietPattern().Match(words) is { Success: true } quiet && Hours(quiet) is { } hours
                ? new Wish(Texts.QuietSet(hours.Text), p => p with { QuietHours = hours })
                : null;
        }

        /// <summary>All kinds again.</summary>
        public static Wish All => Switch("", isOn: true);

        /// <summary>Reads what is a wish when it is said to the bot, though to a person it may mean something else: 不要再发了.</summary>
        public static Wish? ReadLoosely(string words) => words.Length is > 0 and <= LongestWords && EnoughPattern().IsMatch(words) ? Switch("", isOn: false) : null;

        /// <summary>Is it about quiet hours, though no time could be read?</summary>
        public static bool SpeaksOfQuiet(string words) => words.Contains("免打扰", StringComparison.Ordinal) || words.Contains("勿扰", StringComparison.Ordinal);

        private static Wish Switch(string what, bool isOn) => what switch
        {
            "短信" => new Wish(Texts.SmsSwitched(isOn), p => p with { IsSmsAllowed = isOn }),
            "物流" or "快件" or "快递" or "包裹" => Kinds(isOn, NotificationKind.ParcelStatus),
            "预警" or "延误" or "异常" => Kinds(isOn, NotificationKind.ParcelWarning),
            "公告" or "天气" => Kinds(isOn, NotificationKind.Incident),
            _ => Kinds(isOn, [.. NotificationPreferences.Switchable]),
        };

        private static Wish Kinds(bool isOn, params NotificationKind[] kinds) => new(Texts.KindsSwitched(isOn, kinds), p => p.With(isOn, kinds));

        private static DailyHours? Hours(Match match) =>
            Clock(match, "d1", "h1", "m1") is { } from && Clock(match, "d2", "h2", "m2") is { } to && DailyHours.TryParse($"{from}-{to}", out var hours) ? hours : null;

        // "晚上10点" is 22:00; "晚上12点" is midnight.
        private static string? Clock(Match match, string day, string hour, string minute)
        {
            var h = int.Parse(match.Groups[hour].ValueSpan, CultureInfo.InvariantCulture);
            if (match.Groups[day].Value is "晚上" or "每晚" or "夜里" or "下午" && h is > 4 and <= 12 || match.Groups[day].Value is "下午" && h < 12) h += 12;
            var m = match.Groups[minute].Success ? int.Parse(match.Groups[minute].ValueSpan, CultureInfo.InvariantCulture) : 0;
            return h <= 24 && m < 60 ? string.Create(CultureInfo.InvariantCulture, $"{h:00}:{m:00}") : null;
        }

        [GeneratedRegex("^(?:通知|推送|消息|提醒)设置$|^我的通知$", RegexOptions.CultureInvariant)]
        private static partial Regex ShowPattern();

        [GeneratedRegex("^(?:我要|请|帮我)?(?:TD|T|退订|取消订阅|(?:退订|取消|关闭|停止|不要)(?<what>全部|所有|物流|快件|快递|包裹|预警|延误|异常|公告|天气|短信)?的?(?:通知|推送|提醒)|(?:退订|关闭|不要)(?<what>短信)|退订(?<what>全部|所有|物流|快件|快递|包裹|预警|延误|异常|公告|天气))$",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
        private static partial Regex OffPattern();

        [GeneratedRegex("^(?:我要|请|帮我)?(?:(?:恢复|开启|打开|重新订阅|订阅)(?<what>全部|所有|物流|快件|快递|包裹|预警|延误|异常|公告|天气|短信)?的?(?:通知|推送|提醒)|(?:恢复|开启|打开)(?<what>短信)|恢复订阅)$",
            RegexOptions.CultureInvariant)]
        private static partial Regex OnPattern();

        [GeneratedRegex("^(?:设置|开启)?(?:免打扰|勿扰)(?:时段|时间)?:?(?<d1>每天|每晚|晚上|夜里|下午|早上|上午|凌晨|中午)?(?<h1>[0-9]{1,2})(?:[:点](?<m1>[0-9]{2})?)?(?:-|到|至|—|~)(?:次日|第二天)?(?<d2>晚上|夜里|下午|早上|上午|凌晨|中午)?(?<h2>[0-9]{1,2})(?:[:点](?<m2>[0-9]{2})?)?分?$",
            RegexOptions.CultureInvariant)]
        private static partial Regex QuietPattern();

        [GeneratedRegex("^(?:请|麻烦)?(?:你们)?(?:别|不要|不用|勿)(?:再(?:给我)?(?:发|推送|推)(?:消息|通知|信息|提醒)?|给我(?:发|推送|推)(?:消息|通知|信息|提醒))(?:给我)?$", RegexOptions.CultureInvariant)]
        private static partial Regex EnoughPattern();

        [GeneratedRegex("^(?:关闭|取消|不要)(?:免打扰|勿扰)$", RegexOptions.CultureInvariant)]
        private static partial Regex NoQuietPattern();

        [GeneratedRegex("^(?:恢复)?默认(?:免打扰|勿扰)$", RegexOptions.CultureInvariant)]
        private static partial Regex HouseQuietPattern();
    }
}

namespace Courier.Wechat.Sandbox;

/// <summary>WeChat's quotas and time limits. They change over the years, so each is a setting; the defaults are the published ones.</summary>
public sealed record SandboxLimits
{
    /// <summary>How long customer-service messages may be sent after the customer wrote (48 hours).</summary>
    public TimeSpan MessageWindow { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How many messages that window allows (5).</summary>
    public int MessageCount { get; init; } = 5;

    /// <summary>How long messages may be sent after a menu click, a follow or a scan (1 minute).</summary>
    public TimeSpan ActionWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many messages that window allows (3).</summary>
    public int ActionCount { get; init; } = 3;

    /// <summary>How long messages may be sent after somebody opened a mini-program's service window (1 minute).</summary>
    public TimeSpan EnterWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many messages that window allows (2).</summary>
    public int EnterCount { get; init; } = 2;

    /// <summary>How long an access token lives (7200 s).</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(7200);

    /// <summary>How long a replaced token still works, and how long before its end a stable token is renewed (5 minutes).</summary>
    public TimeSpan TokenOverlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>stable_token calls per clock minute (10 000).</summary>
    public int StablePerMinute { get; init; } = 10_000;

    /// <summary>Forced stable_token calls a day (20).</summary>
    public int ForcedPerDay { get; init; } = 20;

    /// <summary>The least time between two forced stable_token calls (30 s).</summary>
    public TimeSpan ForcedInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long temporary media are kept (3 days).</summary>
    public TimeSpan MediaLifetime { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a callback may take before the connection is cut (5 s).</summary>
    public TimeSpan CallbackTimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a callback is tried in all (3).</summary>
    public int CallbackAttempts { get; init; } = 3;

    /// <summary>How long a client_msg_id protects against a second template message (10 minutes).</summary>
    public TimeSpan TemplateRepeat { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after a template message its TEMPLATESENDJOBFINISH is pushed (1 s).</summary>
    public TimeSpan JobFinishDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a callback that a fault holds back waits for a later one to overtake it (3 s).</summary>
    public TimeSpan ReorderHold { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long login, phone and authorisation codes live (5 minutes).</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many openids user/get and user/tag/get give at once (10 000).</summary>
    public int UserPage { get; init; } = 10_000;

    /// <summary>How many tags an account may make (100).</summary>
    public int TagsOfAccount { get; init; } = 100;

    /// <summary>How many tags one follower may carry (20).</summary>
    public int TagsOfFollower { get; init; } = 20;

    /// <summary>How long after a subscription message its subscribe_msg_sent_event is pushed (1 s).</summary>
    public TimeSpan SubscriptionSentDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after media_check_async its result is pushed (2 s).</summary>
    public TimeSpan MediaCheckDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after somebody opened the mini-program msg_sec_check takes their texts (2 hours).</summary>
    public TimeSpan CheckWindow { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often an account may clear its quotas in a month (10).</summary>
    public int ClearQuotaPerMonth { get; init; } = 10;

    /// <summary>Calls in a clock minute by path and account; a path that is not named here has no limit. Spent: 45009.</summary>
    public IReadOnlyDictionary<string, int> MinuteCalls { get; init; } = new Dictionary<string, int>
    {
        ["/wxa/getwxacodeunlimit"] = 5_000,
        ["/wxa/msg_sec_check"] = 4_000,
    };

    /// <summary>Calls a day (00–24 h, UTC+8) by path and account; a path that is not named here has no limit.</summary>
    public IReadOnlyDictionary<string, int> DailyCalls { get; init; } = new Dictionary<string, int>
    {
        ["/cgi-bin/token"] = 2_000,
        ["/cgi-bin/stable_token"] = 500_000,
        ["/cgi-bin/menu/create"] = 1_000,
        ["/cgi-bin/menu/get"] = 10_000,
        ["/cgi-bin/menu/delete"] = 1_000,
        ["/cgi-bin/media/upload"] = 5_000,
        ["/cgi-bin/media/get"] = 10_000,
        ["/cgi-bin/message/custom/send"] = 500_000,
        ["/cgi-bin/message/template/send"] = 100_000,
        ["/cgi-bin/qrcode/create"] = 100_000,
        ["/cgi-bin/user/get"] = 500,
        ["/cgi-bin/user/info"] = 5_000_000,
        ["/cgi-bin/user/info/updateremark"] = 10_000,
        ["/wxa/msg_sec_check"] = 2_000_000,
        ["/wxa/generate_urllink"] = 500_000,
        ["/wxa/generatescheme"] = 500_000,
    };
}

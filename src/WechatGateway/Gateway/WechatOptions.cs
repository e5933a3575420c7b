using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Crypto;
using Courier.WechatGateway.Followers;
using Courier.WechatGateway.Menu;

namespace Courier.WechatGateway;

/// <summary>Which kind of account it is.</summary>
public enum AccountKind
{
    /// <summary>公众号: chat, menu, template messages.</summary>
    OfficialAccount,

    /// <summary>小程序: login, phone numbers, its own service window.</summary>
    MiniProgram,
}

/// <summary>One official account or mini-program, <c>Wechat:Accounts:N</c>.</summary>
public sealed record AccountOptions
{
    /// <summary>AppID, <c>wx…</c>.</summary>
    public string AppId { get; init; } = "";

    /// <summary>AppSecret.</summary>
    public string Secret { get; init; } = "";

    /// <summary>原始ID, <c>gh_…</c>. A callback that names another one is refused; empty means that it is not compared.</summary>
    public string OriginalId { get; init; } = "";

    /// <summary><c>OfficialAccount</c> (default) or <c>MiniProgram</c>.</summary>
    public AccountKind Kind { get; init; } = AccountKind.OfficialAccount;

    /// <summary>Token of the callback URL, 3 to 32 letters and digits.</summary>
    public string Token { get; init; } = "";

    /// <summary>43 letters and digits; empty for an account that never encrypts.</summary>
    public string EncodingAesKey { get; init; } = "";

    /// <summary>The key before the last change, accepted while WeChat changes over; empty otherwise.</summary>
    public string PreviousEncodingAesKey { get; init; } = "";

    /// <summary><c>Plain</c> (default), <c>Compatible</c> or <c>Secure</c>, as the account's console is set.</summary>
    public CallbackMode Mode { get; init; } = CallbackMode.Plain;

    /// <summary>Its own daily limits; null for <c>Wechat:DailyLimits</c>.</summary>
    public DailyLimitOptions? DailyLimits { get; init; }

    // Secrets never reach a log through the record's own text.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("AppId = ").Append(AppId).Append(", Kind = ").Append(Kind).Append(", Mode = ").Append(Mode);
        return true;
    }
}

/// <summary>How long and how often a customer may be written to after an action, <c>Wechat:Window</c>. WeChat's figures since June 2023.</summary>
public sealed record WindowOptions
{
    /// <summary>Window after a message of the customer.</summary>
    public TimeSpan AfterMessage { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Messages in that window.</summary>
    public int MessagesAfterMessage { get; init; } = 5;

    /// <summary>Window after a menu click, a follow or the scan of a QR code.</summary>
    public TimeSpan AfterClick { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Messages in that window.</summary>
    public int MessagesAfterClick { get; init; } = 3;
}

/// <summary>How many calls a day WeChat lets an account make, <c>Wechat:DailyLimits</c>; WeChat's own figures for new accounts. Days are China's.</summary>
public sealed record DailyLimitOptions
{
    /// <summary>客服消息 custom/send.</summary>
    public long CustomMessage { get; init; } = 500_000;

    /// <summary>模板消息 template/send; WeChat allows more to accounts with more followers.</summary>
    public long Template { get; init; } = 100_000;

    /// <summary>订阅通知 subscribe/bizsend.</summary>
    public long AccountSubscription { get; init; } = 1_000_000;

    /// <summary>订阅消息 subscribe/send.</summary>
    public long MiniProgramSubscription { get; init; } = 10_000_000;
}

/// <summary>A subscribe message's template, <c>Wechat:SubscribeTemplates:{kind}:{appId}</c>.</summary>
public sealed record SubscribeTemplate
{
    /// <summary>Id of the template in the account.</summary>
    public string Id { get; init; } = "";

    /// <summary>Does one acceptance hold for good (长期订阅; public services only)?</summary>
    public bool IsPermanent { get; init; }

    /// <summary>Page that it opens; empty for the notification's own.</summary>
    public string Page { get; init; } = "";

    /// <summary>Name of the value as it is planned → name of the template's field; empty when they are the same.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}

/// <summary>What is remembered about callbacks that were answered, <c>Wechat:Duplicates</c>.</summary>
public sealed record DuplicateOptions
{
    /// <summary>How long an answer is kept for WeChat's repeated attempts.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Most answers that are kept; the oldest go first.</summary>
    public int Most { get; init; } = 20_000;
}

/// <summary>Section <c>Wechat</c>.</summary>
public sealed record WechatOptions : ICheckedOptions
{
    /// <summary>Base address of WeChat's API; what starts with <c>/</c> is a path of this process (the sandbox in Development).</summary>
    public string ApiBaseUrl { get; init; } = "https://api.weixin.qq.com";

    /// <summary>WeChat's page for signing in on H5 pages; empty for WeChat's own, or the sandbox's where <see cref="ApiBaseUrl"/> is a path of this process.</summary>
    public string AuthorizeUrl { get; init; } = "";

    /// <summary>All accounts.</summary>
    public IReadOnlyList<AccountOptions> Accounts { get; init; } = [];

    /// <summary>Template kind → AppID → template id (<c>Wechat:Templates:{kind}:{appId}</c>).</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Templates { get; init; } = new Dictionary<string, Dictionary<string, string>>();

    /// <summary>Template kind → AppID → template of subscribe messages (<c>Wechat:SubscribeTemplates:{kind}:{appId}:{Id, IsPermanent, Page, Fields}</c>).</summary>
    public IReadOnlyDictionary<string, Dictionary<string, SubscribeTemplate>> SubscribeTemplates { get; init; } = new Dictionary<string, Dictionary<string, SubscribeTemplate>>();

    /// <summary>Calls a day that WeChat allows each account; <c>Accounts:N:DailyLimits</c> goes before it.</summary>
    public DailyLimitOptions DailyLimits { get; init; } = new();

    /// <summary>AppID → menu (<c>Wechat:Menus:{appId}:N:{Name, Type, Key, Url, …, Children}</c>).</summary>
    public IReadOnlyDictionary<string, List<MenuEntry>> Menus { get; init; } = new Dictionary<string, List<MenuEntry>>();

    /// <summary>How long a reply may take; what is not ready by then follows as a customer-service message. WeChat cuts after 5 s.</summary>
    public TimeSpan ReplyBudget { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest callback body in bytes.</summary>
    public int LongestBody { get; init; } = 256 * 1024;

    /// <summary>How long a customer's question waits for the four digits that show whose parcel it is.</summary>
    public TimeSpan TailQuestion { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Customer-service window.</summary>
    public WindowOptions Window { get; init; } = new();

    /// <summary>Memory for repeated callbacks.</summary>
    public DuplicateOptions Duplicates { get; init; } = new();

    /// <summary>What is kept while the database is away.</summary>
    public SpoolOptions Spool { get; init; } = new();

    /// <summary>
    /// Number in RevokeInfo → what is erased (<c>Wechat:Revocations:{number}</c>). WeChat numbers the permissions of mini-programs from 1
    /// and those of pages from 201; a number that is not here is about data that we never get (number plates, invoices, step counts …).
    /// </summary>
    public IReadOnlyDictionary<string, PersonalDataKind> Revocations { get; init; } = new Dictionary<string, PersonalDataKind>
    {
        ["5"] = PersonalDataKind.Voice, ["7"] = PersonalDataKind.Picture, ["8"] = PersonalDataKind.Phone, ["13"] = PersonalDataKind.Place,
        ["14"] = PersonalDataKind.Picture, ["15"] = PersonalDataKind.File, ["18"] = PersonalDataKind.Place,
        ["204"] = PersonalDataKind.Voice, ["206"] = PersonalDataKind.Place, ["207"] = PersonalDataKind.Picture,
    };

    /// <summary>Learning about followers.</summary>
    public FollowerSyncOptions FollowerSync { get; init; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        foreach (var problem in FollowerSync.Problems()) yield return problem;
        if (!ApiBaseUrl.StartsWith('/') && !(Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return "ApiBaseUrl must be an absolute http or https address, or a path of this process that starts with /";
        if (AuthorizeUrl.Length > 0 && !AuthorizeUrl.StartsWith('/') && !(Uri.TryCreate(AuthorizeUrl, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"))
            yield return "AuthorizeUrl must be an absolute http or https address, a path of this process that starts with /, or empty";
        if (ReplyBudget < TimeSpan.FromMilliseconds(500) || ReplyBudget > TimeSpan.FromSeconds(4.8))
            yield return "ReplyBudget must lie between 00:00:00.5 and 00:00:04.8, because WeChat waits 5 seconds";
        if (LongestBody is < 4096 or > 1024 * 1024) yield return "LongestBody must lie between 4096 and 1048576";
        if (TailQuestion <= TimeSpan.Zero) yield return "TailQuestion must be positive";
        if (Duplicates.Keep < TimeSpan.FromSeconds(60)) yield return "Duplicates:Keep must be 00:01:00 or more, because WeChat repeats a callback for that long";
        if (Duplicates.Most is < 100 or > 1_000_000) yield return "Duplicates:Most must lie between 100 and 1000000";
        if (Window.AfterMessage <= TimeSpan.Zero || Window.AfterClick <= TimeSpan.Zero) yield return "Window:AfterMessage and Window:AfterClick must be positive";
        if (Window.MessagesAfterMessage < 0 || Window.MessagesAfterClick < 0) yield return "Window:MessagesAfterMessage and Window:MessagesAfterClick must not be negative";
        if (Spool.LongestBytes < 1024 * 1024) yield return "Spool:LongestBytes must be 1048576 or more";
        if (Spool.LongestPause < TimeSpan.FromSeconds(1) || Spool.LongestPause > TimeSpan.FromMinutes(5)) yield return "Spool:LongestPause must lie between 00:00:01 and 00:05:00";
        foreach (var problem in Accounts.SelectMany(ProblemsOf)) yield return problem;
        foreach (var twice in Accounts.GroupBy(a => a.AppId, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"Accounts name AppId {twice.Key} twice";
        foreach (var problem in Menus.SelectMany(ProblemsOf)) yield return problem;
        foreach (var (kind, byAccount) in SubscribeTemplates)
        {
            foreach (var (appId, template) in byAccount)
            {
                if (template.Id.Length is 0 or > 128) yield return $"SubscribeTemplates:{kind}:{appId}:Id must have 1 to 128 characters";
            }
        }
        foreach (var limits in Accounts.Select(a => a.DailyLimits).OfType<DailyLimitOptions>().Append(DailyLimits))
        {
            if (Math.Min(Math.Min(limits.CustomMessage, limits.Template), Math.Min(limits.AccountSubscription, limits.MiniProgramSubscription)) < 0)
                yield return "DailyLimits must not be negative";
        }
    }

    private static IEnumerable<string> ProblemsOf(AccountOptions account, int index)
    {
        var name = $"Accounts:{index}";
        if (account.AppId.Length is 0 or > 64 || !account.AppId.All(char.IsAsciiLetterOrDigit)) yield return $"{name}:AppId must be 1 to 64 letters and digits";
        if (account.Secret.Length == 0) yield return $"{name}:Secret is missing";
        if (account.Token.Length is < 3 or > 32 || !account.Token.All(char.IsAsciiLetterOrDigit)) yield return $"{name}:Token must be 3 to 32 letters and digits";
        if (account.EncodingAesKey.Length > 0 && !EncodingAesKey.TryParse(account.EncodingAesKey, out _))
            yield return $"{name}:EncodingAesKey must be 43 letters and digits";
        if (account.PreviousEncodingAesKey.Length > 0 && !EncodingAesKey.TryParse(account.PreviousEncodingAesKey, out _))
            yield return $"{name}:PreviousEncodingAesKey must be 43 letters and digits";
        if (account.Mode != CallbackMode.Plain && account.EncodingAesKey.Length == 0)
            yield return $"{name}:EncodingAesKey is required when Mode is {account.Mode}";
    }

    private IEnumerable<string> ProblemsOf(KeyValuePair<string, List<MenuEntry>> menu) =>
        Accounts.Any(a => string.Equals(a.AppId, menu.Key, StringComparison.Ordinal))
            ? MenuLimits.ProblemsOf($"Menus:{menu.Key}", menu.Value)
            : [$"Menus:{menu.Key} is the menu of no account in Accounts"];
}

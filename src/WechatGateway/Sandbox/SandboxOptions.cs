namespace Courier.Wechat.Sandbox;

/// <summary>What kind of WeChat account the sandbox plays.</summary>
public enum SandboxAccountKind
{
    /// <summary>A service account that people follow (公众号).</summary>
    OfficialAccount,

    /// <summary>A mini-program (小程序): nobody follows it, people log in and write to its service window.</summary>
    MiniProgram,
}

/// <summary>How an account's callbacks are sent, as chosen in WeChat's console.</summary>
public enum SandboxMode
{
    /// <summary>明文: signed, not encrypted.</summary>
    Plain,

    /// <summary>兼容: the plain fields and the encrypted text in one body.</summary>
    Compatible,

    /// <summary>安全: only the encrypted text; replies must be encrypted too.</summary>
    Secure,
}

/// <summary>The data format of an account's callbacks; official accounts know XML only.</summary>
public enum SandboxFormat
{
    /// <summary>XML, the only format of official accounts.</summary>
    Xml,

    /// <summary>JSON, which a mini-program may choose in its console.</summary>
    Json,
}

/// <summary>One account that exists on the platform.</summary>
public sealed record SandboxAccount
{
    /// <summary>The account's id, for example <c>wx0123456789abcdef</c>.</summary>
    public required string AppId { get; init; }

    /// <summary>The secret that tokens and logins are asked with.</summary>
    public required string Secret { get; init; }

    /// <summary>The account's original id (<c>gh_…</c>), which messages are addressed to.</summary>
    public required string OriginalId { get; init; }

    /// <summary>Official account or mini-program.</summary>
    public SandboxAccountKind Kind { get; init; }

    /// <summary>The name shown above the chat.</summary>
    public string Name { get; init; } = "快递服务";

    /// <summary>The callback token (3–32 letters and digits) that signatures are made with.</summary>
    public required string Token { get; init; }

    /// <summary>The 43 characters of the current EncodingAESKey; may be empty in <see cref="SandboxMode.Plain"/>.</summary>
    public string EncodingAesKey { get; init; } = "";

    /// <summary>The key before the current one, for playing a key change; null when there is none.</summary>
    public string? PreviousEncodingAesKey { get; init; }

    /// <summary>How callbacks are sent.</summary>
    public SandboxMode Mode { get; init; }

    /// <summary>XML or JSON callbacks; JSON is for mini-programs only.</summary>
    public SandboxFormat Format { get; init; }

    /// <summary>The full callback address; null means <see cref="SandboxOptions.CallbackBase"/> + <c>/wechat/callback/{appId}</c>.</summary>
    public string? CallbackUrl { get; init; }

    internal void Check()
    {
        if (CallbackUrl is not null && !Uri.TryCreate(CallbackUrl, UriKind.Absolute, out _))
            throw new InvalidOperationException($"the sandbox's account {AppId}: CallbackUrl is no absolute address");
        if (Mode != SandboxMode.Plain && !IsKey(EncodingAesKey))
            throw new InvalidOperationException($"the sandbox's account {AppId}: EncodingAesKey must be 43 letters and digits unless Mode is Plain");
        if (PreviousEncodingAesKey is { Length: > 0 } previous && !IsKey(previous))
            throw new InvalidOperationException($"the sandbox's account {AppId}: PreviousEncodingAesKey must be 43 letters and digits");
    }

    internal static bool IsKey(string key) => key.Length == 43 && key.All(char.IsAsciiLetterOrDigit);
}

/// <summary>A message template that the account has added in WeChat's console.</summary>
/// <param name="TemplateId">The id that template/send names.</param>
/// <param name="Title">The title of the card.</param>
/// <param name="Content">The lines, with <c>{{key.DATA}}</c> where a value goes; each key there is required.</param>
/// <param name="AppId">The account that owns it; null for every account.</param>
public sealed record SandboxTemplate(string TemplateId, string Title, string Content, string? AppId = null);

/// <summary>What the sandbox is made of. Everything has a default but the accounts and the directory.</summary>
public sealed class SandboxOptions
{
    /// <summary>The accounts on the platform.</summary>
    public IList<SandboxAccount> Accounts { get; } = [];

    /// <summary>The templates that exist from the start.</summary>
    public IList<SandboxTemplate> Templates { get; } = [.. DemoTemplates.All];

    /// <summary>The directory of the sandbox's own state: followers, messages, tokens and media survive a restart there.</summary>
    public string StateDirectory { get; set; } = "";

    /// <summary>
    /// Gives the base address that callbacks go to (without a trailing slash), asked at each push because a port may be
    /// known only after the start. Null, or an answer of null, means the address of the server that the sandbox runs in.
    /// </summary>
    public Func<string?>? CallbackBase { get; set; }

    /// <summary>True when the twelve demo people exist (they follow nobody until they are told to).</summary>
    public bool DemoFollowers { get; set; }

    /// <summary>
    /// Where a mini-program's pages can be seen in a browser, as a same-origin prefix for the page's path (for example
    /// <c>/app/#/</c>); empty when there is none, and the phone shows the path and the scene only.
    /// </summary>
    public string MiniProgramBase { get; set; } = "";

    /// <summary>WeChat's quotas and windows.</summary>
    public SandboxLimits Limits { get; set; } = new();

    internal void Check()
    {
        if (StateDirectory.Length == 0) throw new InvalidOperationException("SandboxOptions.StateDirectory is not set");
        if (Accounts.Count == 0) throw new InvalidOperationException("SandboxOptions.Accounts is empty");
        foreach (var account in Accounts) account.Check();
    }
}

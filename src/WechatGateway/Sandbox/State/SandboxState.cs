using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Courier.Wechat.Sandbox.State;

/// <summary>Everything the platform remembers. Read and change it only while holding <see cref="Gate"/>.</summary>
internal sealed class SandboxState : IDisposable
{
    readonly StateFile file;
    readonly Documents<object> sequence;
    readonly Dictionary<string, List<ChatEntry>> chats = [];
    readonly Documents<ChatEntry> chatEntries;
    long last;

    public SandboxState(SandboxOptions options)
    {
        file = new StateFile(options.StateDirectory);
        MediaDirectory = Path.Combine(options.StateDirectory, "media");
        Directory.CreateDirectory(MediaDirectory);
        sequence = new(file, "sequence");
        Followers = new(file, "follower");
        Tokens = new(file, "token");
        CurrentTokens = new(file, "current-token");
        Codes = new(file, "code");
        WebTokens = new(file, "web-token");
        Tickets = new(file, "ticket");
        Media = new(file, "media");
        QrCodes = new(file, "qr");
        Menus = new(file, "menu");
        ConditionalMenus = new(file, "conditional-menu");
        Tags = new(file, "tag");
        QuotaOverrides = new(file, "quota");
        ClearedQuotas = new(file, "cleared-quota");
        Requests = new(file, "request");
        ShortKeys = new(file, "short-key");
        Entries = new(file, "entry");
        KfAccounts = new(file, "kf-account");
        KfSessions = new(file, "kf-session");
        Templates = new(file, "template");
        SentTemplates = new(file, "sent-template");
        Calls = new(file, "calls");
        Keys = new(file, "key");
        Pushes = new(file, "push");
        Rules = new(file, "rule");
        chatEntries = new(file, "chat");
        foreach (var entry in chatEntries.Values.OrderBy(entry => entry.Sequence)) ChatOf(entry.OpenId).Add(entry);
        last = ((JsonElement?)sequence["last"])?.GetInt64() ?? 0;
    }

    public Lock Gate { get; } = new();
    public string MediaDirectory { get; }
    public Documents<Follower> Followers { get; }
    public Documents<AccessToken> Tokens { get; }
    public Documents<CurrentToken> CurrentTokens { get; }
    public Documents<LoginCode> Codes { get; }
    public Documents<WebToken> WebTokens { get; }
    public Documents<StoredTicket> Tickets { get; }
    public Documents<StoredMedia> Media { get; }
    public Documents<QrCode> QrCodes { get; }
    public Documents<StoredMenu> Menus { get; }
    public Documents<ConditionalMenu> ConditionalMenus { get; }
    public Documents<StoredTag> Tags { get; }
    public Documents<QuotaOverride> QuotaOverrides { get; }
    public Documents<ClearedQuota> ClearedQuotas { get; }
    public Documents<RequestRecord> Requests { get; }
    public Documents<ShortKey> ShortKeys { get; }
    public Documents<MiniProgramEntry> Entries { get; }
    public Documents<KfAccount> KfAccounts { get; }
    public Documents<KfSession> KfSessions { get; }
    public Documents<StoredTemplate> Templates { get; }
    public Documents<SentTemplate> SentTemplates { get; }
    public Documents<CallCount> Calls { get; }
    public Documents<KeyOverride> Keys { get; }
    public Documents<Push> Pushes { get; }
    public Documents<BrokenRule> Rules { get; }

    public List<ChatEntry> ChatOf(string openId)
    {
        if (!chats.TryGetValue(openId, out var chat)) chats[openId] = chat = [];
        return chat;
    }

    public void AddChat(ChatEntry entry)
    {
        chatEntries.Put(Key(entry.Sequence), entry);
        ChatOf(entry.OpenId).Add(entry);
    }

    /// <summary>The next number of the platform's one sequence; it never repeats, also not after a restart.</summary>
    public long Next()
    {
        sequence.Put("last", ++last);
        return last;
    }

    public static string Key(long number) => number.ToString("D12", CultureInfo.InvariantCulture);

    public static string RandomText(int length) => RandomNumberGenerator.GetString(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", length);

    /// <summary>Returns when all that was written before is on the disk; callers at one time share one flush. Needs no lock.</summary>
    public Task Sync() => file.Sync();

    public void Dispose() => file.Dispose();
}

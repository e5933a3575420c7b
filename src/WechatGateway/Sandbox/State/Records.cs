using System.Text.Json;

namespace Courier.Wechat.Sandbox.State;

/// <summary>A right to send customer-service messages: until when, and how many are left.</summary>
internal sealed record ReplyWindow(DateTimeOffset ClosesAt, int Left)
{
    public bool IsOpen(DateTimeOffset now) => now < ClosesAt;
}

/// <summary>One person as one account knows them.</summary>
internal sealed record Follower
{
    public required string OpenId { get; init; }
    public required string AppId { get; init; }
    public string? UnionId { get; init; }
    public string Nickname { get; init; } = "";
    public string? Phone { get; init; }
    public bool Following { get; init; }
    public DateTimeOffset? FollowedAt { get; init; }
    public string FollowScene { get; init; } = "ADD_SCENE_SEARCH";
    public string Scene { get; init; } = "";
    public bool AcceptsTemplates { get; init; } = true;
    public ReplyWindow? MessageWindow { get; init; }
    public ReplyWindow? ActionWindow { get; init; }
    public DateTimeOffset? LastActionAt { get; init; }
    public DateTimeOffset? TypingUntil { get; init; }
    public string? SessionKey { get; init; }
    /// <summary>Agreements to subscription messages that are left, by template id; <see cref="Always"/> is never used up.</summary>
    public IReadOnlyDictionary<string, int> Grants { get; init; } = new Dictionary<string, int>();

    /// <summary>What the customer ticked as "always choose so", by template id: accept or reject, without being asked again.</summary>
    public IReadOnlyDictionary<string, string> StandingChoices { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<int> Tags { get; init; } = [];
    public string Remark { get; init; } = "";

    /// <summary>Does the person look at snapshots of pages only? Then web sign-in gives a made-up person (is_snapshotuser).</summary>
    public bool SeesSnapshots { get; init; }

    /// <summary>The phone as matchrule names it: 1 iOS, 2 Android, 3 other.</summary>
    public int ClientPlatform { get; init; } = 2;

    /// <summary>When the customer last opened the mini-program; msg_sec_check asks for it.</summary>
    public DateTimeOffset? LoggedInAt { get; init; }

    public const int Always = -1;
}

internal enum TokenWorld { Stable, Plain }

/// <summary>An access token; <see cref="Killed"/> means that a newer one replaced it before its time.</summary>
internal sealed record AccessToken(string Value, string AppId, TokenWorld World, DateTimeOffset ExpiresAt, bool Replaced = false, bool Killed = false);

internal sealed record CurrentToken(string Value, DateTimeOffset? LastForcedAt = null, string ForcedDay = "", int ForcedToday = 0);

internal enum CodePurpose { WebLogin, MiniProgramLogin, Phone }

/// <summary>A one-time code that a phone hands to the product.</summary>
internal sealed record LoginCode(string Code, string AppId, string OpenId, CodePurpose Purpose, string Scope, DateTimeOffset ExpiresAt, bool Used = false);

internal sealed record WebToken(string Value, string AppId, string OpenId, string Scope, DateTimeOffset ExpiresAt, bool IsRefresh = false);

internal sealed record StoredTicket(string Value, DateTimeOffset ExpiresAt);

/// <summary>What is known of a media file; its bytes lie in the media directory under the same id.</summary>
internal sealed record StoredMedia(string MediaId, string AppId, string Type, string FileName, string ContentType, DateTimeOffset CreatedAt, bool Permanent = false,
    string Title = "", string Introduction = "");

internal sealed record QrCode(string Ticket, string AppId, string Scene, bool Permanent, DateTimeOffset ExpiresAt, string Url);

internal sealed record StoredMenu(JsonElement Buttons, DateTimeOffset PublishedAt);

/// <summary>A personalised menu; the rule names a tag, a kind of phone, or both.</summary>
internal sealed record ConditionalMenu(long MenuId, string AppId, JsonElement Buttons, int? TagId, int? ClientPlatform)
{
    public bool Fits(Follower person) => (TagId is null || person.Tags.Contains(TagId.Value)) && (ClientPlatform is null || ClientPlatform == person.ClientPlatform);
}

internal sealed record StoredTag(int Id, string AppId, string Name);

internal sealed record StoredTemplate(string TemplateId, string AppId, string Title, string Content);

internal sealed record SentTemplate(long MsgId, string OpenId, DateTimeOffset At);

/// <summary>How often a call was made: on the day of UTC+8, in the clock minute, and ever.</summary>
internal sealed record CallCount(string AppId, string Path, string Day, int Today, long Total, long Minute = 0, int ThisMinute = 0);

/// <summary>Limits that the control set in place of the platform's for one call of an account.</summary>
internal sealed record QuotaOverride(int? Daily, int? Minute);

/// <summary>How often an account cleared its quotas in a month.</summary>
internal sealed record ClearedQuota(string Month, int Times);

/// <summary>A request that ended in an error, as rid/get tells of it for seven days.</summary>
internal sealed record RequestRecord(
    string Rid, string AppId, DateTimeOffset At, long CostMs, string Url, string RequestBody, string ResponseBody, string ClientIp);

internal sealed record ShortKey(string Key, string AppId, string Data, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>What opens a mini-program: a code (never over its time) or a link. Content is what is in the code or the link itself.</summary>
internal sealed record MiniProgramEntry(
    string Id, string AppId, string Kind, string Content, string Path, string Query, string Version, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string? OpenedBy = null);

/// <summary>A human agent's account of the platform's own customer service.</summary>
internal sealed record KfAccount(string Account, string AppId, string Nickname, long KfId, string? Wx = null, string? InvitedWx = null, bool Online = false);

/// <summary>A customer who talks with an agent, or who waits for one while Account is empty.</summary>
internal sealed record KfSession(string OpenId, string AppId, string Account, DateTimeOffset At);

/// <summary>A key that the platform uses instead of the configured one, for as long as the configured one stays the same.</summary>
internal sealed record KeyOverride(string Configured, string Used, string? Other = null, DateTimeOffset? AlternatesUntil = null);

internal enum ChatSide { ToCustomer, FromCustomer, Note }

/// <summary>One line of a chat, either way.</summary>
internal sealed record ChatEntry(
    long Sequence, string OpenId, ChatSide Side, string Kind, DateTimeOffset At, string MessageType, string Text, JsonElement Data, string Raw);

/// <summary>A rule of WeChat's that the product broke, with a hint that says which.</summary>
internal sealed record BrokenRule(long Sequence, DateTimeOffset At, string AppId, string? OpenId, string Call, int? Errcode, string Rule);

/// <summary>A callback that waits to be delivered; it is kept until it was answered or given up, also over a restart.</summary>
internal sealed record Push
{
    public required long Sequence { get; init; }
    public required string AppId { get; init; }
    public required string OpenId { get; init; }

    /// <summary>The body before encryption, the same in every attempt.</summary>
    public required string Body { get; init; }

    /// <summary>Message type, or the event's name.</summary>
    public required string Name { get; init; }

    /// <summary>True when the customer sees a reply, and the failure text when there is none.</summary>
    public required bool ShowsReply { get; init; }
    public DateTimeOffset NotBefore { get; init; }
    public int Attempts { get; init; }
}

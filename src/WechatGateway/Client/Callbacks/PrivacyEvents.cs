namespace Courier.Wechat.Client.Callbacks;

/// <summary>What the events about a customer's personal data have in common.</summary>
/// <param name="Fields">All elements as they came.</param>
public abstract record PersonalDataEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>OpenID: whose data; not the same as the sender.</summary>
    public string PersonOpenId { get; init; } = Fields.Text("OpenID");

    /// <summary>AppID of the account that it is about.</summary>
    public string AppId { get; init; } = Fields.Text("AppID");

    /// <summary>RevokeInfo: numbers of the permissions; empty when there are none.</summary>
    public IReadOnlyList<string> Permissions { get; init; } =
        Fields.Text("RevokeInfo").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>PluginID; null when it is not about a plug-in.</summary>
    public string? PluginId { get; init; } = Fields.Optional("PluginID");
}

/// <summary>user_authorization_revoke: permissions were taken back; that data has to go.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record AuthorizationRevoked(Fields Fields) : PersonalDataEvent(Fields);

/// <summary>user_info_modified: the profile changed; what is cached is old.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record UserInfoModified(Fields Fields) : PersonalDataEvent(Fields);

/// <summary>user_authorization_cancellation: the WeChat account was closed; the person has to be erased.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record AuthorizationCancelled(Fields Fields) : PersonalDataEvent(Fields);

/// <summary>wxa_media_check: the answer to a media check.</summary>
/// <param name="Fields">All elements as they came, with the details.</param>
public sealed record MediaChecked(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>trace_id that the check answered.</summary>
    public string TraceId { get; init; } = Fields.Text("trace_id");

    /// <summary>AppID of the mini-program.</summary>
    public string AppId { get; init; } = Fields.Text("appid");

    /// <summary>errcode: 0 when the check was made; other numbers say why it was not, such as -1008 for a file that could not be fetched.</summary>
    public long ErrorCode { get; init; } = Fields.Number("errcode") ?? 0;

    /// <summary>What to do with the file; <see cref="ContentVerdict.Unknown"/> when the check was not made.</summary>
    public ContentVerdict Verdict { get; init; } =
        Fields.Number("errcode") is null or 0 ? ContentVerdicts.Of(Fields.Group("result").Optional("suggest")) : ContentVerdict.Unknown;

    /// <summary>pass, risky or review; empty when the check failed.</summary>
    public string Suggestion { get; init; } = Fields.Group("result").Text("suggest");

    /// <summary>What was found: 100 nothing, other numbers by kind; null when the check failed.</summary>
    public long? Label { get; init; } = Fields.Group("result").Number("label");

    /// <summary>What each strategy found.</summary>
    public IReadOnlyList<Fields> Details { get; init; } = Fields.Each("detail");
}

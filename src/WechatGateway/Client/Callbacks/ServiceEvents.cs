namespace Courier.Wechat.Client.Callbacks;

/// <summary>kf_create_session: an agent in WeChat's own service tool took a customer over.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record AgentSessionOpened(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The agent, <c>name@account</c>.</summary>
    public string KfAccount { get; init; } = Fields.Text("KfAccount");
}

/// <summary>kf_close_session: the agent is done; the bot is on again.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record AgentSessionClosed(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The agent, <c>name@account</c>.</summary>
    public string KfAccount { get; init; } = Fields.Text("KfAccount");

    /// <summary>CloseType; null when WeChat left it out.</summary>
    public string? CloseType { get; init; } = Fields.Optional("CloseType");
}

/// <summary>kf_switch_session: a customer went from one agent to another.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record AgentSessionSwitched(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The agent before.</summary>
    public string FromKfAccount { get; init; } = Fields.Text("FromKfAccount");

    /// <summary>The agent now.</summary>
    public string ToKfAccount { get; init; } = Fields.Text("ToKfAccount");
}

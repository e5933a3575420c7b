namespace Courier.Wechat.Client.Callbacks;

/// <summary>How a template message ended.</summary>
public enum TemplateSendStatus
{
    /// <summary>It arrived.</summary>
    Success,

    /// <summary>The customer blocks the account.</summary>
    UserBlocked,

    /// <summary>WeChat failed.</summary>
    SystemFailed,

    /// <summary>A status that this client does not know; see <see cref="TemplateSendFinished.StatusText"/>.</summary>
    Unknown,
}

/// <summary>TEMPLATESENDJOBFINISH: what became of a template message.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record TemplateSendFinished(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>MsgID: the msgid that template/send answered.</summary>
    public long? MessageId { get; init; } = Fields.Number("MsgID");

    /// <summary>Status as it came.</summary>
    public string StatusText { get; init; } = Fields.Text("Status");

    /// <summary>How it ended.</summary>
    public TemplateSendStatus Status { get; init; } = StatusOf(Fields.Text("Status"));

    // "failed:user block" and "failed: system failed": blanks vary.
    private static TemplateSendStatus StatusOf(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "SUCCESS" => TemplateSendStatus.Success,
            "FAILED:USERBLOCK" => TemplateSendStatus.UserBlocked,
            "FAILED:SYSTEMFAILED" => TemplateSendStatus.SystemFailed,
            _ => TemplateSendStatus.Unknown,
        };
}

/// <summary>MASSSENDJOBFINISH: what became of a mass message.</summary>
/// <param name="Fields">All elements as they came, with CopyrightCheckResult and ArticleUrlResult.</param>
public sealed record MassSendFinished(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>MsgID of the mass message.</summary>
    public long? MessageId { get; init; } = Fields.Number("MsgID");

    /// <summary>Status as it came, such as <c>send success</c> or <c>err(30003)</c>.</summary>
    public string StatusText { get; init; } = Fields.Text("Status");

    /// <summary>Followers in the group.</summary>
    public long TotalCount { get; init; } = Fields.Number("TotalCount") ?? 0;

    /// <summary>Followers left after filtering.</summary>
    public long FilterCount { get; init; } = Fields.Number("FilterCount") ?? 0;

    /// <summary>Followers reached.</summary>
    public long SentCount { get; init; } = Fields.Number("SentCount") ?? 0;

    /// <summary>Followers not reached.</summary>
    public long ErrorCount { get; init; } = Fields.Number("ErrorCount") ?? 0;

    /// <summary>CopyrightCheckResult; empty when there is none.</summary>
    public Fields CopyrightCheck { get; init; } = Fields.Group("CopyrightCheckResult");

    /// <summary>ArticleUrlResult; empty when there is none.</summary>
    public Fields ArticleUrls { get; init; } = Fields.Group("ArticleUrlResult");
}

/// <summary>PUBLISHJOBFINISH and FREEPUBLISHJOBFINISH: what became of a published article.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record PublishFinished(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>Id of the publishing job.</summary>
    public string PublishId { get; init; } = Fields.Group("PublishEventInfo").Text("publish_id");

    /// <summary>0 published; other numbers are WeChat's reasons; null when left out.</summary>
    public long? Status { get; init; } = Fields.Group("PublishEventInfo").Number("publish_status");

    /// <summary>Id of the article; null when it was not published.</summary>
    public string? ArticleId { get; init; } = Fields.Group("PublishEventInfo").Optional("article_id");
}

/// <summary>What a customer answered about one subscription template.</summary>
/// <param name="TemplateId">Which template.</param>
/// <param name="Accepted">True for accept; false for reject, ban and anything else.</param>
/// <param name="PopupScene">Where it was asked; null when WeChat left it out.</param>
public sealed record SubscriptionChoice(string TemplateId, bool Accepted, string? PopupScene)
{
    // The list lies inside an element named after the event in XML and at the top in JSON.
    internal static IReadOnlyList<SubscriptionChoice> From(Fields fields, string group)
    {
        var list = fields.Has(group) ? fields.Group(group).Each("List") : fields.Each("List");
        var choices = new List<SubscriptionChoice>(list.Count);
        foreach (var item in list)
        {
            var accepted = item.Text("SubscribeStatusString").Equals("accept", StringComparison.OrdinalIgnoreCase);
            choices.Add(new SubscriptionChoice(item.Text("TemplateId"), accepted, item.Optional("PopupScene")));
        }
        return choices;
    }
}

/// <summary>subscribe_msg_popup_event: a customer was asked for subscription messages.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record SubscriptionAsked(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The answer for each template.</summary>
    public IReadOnlyList<SubscriptionChoice> Choices { get; init; } = SubscriptionChoice.From(Fields, "SubscribeMsgPopupEvent");
}

/// <summary>subscribe_msg_change_event: a customer switched templates off in the settings.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record SubscriptionChanged(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The state of each template that changed.</summary>
    public IReadOnlyList<SubscriptionChoice> Choices { get; init; } = SubscriptionChoice.From(Fields, "SubscribeMsgChangeEvent");
}

/// <summary>What became of one subscription message.</summary>
/// <param name="TemplateId">Which template.</param>
/// <param name="MessageId">The msgid that the send answered; null when left out.</param>
/// <param name="ErrorCode">0 when it arrived; null when left out.</param>
/// <param name="ErrorStatus">WeChat's word for it.</param>
public sealed record SubscriptionDelivery(string TemplateId, long? MessageId, long? ErrorCode, string ErrorStatus);

/// <summary>subscribe_msg_sent_event: what really became of subscription messages.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record SubscriptionSent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The result for each template.</summary>
    public IReadOnlyList<SubscriptionDelivery> Deliveries { get; init; } = From(Fields);

    private static List<SubscriptionDelivery> From(Fields fields)
    {
        var list = fields.Has("SubscribeMsgSentEvent") ? fields.Group("SubscribeMsgSentEvent").Each("List") : fields.Each("List");
        var deliveries = new List<SubscriptionDelivery>(list.Count);
        foreach (var item in list)
            deliveries.Add(new SubscriptionDelivery(item.Text("TemplateId"), item.Number("MsgID"), item.Number("ErrorCode"), item.Text("ErrorStatus")));
        return deliveries;
    }
}

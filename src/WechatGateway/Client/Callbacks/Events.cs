namespace Courier.Wechat.Client.Callbacks;

/// <summary>Something that happened (MsgType <c>event</c>).</summary>
/// <param name="Fields">All elements as they came.</param>
public abstract record InboundEvent(Fields Fields) : Inbound(Fields)
{
    /// <summary>Event as it came; its case differs between documents and traffic.</summary>
    public string EventName { get; init; } = Fields.Text("Event");

    /// <summary>EventKey; empty when there is none.</summary>
    public string EventKey { get; init; } = Fields.Text("EventKey");
}

/// <summary>An event that this client does not know, with all it carried.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record UnknownEvent(Fields Fields) : InboundEvent(Fields);

/// <summary>subscribe: somebody follows the account, perhaps by a QR code with a scene.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record SubscribeEvent(Fields Fields) : InboundEvent(Fields)
{
    private const string Prefix = "qrscene_";

    /// <summary>Scene of the QR code without WeChat's <c>qrscene_</c>; null when it was not by such a code.</summary>
    public string? Scene { get; init; } =
        Fields.Text("EventKey") is { } key && key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && key.Length > Prefix.Length
            ? key[Prefix.Length..] : null;

    /// <summary>Ticket of the QR code; null otherwise.</summary>
    public string? Ticket { get; init; } = Fields.Optional("Ticket");
}

/// <summary>unsubscribe: somebody left; nothing can be sent any more.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record UnsubscribeEvent(Fields Fields) : InboundEvent(Fields);

/// <summary>SCAN: a follower scanned a QR code with a scene.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record ScanEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>Scene of the QR code.</summary>
    public string Scene { get; init; } = Fields.Text("EventKey");

    /// <summary>Ticket of the QR code; null when WeChat left it out.</summary>
    public string? Ticket { get; init; } = Fields.Optional("Ticket");
}

/// <summary>LOCATION: where the customer is, reported by WeChat itself when the chat is opened.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record LocationReportEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>The place in GCJ-02; null when WeChat sent no numbers.</summary>
    public GeoPoint? Point { get; init; } = GeoPoint.From(Fields, "Latitude", "Longitude");

    /// <summary>How exact it is, in metres.</summary>
    public double? Precision { get; init; } = Fields.Decimal("Precision");
}

/// <summary>user_enter_tempsession: somebody opened the service window of a mini-program.</summary>
/// <param name="Fields">All elements as they came.</param>
public sealed record EnterServiceWindowEvent(Fields Fields) : InboundEvent(Fields)
{
    /// <summary>session-from of the button; empty when it has none.</summary>
    public string SessionFrom { get; init; } = Fields.Text("SessionFrom");
}

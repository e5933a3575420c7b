namespace Courier.Wechat.Client.Callbacks;

/// <summary>
/// Anything that WeChat pushes to the callback URL, read from its elements. All elements stay available in
/// <see cref="Fields"/>, also those that no property stands for.
/// </summary>
/// <param name="Fields">All elements as they came.</param>
public abstract record Inbound(Fields Fields)
{
    /// <summary>ToUserName: the account's original id, <c>gh_…</c>.</summary>
    public string AccountId { get; init; } = Fields.Text("ToUserName");

    /// <summary>FromUserName: who sent it, mostly an openid.</summary>
    public string OpenId { get; init; } = Fields.Text("FromUserName");

    /// <summary>CreateTime; the Unix epoch when WeChat left it out.</summary>
    public DateTimeOffset SentAt { get; init; } = Fields.Time("CreateTime") ?? DateTimeOffset.UnixEpoch;

    /// <summary>MsgType as it came, such as <c>text</c> or <c>event</c>.</summary>
    public string MsgType { get; init; } = Fields.Text("MsgType");
}

/// <summary>A point of a map in GCJ-02, the coordinates of Chinese maps.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>A point from two elements; null unless both are numbers within the globe.</summary>
    internal static GeoPoint? From(Fields fields, string latitude, string longitude) =>
        fields.Decimal(latitude) is { } north and >= -90 and <= 90 && fields.Decimal(longitude) is { } east and >= -180 and <= 180
            ? new GeoPoint(north, east) : null;
}

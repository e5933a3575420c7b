namespace Courier.Services.Conversations;

/// <summary>Fetches what customers sent as a file from the far end of a channel; implemented by the channel's gateway.</summary>
public interface IChannelMedia
{
    /// <summary>The channel: <c>wechat</c>.</summary>
    string Channel { get; }

    /// <summary>Fetches a medium.</summary>
    /// <param name="appId">The account that it came to.</param>
    /// <param name="mediaId">Its id at the channel.</param>
    /// <param name="ct">Gives up.</param>
    Task<FetchedMedia> Fetch(string appId, string mediaId, CancellationToken ct);
}

/// <summary>What became of fetching a medium.</summary>
public abstract record FetchedMedia
{
    private FetchedMedia()
    {
    }

    /// <summary>Here it is.</summary>
    /// <param name="Bytes">The file.</param>
    public sealed record Got(ReadOnlyMemory<byte> Bytes) : FetchedMedia;

    /// <summary>It cannot be had any more.</summary>
    /// <param name="Reason">Why, for the desk; no personal data.</param>
    public sealed record Gone(string Reason) : FetchedMedia;

    /// <summary>Not now.</summary>
    /// <param name="After">When to ask again.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Later(TimeSpan After, string Reason) : FetchedMedia;
}

/// <summary>How far a medium is.</summary>
public enum MediaState
{
    /// <summary>It is being fetched.</summary>
    Wanted,

    /// <summary>It can be looked at.</summary>
    Kept,

    /// <summary>It could not be fetched, or its time of keeping is over.</summary>
    Gone,
}

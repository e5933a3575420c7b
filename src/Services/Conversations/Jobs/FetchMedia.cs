using System.Security.Cryptography;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Conversations;

/// <summary>
/// Fetches pictures and voices while the channel still has them (WeChat: three days). A crash leaves the row wanted, and the file is
/// written again.
/// </summary>
internal sealed class FetchMedia(Db db, TimeProvider clock, MediaFiles files, IEnumerable<IChannelMedia> channels) : IScheduledJob
{
    /// <summary>The job's name.</summary>
    public const string JobName = "conversations.fetch_media";

    private const int Portion = 20;
    private static readonly TimeSpan ChannelKeeps = TimeSpan.FromDays(3), Lease = TimeSpan.FromMinutes(2);

    private const string Due =
        """
        select id as Id, channel as Channel, app_id as AppId, media_id as MediaId, tries as Tries, wanted_at as WantedAt, next_at as NextAt
        from conversations_media
        where state = 'wanted' and next_at <= @now
        order by next_at
        limit @portion
        """;

    private const string Claim = "update conversations_media set tries = tries + 1, next_at = @until where id = @Id and state = 'wanted' and next_at = @NextAt";

    private const string Keep =
        """
        update conversations_media
        set state = 'kept', content_type = @type, bytes = @bytes, content_hash = @hash, key_cipher = @key, reason = '', kept_at = @now
        where id = @Id and state = 'wanted'
        """;

    private const string GiveUp = "update conversations_media set state = 'gone', reason = @reason where id = @Id and state = 'wanted'";

    private const string Wait = "update conversations_media set next_at = @next, reason = @reason where id = @Id and state = 'wanted'";

    public async Task Run(CancellationToken ct)
    {
        foreach (var medium in await db.Query<WantedMedium>(Due, new { now = clock.GetUtcNow(), portion = Portion }, ct).ConfigureAwait(false))
        {
            var until = clock.GetUtcNow() + Lease;
            if (await db.Execute(Claim, new { medium.Id, medium.NextAt, until }, ct).ConfigureAwait(false) == 1) await Fetch(medium, ct).ConfigureAwait(false);
        }
    }

    private async Task Fetch(WantedMedium medium, CancellationToken ct)
    {
        var fetched = await From(medium, ct).ConfigureAwait(false);
        await (fetched switch
        {
            FetchedMedia.Got got => Store(medium, got.Bytes, ct),
            FetchedMedia.Gone gone => db.Execute(GiveUp, new { medium.Id, reason = gone.Reason }, ct),
            FetchedMedia.Later later => db.Execute(Wait, new { medium.Id, next = clock.GetUtcNow() + later.After, reason = later.Reason }, ct),
            _ => throw new InvalidOperationException($"unknown outcome {fetched.GetType().Name}"),
        }).ConfigureAwait(false);
    }

    private async Task<FetchedMedia> From(WantedMedium medium, CancellationToken ct)
    {
        if (medium.WantedAt + ChannelKeeps <= clock.GetUtcNow()) return new FetchedMedia.Gone("the channel keeps it for three days only");
        return channels.FirstOrDefault(c => c.Channel == medium.Channel) is { } channel
            ? await channel.Fetch(medium.AppId, medium.MediaId, ct).ConfigureAwait(false)
            : new FetchedMedia.Gone("the channel is not configured any more");
    }

    private async Task Store(WantedMedium medium, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var key = await files.Write(medium.Id, content, ct).ConfigureAwait(false);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        // Nobody wants it any more: it was erased while it was fetched.
        if (await db.Execute(Keep, new { medium.Id, type = MediaTypes.Of(content.Span), bytes = content.Length, hash, key, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) == 0)
            files.Delete([medium.Id]);
    }

    private sealed record WantedMedium
    {
        public required string Id { get; init; }
        public required string Channel { get; init; }
        public required string AppId { get; init; }
        public required string MediaId { get; init; }
        public required long Tries { get; init; }
        public required DateTimeOffset WantedAt { get; init; }
        public required DateTimeOffset NextAt { get; init; }
    }
}

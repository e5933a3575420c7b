using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Conversations;

/// <summary>Makes media unreadable when their time of keeping is over, and removes files that nobody can read.</summary>
internal sealed class PurgeMedia(Db db, TimeProvider clock, MediaFiles files, ConversationsOptions options) : IScheduledJob
{
    private const int Portion = 500;

    private const string Expire =
        "update conversations_media set state = 'gone', key_cipher = '', reason = 'its time of keeping is over' where state = 'kept' and kept_at < @before";

    private const string Readable = "select id from conversations_media where state in ('kept', 'wanted') and id in @ids";

    public async Task Run(CancellationToken ct)
    {
        await db.Execute(Expire, new { before = clock.GetUtcNow().AddDays(-options.MediaKeepDays) }, ct).ConfigureAwait(false);
        foreach (var ids in files.Old(clock.GetUtcNow()).Chunk(Portion))
        {
            var readable = (await db.Query<string>(Readable, new { ids = ids.Select(i => i[..Math.Min(32, i.Length)]) }, ct).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
            files.Delete(ids.Where(i => !readable.Contains(i[..Math.Min(32, i.Length)])));
        }
    }
}

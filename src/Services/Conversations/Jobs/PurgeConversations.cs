using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Services.Conversations;

/// <summary>Deletes conversations when their time of keeping is over, in small portions, and the counters of past days.</summary>
internal sealed class PurgeConversations(Db db, TimeProvider clock, ConversationsOptions options) : IScheduledJob
{
    private const int Portion = 200;

    // A conversation that only the bot ever owned is never closed by anybody: its beginning counts.
    private const string Old =
        """
        select id from conversations_conversations
        where closed_at < @before or (owner = 'bot' and opened_at < @before)
        order by id
        limit @portion
        """;

    public async Task Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-options.KeepDays);
        while (await OnePortion(before, ct).ConfigureAwait(false) == Portion) ct.ThrowIfCancellationRequested();
        var day = Calendars.ChinaTime.Day(clock.GetUtcNow().AddDays(-7)).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        await db.Execute("delete from conversations_counters where day < @day", new { day }, ct).ConfigureAwait(false);
    }

    private Task<int> OnePortion(DateTimeOffset before, CancellationToken ct) => db.InTransaction(async tx =>
    {
        var ids = await tx.Query<string>(Old, new { before, portion = Portion }, ct).ConfigureAwait(false);
        if (ids.Count == 0) return 0;
        await tx.Execute("delete from conversations_media where conversation_id in @ids", new { ids }, ct).ConfigureAwait(false); // their files go by PurgeMedia
        await tx.Execute("delete from conversations_messages where conversation_id in @ids", new { ids }, ct).ConfigureAwait(false);
        return await tx.Execute("delete from conversations_conversations where id in @ids", new { ids }, ct).ConfigureAwait(false);
    }, ct);
}

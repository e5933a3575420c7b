using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Staff;

namespace Courier.Services.Knowledge;

/// <summary>Has those told whom an incident that begins concerns, ends incidents whose time is over (they are not shown any more already), and forgets long after who was told.</summary>
internal sealed class EndIncidents(Db db, TimeProvider clock, IncidentBoard board) : IScheduledJob
{
    private const int Portion = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const string Begun = "select id from knowledge_incidents where state = 'active' and tells_later = 1 and starts_at <= @now order by id limit @limit";

    private const string Over = "select id from knowledge_incidents where state = 'active' and ends_at <= @now order by id limit @limit";

    private const string Old =
        """
        select i.id from knowledge_incidents i
        where i.state = 'ended' and i.ended_at < @before and exists (select 1 from knowledge_incident_audience a where a.incident_id = i.id)
        order by i.id
        limit 1
        """;

    private const string Forget =
        """
        delete from knowledge_incident_audience
        where incident_id = @id and customer in (select customer from (select customer from knowledge_incident_audience where incident_id = @id limit 1000) some)
        """;

    public async Task Run(CancellationToken ct)
    {
        foreach (var id in await db.Query<string>(Begun, new { now = clock.GetUtcNow(), limit = Portion }, ct).ConfigureAwait(false))
            await WriteIncidents.TellNow(db, clock, id, ct).ConfigureAwait(false);
        foreach (var id in await db.Query<string>(Over, new { now = clock.GetUtcNow(), limit = Portion }, ct).ConfigureAwait(false))
            await WriteIncidents.EndOver(db, clock, board, id, ct).ConfigureAwait(false);
        if (await db.First<string>(Old, new { before = clock.GetUtcNow() - Kept }, ct).ConfigureAwait(false) is { } old)
            while (await db.Execute(Forget, new { id = old }, ct).ConfigureAwait(false) > 0) ct.ThrowIfCancellationRequested();
    }
}

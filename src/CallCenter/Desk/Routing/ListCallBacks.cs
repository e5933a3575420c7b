using Courier.Kernel.Data;

namespace Courier.CallCenter.Routing;

/// <summary>A call-back as supervisors see it: without the number.</summary>
internal sealed record ListedCallBack
{
    public required string Id { get; init; }
    public required string CallId { get; init; }
    public required string Queue { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required CallBackState State { get; init; }
    public required long Tries { get; init; }
    public required DateTimeOffset NextAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Who is to be called back, and who was.</summary>
internal static class ListCallBacks
{
    private const string Sql =
        """
        select id as Id, call_id as CallId, queue as Queue, since as Since, state as State, tries as Tries, next_at as NextAt, ended_at as EndedAt
        from calls_callbacks order by case when state = 'waiting' then 0 else 1 end, asked_at desc, id limit 100
        """;

    /// <summary>Those that wait, then the last ones that are over.</summary>
    public static Task<IReadOnlyList<ListedCallBack>> Latest(ISqlReader db, CancellationToken ct) => db.Query<ListedCallBack>(Sql, null, ct);

    /// <summary>Takes one back; whoever has it lets go of it within seconds.</summary>
    /// <returns>False when none of this id waits.</returns>
    public static async Task<bool> Cancel(Tx tx, TimeProvider clock, string id, CancellationToken ct) => await tx.Execute(
        "update calls_callbacks set state = 'cancelled', phone_cipher = '', phone_hash = '', ended_at = @now where id = @id and state = 'waiting'",
        new { id, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) > 0;
}

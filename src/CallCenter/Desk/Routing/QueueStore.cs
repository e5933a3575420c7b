using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;

namespace Courier.CallCenter.Routing;

/// <summary>Loads and saves queues.</summary>
internal static class QueueStore
{
    private const string Sql =
        """
        select code as Code, name as Name, skills as Skills, tiers as Tiers, fairness_seconds as Fairness, relax_seconds as Relax, level_seconds as LevelSeconds, level_share as LevelShare,
          wrap_up_seconds as WrapUp, ring_seconds as Ring, greeting as Greeting, max_wait_seconds as MaxWait, max_length as MaxLength, hours as Hours, overflow_seconds as Overflow,
          overflow_to as OverflowTo, has_call_back as HasCallBack, offer_seconds as Offer, announce_seconds as Announce, is_closed as IsClosed, version as Version
        from calls_queues
        """;

    private static readonly string[] Columns =
    [
        "code", "name", "skills", "tiers", "fairness_seconds", "relax_seconds", "level_seconds", "level_share", "wrap_up_seconds", "ring_seconds", "greeting", "max_wait_seconds",
        "max_length", "hours", "overflow_seconds", "overflow_to", "has_call_back", "offer_seconds", "announce_seconds", "is_closed", "version", "changed_at",
    ];

    /// <summary>All queues, by code.</summary>
    public static async Task<IReadOnlyList<CallQueue>> All(ISqlReader db, CancellationToken ct) =>
        [.. (await db.Query<Row>(Sql + "\norder by code", null, ct).ConfigureAwait(false)).Select(r => r.Open())];

    /// <summary>One queue, locked until the end of the transaction; null when there is none.</summary>
    public static async Task<CallQueue?> Find(Tx tx, string code, CancellationToken ct) =>
        (await tx.First<Row>($"{Sql}\nwhere code = @code {tx.Dialect.ForUpdate}", new { code }, ct).ConfigureAwait(false))?.Open();

    /// <summary>Writes a queue as it is from now on.</summary>
    public static Task Save(Tx tx, CallQueue queue, DateTimeOffset now, CancellationToken ct) =>
        tx.UpsertRows("calls_queues", Columns, [Values(queue, now)], "code", Columns[1..], ct);

    private static object?[] Values(CallQueue q, DateTimeOffset now) =>
    [
        q.Code, q.Name, JsonSerializer.Serialize(q.Skills, KernelJson.Options), JsonSerializer.Serialize(q.Tiers, KernelJson.Options), Seconds(q.FairnessCap), Seconds(q.RelaxAfter),
        q.LevelSeconds, q.LevelShare, Seconds(q.WrapUp), Seconds(q.Ring), q.Greeting, Seconds(q.MaxWait), q.MaxLength, q.Hours?.Text ?? "", Seconds(q.OverflowAfter), q.OverflowTo,
        q.HasCallBack ? 1 : 0, Seconds(q.OfferAfter), Seconds(q.AnnounceEvery), q.IsClosed ? 1 : 0, q.Version, now,
    ];

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private sealed record Row
    {
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Skills { get; init; }
        public required string Tiers { get; init; }
        public required long Fairness { get; init; }
        public required long Relax { get; init; }
        public required long LevelSeconds { get; init; }
        public required long LevelShare { get; init; }
        public required long WrapUp { get; init; }
        public required long Ring { get; init; }
        public required string Greeting { get; init; }
        public required long MaxWait { get; init; }
        public required long MaxLength { get; init; }
        public required string Hours { get; init; }
        public required long Overflow { get; init; }
        public required string OverflowTo { get; init; }
        public required long HasCallBack { get; init; }
        public required long Offer { get; init; }
        public required long Announce { get; init; }
        public required long IsClosed { get; init; }
        public required long Version { get; init; }

        public CallQueue Open() => new()
        {
            Code = Code, Name = Name, Skills = JsonSerializer.Deserialize<SkillNeed[]>(Skills, KernelJson.Options) ?? [], Tiers = JsonSerializer.Deserialize<TierService[]>(Tiers, KernelJson.Options) ?? [],
            FairnessCap = TimeSpan.FromSeconds(Fairness), RelaxAfter = TimeSpan.FromSeconds(Relax), LevelSeconds = (int)LevelSeconds, LevelShare = (int)LevelShare,
            WrapUp = TimeSpan.FromSeconds(WrapUp), Ring = TimeSpan.FromSeconds(Ring), Greeting = Greeting, MaxWait = TimeSpan.FromSeconds(MaxWait), MaxLength = (int)MaxLength,
            Hours = Hours.Length == 0 ? null : DailyHours.Parse(Hours), OverflowAfter = TimeSpan.FromSeconds(Overflow), OverflowTo = OverflowTo, HasCallBack = HasCallBack != 0,
            OfferAfter = TimeSpan.FromSeconds(Offer), AnnounceEvery = TimeSpan.FromSeconds(Announce), IsClosed = IsClosed != 0, Version = Version,
        };
    }
}

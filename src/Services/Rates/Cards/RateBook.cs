using Courier.Kernel.Data;
using Courier.Services.Addresses;

namespace Courier.Services.Rates;

/// <summary>
/// The card that is in force, and those that will be, in memory; one for a process. What is published by another process counts within
/// seconds; a card whose time has come counts at that moment.
/// </summary>
public sealed class RateBook(Db db, TimeProvider clock, Divisions divisions) : IDisposable
{
    private const int MostEntries = 500;

    private const string Version = "select version from rates_versions where name = 'schedule'";

    private const string Entries =
        """
        select card_id as CardId, valid_from as ValidFrom
        from rates_schedule
        where withdrawn_at is null
        order by valid_from desc, published_at desc, id desc
        limit @limit
        """;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot? _snapshot;
    private volatile bool _lookAgain;

    /// <summary>The card in force now.</summary>
    /// <exception cref="InvalidOperationException">None is in force, which the seed prevents.</exception>
    public async ValueTask<RateCard> Current(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var (from, card) in (await Now(now, ct).ConfigureAwait(false)).Cards)
            if (from <= now) return card;
        throw new InvalidOperationException("no rate card is in force");
    }

    /// <summary>A card that was published once, whether or not it is in force.</summary>
    internal async ValueTask<RateCard> Of(string id, CancellationToken ct)
    {
        var current = await Current(ct).ConfigureAwait(false);
        return current.Id == id ? current : await Load(id, ct).ConfigureAwait(false);
    }

    /// <summary>The card that will be in force after all that is planned: what a new card is made from and compared with. Without plans it is the current one.</summary>
    public async ValueTask<RateCard> Latest(CancellationToken ct) => (await Now(clock.GetUtcNow(), ct).ConfigureAwait(false)).Cards[0].Card;

    private async ValueTask<Snapshot> Now(DateTimeOffset now, CancellationToken ct) =>
        _snapshot is { } known && !_lookAgain && now - known.LookedAt < Fresh ? known : await Read(now, ct).ConfigureAwait(false);

    /// <summary>Something was changed in this process: the next question looks at the table.</summary>
    internal void LookAgain() => _lookAgain = true;

    private async Task<Snapshot> Read(DateTimeOffset now, CancellationToken ct)
    {
        await _reading.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_snapshot is { } fresh && !_lookAgain && now - fresh.LookedAt < Fresh) return fresh;
            _lookAgain = false;
            var version = await db.First<long>(Version, ct: ct).ConfigureAwait(false);
            if (_snapshot is { } old && old.Version == version) return _snapshot = old with { LookedAt = now };
            return _snapshot = new Snapshot(version, await Cards(now, ct).ConfigureAwait(false), now);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<IReadOnlyList<(DateTimeOffset From, RateCard Card)>> Cards(DateTimeOffset now, CancellationToken ct)
    {
        var held = new Dictionary<string, RateCard>(StringComparer.Ordinal);
        foreach (var (_, card) in _snapshot?.Cards ?? []) held[card.Id] = card;
        var cards = new List<(DateTimeOffset, RateCard)>();
        foreach (var entry in await db.Query<Entry>(Entries, new { limit = MostEntries }, ct).ConfigureAwait(false))
        {
            if (!held.TryGetValue(entry.CardId, out var card)) held[entry.CardId] = card = await Load(entry.CardId, ct).ConfigureAwait(false);
            cards.Add((entry.ValidFrom, card));
            if (entry.ValidFrom <= now) break; // older ones cannot come back
        }
        return cards;
    }

    private async Task<RateCard> Load(string id, CancellationToken ct)
    {
        var reading = CardReader.Read(id, await CardStore.Files(db, id, ct).ConfigureAwait(false), divisions);
        return reading.Card ?? throw new InvalidOperationException($"the published rate card {id} cannot be read: {reading.Faults[0]}");
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private sealed record Snapshot(long Version, IReadOnlyList<(DateTimeOffset From, RateCard Card)> Cards, DateTimeOffset LookedAt);

    private sealed record Entry
    {
        public required string CardId { get; init; }
        public required DateTimeOffset ValidFrom { get; init; }
    }
}

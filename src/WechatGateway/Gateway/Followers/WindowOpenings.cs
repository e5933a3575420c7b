using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WechatGateway.Followers;

/// <summary>An action of a customer and how far it opens the window.</summary>
/// <param name="Action">What was done.</param>
/// <param name="At">When we heard of it.</param>
/// <param name="Until">End of the window that it opens.</param>
/// <param name="Sends">Messages in that window.</param>
/// <param name="SentAt">When the customer did it: who acts, follows.</param>
internal readonly record struct Opening(CustomerAction Action, DateTimeOffset At, DateTimeOffset Until, int Sends, DateTimeOffset SentAt);

/// <summary>
/// Windows that customers opened, kept in memory and written in batches of a second: a callback must not wait for a disk to learn
/// that somebody may be written to. A row that says so already, but for a hundredth of the window and a minute of when it was opened, is left as it is: whoever writes five
/// times in a minute costs one write. Only somebody who is new is written down at once; later writes change rows that are there, so that
/// one that was erased meanwhile, by whichever process, does not come back. A crash loses the last second of them: then less is known to be allowed than is, and messages
/// take another way until the customer acts again; nothing that WeChat forbids is ever tried because of it.
/// </summary>
internal sealed partial class WindowOpenings(Db db, TimeProvider clock, OnceAMinute seldom, ILogger<WindowOpenings> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), Recent = TimeSpan.FromMinutes(1);
    private const int Portion = 500, MostKnown = 100_000;

    private const string IsThere = "select 1 from wechat_followers where app_id = @appId and openid = @openId";

    private const string Rows =
        """
        select app_id as AppId, openid as OpenId, followed as Followed, follow_changed_at as ChangedAt, window_until as WindowUntil, sends_left as SendsLeft,
          last_action_at as LastActionAt
        from wechat_followers
        where app_id in @appIds and openid in @openIds
        """;

    private static readonly string[] Columns = ["app_id", "openid", "followed", "last_action", "last_action_at", "window_until", "sends_left"];

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<FollowerName, Known> _known = [];
    private Dictionary<FollowerName, Openings> _pending = [], _spare = []; // in turns: made anew each second, so large ones would be garbage that only a full collection takes
    private bool _isWriting;

    /// <summary>Keeps an opening; the first of a customer sees to it that the follower has a row.</summary>
    /// <param name="who">Who acted.</param>
    /// <param name="customer">Which customer that is now: whoever was erased and comes back is another one, and new.</param>
    /// <param name="opening">What was done.</param>
    /// <param name="ct">Ends the writing of a new one.</param>
    public async ValueTask Add(FollowerName who, CustomerId customer, Opening opening, CancellationToken ct)
    {
        if (!_known.TryGetValue(who, out var known) || known.Customer != customer) known = await MeetNew(who, customer, ct).ConfigureAwait(false);
        lock (_gate)
        {
            ref var openings = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, known.Name, out _);
            openings = Openings.Of(openings, opening);
        }
    }

    /// <summary>Forgets what is kept of people whose data are erased.</summary>
    public void Forget(IEnumerable<FollowerName> names)
    {
        lock (_gate)
        {
            foreach (var name in names)
            {
                _pending.Remove(name);
                _known.TryRemove(name, out _);
            }
        }
    }

    /// <summary>Ends when everything that was added before is written.</summary>
    public Task Written(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_pending.Count == 0 && !_isWriting) return Task.CompletedTask;
        }
        return Write(ct);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await TryWrite(CancellationToken.None).ConfigureAwait(false); // one short write, also when others have used the time for stopping up
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await TryWrite(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest
        }
    }

    private async Task<Known> MeetNew(FollowerName who, CustomerId customer, CancellationToken ct)
    {
        var (appId, openId) = (who.AppId, who.OpenId.Text);
        if (await db.First<long>(IsThere, new { appId, openId }, ct).ConfigureAwait(false) == 0)
            await db.InTransaction(tx => tx.InsertRows("wechat_followers", ["app_id", "openid", "followed"], [[appId, openId, 1]], ifAbsent: true, ct), ct).ConfigureAwait(false);
        if (_known.Count >= MostKnown) _known.Clear(); // then each is looked up once more
        return _known[who] = new Known(customer, who);
    }

    private async Task TryWrite(CancellationToken ct)
    {
        try
        {
            await Written(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            if (seldom.IsDue(nameof(WindowOpenings), out var heldBack)) NotWritten(log, e, heldBack);
        }
    }

    private async Task Write(CancellationToken ct)
    {
        await _writing.WaitAsync(ct).ConfigureAwait(false);
        Dictionary<FollowerName, Openings> taken;
        lock (_gate) (taken, _pending, _isWriting) = (_pending, _spare, true);
        try
        {
            // Most rows say as much already. What is left of all is few, and mostly one commit.
            foreach (var some in taken.Chunk(Portion))
            {
                var known = await Read(db, Rows, some, ct).ConfigureAwait(false);
                foreach (var (who, openings) in some)
                    if (!known.TryGetValue(who, out var row) || !openings.Matters(row, clock.GetUtcNow())) taken.Remove(who);
            }
            foreach (var portion in taken.OrderBy(p => p.Key.AppId, StringComparer.Ordinal).ThenBy(p => p.Key.OpenId.Text, StringComparer.Ordinal).Chunk(Portion)) // two processes do not lock crosswise
            {
                await db.InTransaction(tx => Write(tx, portion, ct), ct).ConfigureAwait(false);
                foreach (var (who, _) in portion) taken.Remove(who);
            }
        }
        finally
        {
            lock (_gate)
            {
                foreach (var (who, earlier) in taken) _pending[who] = Openings.Of(earlier, _pending.GetValueOrDefault(who));
                taken.Clear();
                _spare = taken;
                _isWriting = false;
            }
            _writing.Release();
        }
    }

    private static async Task<Dictionary<FollowerName, Row>> Read(ISqlReader reader, string sql, IReadOnlyCollection<KeyValuePair<FollowerName, Openings>> portion, CancellationToken ct)
    {
        var args = new { appIds = portion.Select(p => p.Key.AppId).Distinct(), openIds = portion.Select(p => p.Key.OpenId.Text) };
        return (await reader.Query<Row>(sql, args, ct).ConfigureAwait(false)).ToDictionary(r => new FollowerName(r.AppId, OpenId.Parse(r.OpenId)));
    }

    private static async Task Write(Tx tx, IReadOnlyCollection<KeyValuePair<FollowerName, Openings>> portion, CancellationToken ct)
    {
        var known = await Read(tx, $"{Rows}\n{tx.Dialect.ForUpdate}", portion, ct).ConfigureAwait(false);
        var there = portion.Where(p => known.ContainsKey(p.Key)).ToList(); // the others were erased since
        if (there.Count > 0) await tx.UpsertRows("wechat_followers", Columns, there.Select(p =>
        {
            var (appId, openId) = (p.Key.AppId, p.Key.OpenId.Text);
            var row = p.Value.Apply(known[p.Key], out var last);
            return new object?[] { appId, openId, row.Followed, EnumText<CustomerAction>.Of(last.Action), last.At, row.WindowUntil, row.SendsLeft };
        }), "app_id, openid", Columns[2..], ct).ConfigureAwait(false);
    }

    [LoggerMessage(LogLevel.Warning, "Opened windows could not be written; they are kept until the next time ({HeldBack} like this since the last line)")]
    private static partial void NotWritten(ILogger log, Exception error, long heldBack);

    /// <summary>Somebody who has a row.</summary>
    /// <param name="Customer">Which customer that is.</param>
    /// <param name="Name">The name as it came first: one object for all that is kept of them, so that each second's callbacks leave nothing behind that lives longer.</param>
    private readonly record struct Known(CustomerId Customer, FollowerName Name);

    /// <summary>A follower's row as far as an action changes it.</summary>
    private sealed record Row
    {
        public required string AppId { get; init; }
        public required string OpenId { get; init; }
        public required long Followed { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required DateTimeOffset WindowUntil { get; init; }
        public required long SendsLeft { get; init; }
        public required DateTimeOffset LastActionAt { get; init; }

        public Row After(Opening opening) => this with
        {
            SendsLeft = WindowUntil > opening.Until && SendsLeft > opening.Sends ? SendsLeft : opening.Sends,
            WindowUntil = WindowUntil > opening.Until ? WindowUntil : opening.Until,
            Followed = ChangedAt < opening.SentAt ? 1 : Followed, // within one second nobody knows what came last
        };
    }

    /// <summary>What a follower did since the last write: the last message, and the last click after it. Earlier ones would change nothing.</summary>
    private readonly record struct Openings(Opening? Message, Opening? Click)
    {
        public static Openings Of(Openings earlier, Opening next) => next.Action == CustomerAction.Message ? new(next, null) : new(earlier.Message, next);

        public static Openings Of(Openings earlier, Openings later) => later.Message is not null ? later : new(earlier.Message, later.Click ?? earlier.Click);

        /// <summary>Does the row allow less than was opened, or know of nothing that was done in the last minute?</summary>
        public bool Matters(Row row, DateTimeOffset now)
        {
            var after = Apply(row, out var last);
            return last.At - row.LastActionAt > Recent || after.Followed != row.Followed || after.SendsLeft != row.SendsLeft || after.WindowUntil - row.WindowUntil > (after.WindowUntil - now) / 100;
        }

        public Row Apply(Row row, out Opening last)
        {
            last = Click ?? Message!.Value;
            if (Message is { } message) row = row.After(message);
            return Click is { } click ? row.After(click) : row;
        }
    }
}

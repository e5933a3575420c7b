using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;

namespace Courier.Services.Orders.Webhooks;

/// <summary>
/// Posts what is planned, signed as carrier cores sign (HMAC-SHA256 over timestamp, line feed and body), again and again with growing pauses
/// until it is taken. A row is claimed by a lease, so a crash only repeats a message, under the same delivery id. Each aggregate keeps its
/// order: what is told later waits for what was told before. The targets are served side by side, and one that gives no answer is left
/// alone for a while, so that none waits for another.
/// </summary>
internal sealed class SendWebhooks(Db db, DataKeys keys, TimeProvider clock, WebhooksOptions options, WebhookWire wire, SilentTargets silent) : IScheduledJob
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60), FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(15);

    private const string Due =
        """
        select w.id as Id, w.event as Event, w.body_cipher as BodyCipher, w.attempts as Attempts, w.created_at as CreatedAt
        from orders_webhooks w
        where w.status = 'waiting' and w.next_at <= @now and w.leased_until < @now and w.target = @target
          and not exists (select 1 from orders_webhooks e where e.target = w.target and e.aggregate = w.aggregate and e.status = 'waiting' and e.version < w.version)
        order by w.next_at, w.id
        limit @size
        """;

    private const string Claim = "update orders_webhooks set leased_until = @until, attempts = attempts + 1 where id = @Id and status = 'waiting' and leased_until < @now";

    private const string Done =
        "update orders_webhooks set status = 'done', body_cipher = '', leased_until = 0, last_status = @status, last_error = '', finished_at = @now where id = @Id and status = 'waiting'";

    private const string Failed = "update orders_webhooks set next_at = @next, leased_until = 0, last_status = @status, last_error = @error where id = @Id and status = 'waiting'";

    public Task Run(CancellationToken ct) => Task.WhenAll(options.Select(t => Serve(t, ct)));

    private async Task Serve(WebhookTarget target, CancellationToken ct)
    {
        while (silent.MayTry(target.Key, clock.GetUtcNow(), AtOnce) is > 0 and var size && await Claimed(target, size, ct).ConfigureAwait(false) is { Count: > 0 } rows)
        {
            var answers = await Task.WhenAll(rows.Select(r => Send(target, r, ct))).ConfigureAwait(false);
            silent.Note(target.Key, answers.Any(a => a.IsTaken || a.Status is not null), clock.GetUtcNow());
        }
    }

    private async Task<IReadOnlyList<Row>> Claimed(WebhookTarget target, int size, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Query<Row>(Due, new { now, target = target.Key, size }, ct).ConfigureAwait(false);
        if (due.Count == 0) return due;
        return await db.InTransaction<IReadOnlyList<Row>>(async tx =>
        {
            var mine = new List<Row>(due.Count);
            foreach (var row in due)
                if (await tx.Execute(Claim, new { row.Id, until = now + Lease, now }, ct).ConfigureAwait(false) == 1) mine.Add(row);
            return mine;
        }, ct).ConfigureAwait(false);
    }

    private async Task<WireAnswer> Send(WebhookTarget target, Row row, CancellationToken ct)
    {
        var answer = await wire.Send(target, row.Id, row.Event, keys.Decrypt(row.BodyCipher), row.CreatedAt, ct).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (answer.IsTaken) await db.Execute(Done, new { row.Id, status = answer.Status, now }, ct).ConfigureAwait(false);
        else await db.Execute(Failed, new { row.Id, status = answer.Status, error = answer.Error, next = now + Pause(row.Attempts) }, ct).ConfigureAwait(false);
        return answer;
    }

    private static TimeSpan Pause(long attempts) => FirstPause * Math.Pow(2, Math.Min(attempts, 20)) is var pause && pause < LongestPause ? pause : LongestPause;

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Event { get; init; }
        public required string BodyCipher { get; init; }
        public required long Attempts { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }
}

/// <summary>
/// Which targets give no answer: each is left alone for a while, longer each time, and then tried with a single message first. What a process
/// knows of them is its own; another finds out by itself.
/// </summary>
internal sealed class SilentTargets
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5), LongestRest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (TimeSpan Pause, DateTimeOffset Until)> _silent = new(StringComparer.Ordinal);

    /// <summary>How many messages it may be sent at once; none while it is left alone.</summary>
    public int MayTry(string target, DateTimeOffset now, int atOnce) => !_silent.TryGetValue(target, out var silence) ? atOnce : silence.Until <= now ? 1 : 0;

    /// <summary>It answered, or did not.</summary>
    public void Note(string target, bool answered, DateTimeOffset now)
    {
        if (answered) _silent.TryRemove(target, out _);
        else _silent.AddOrUpdate(target, _ => (FirstRest, now + FirstRest), (_, s) => (Longer(s.Pause), now + Longer(s.Pause)));
    }

    private static TimeSpan Longer(TimeSpan rest) => rest * 2 < LongestRest ? rest * 2 : LongestRest;
}

/// <summary>What became of one attempt.</summary>
internal sealed record WireAnswer(bool IsTaken, int? Status, string Error);

/// <summary>The ways out: HTTP and folders.</summary>
internal sealed class WebhookWire(OwnAddress own, DataDirectory data, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public Task<WireAnswer> Send(WebhookTarget target, string id, string name, string body, DateTimeOffset createdAt, CancellationToken ct) =>
        target.Folder.Length > 0 ? Write(target, id, name, body, createdAt, ct) : Post(target, id, body, ct);

    public void Dispose() => _http.Dispose();

    private async Task<WireAnswer> Post(WebhookTarget target, string id, string body, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, own.Resolve(target.Url)) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        RequestSignature.Sign(request.Headers, target.Key, target.Secret, clock.GetUtcNow(), bytes);
        request.Headers.Add("X-Courier-Delivery", id);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
            return new(answer.IsSuccessStatusCode, (int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : $"HTTP {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return new(false, null, Cut(e.Message));
        }
    }

    // Beside its final name first, then moved: whoever watches the folder never sees half a file.
    private async Task<WireAnswer> Write(WebhookTarget target, string id, string name, string body, DateTimeOffset createdAt, CancellationToken ct)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(data.Path, target.Folder)).FullName;
            var file = Path.Combine(folder, $"{createdAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{name}-{id}.json");
            await File.WriteAllTextAsync(file + ".tmp", body, ct).ConfigureAwait(false);
            File.Move(file + ".tmp", file, overwrite: true);
            return new(true, null, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(false, null, Cut(e.Message));
        }
    }

    private static string Cut(string message) => message.Length > 300 ? message[..300] : message;
}

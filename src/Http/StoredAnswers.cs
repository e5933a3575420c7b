using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;

namespace Courier.Http;

/// <summary>An answer that was given to a request with an idempotency key.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Content type and location.</param>
/// <param name="Body">The body's bytes.</param>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>The answers of the last 24 hours by idempotency key. Bodies are encrypted: they may hold tokens and addresses.</summary>
internal sealed class StoredAnswers(Db db, DataKeys keys, TimeProvider clock)
{
    /// <summary>A process that crashed in the middle of a request loses its claim after this time.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    internal abstract record Claimed
    {
        /// <summary>The request is ours to carry out.</summary>
        public sealed record Ours(long Until) : Claimed;

        /// <summary>It was carried out before.</summary>
        public sealed record Before(StoredAnswer Answer) : Claimed;

        /// <summary>It is being carried out.</summary>
        public sealed record Now : Claimed;

        /// <summary>The key was used for another request.</summary>
        public sealed record Reused : Claimed;
    }

    public async Task<Claimed> Take(string keyHash, string requestHash, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = (now + Claim).ToUnixTimeMilliseconds();
        return await db.InTransaction<Claimed>(async tx =>
        {
            var made = await tx.Execute(
                $"{db.Dialect.InsertIfAbsentInto} http_idempotency (key_hash, request_hash, state, claimed_until, created_at) values (@keyHash, @requestHash, 'running', @until, @now)",
                new { keyHash, requestHash, until, now }, ct).ConfigureAwait(false);
            if (made == 1) return new Claimed.Ours(until);
            var row = await tx.First<Row>(
                "select request_hash as RequestHash, state, status, headers, body_cipher as BodyCipher from http_idempotency where key_hash = @keyHash",
                new { keyHash }, ct).ConfigureAwait(false);
            if (row is null) return new Claimed.Now(); // removed this moment: the caller comes again
            if (row.RequestHash != requestHash) return new Claimed.Reused();
            if (row.State == "done") return new Claimed.Before(Read(row));
            var taken = await tx.Execute(
                "update http_idempotency set claimed_until = @until where key_hash = @keyHash and state = 'running' and claimed_until < @now",
                new { keyHash, until, now }, ct).ConfigureAwait(false);
            return taken == 1 ? new Claimed.Ours(until) : new Claimed.Now();
        }, ct).ConfigureAwait(false);
    }

    public Task Keep(string keyHash, Claimed.Ours claim, StoredAnswer answer, CancellationToken ct) => db.Execute(
        """
        update http_idempotency
        set state = 'done', status = @Status, headers = @headers, body_cipher = @body
        where key_hash = @keyHash and state = 'running' and claimed_until = @Until
        """,
        new { keyHash, claim.Until, answer.Status, headers = JsonSerializer.Serialize(answer.Headers), body = keys.Encrypt(Convert.ToBase64String(answer.Body)) }, ct);

    /// <summary>The request failed by our fault: it may be tried again with the same key.</summary>
    public Task Forget(string keyHash, Claimed.Ours claim, CancellationToken ct) => db.Execute(
        "delete from http_idempotency where key_hash = @keyHash and state = 'running' and claimed_until = @Until", new { keyHash, claim.Until }, ct);

    private StoredAnswer Read(Row row) => new(
        (int)row.Status,
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers) ?? [],
        Convert.FromBase64String(keys.Decrypt(row.BodyCipher)));

    private sealed record Row
    {
        public required string RequestHash { get; init; }
        public required string State { get; init; }
        public required long Status { get; init; }
        public required string Headers { get; init; }
        public required string BodyCipher { get; init; }
    }
}

/// <summary>Removes stored answers after 24 hours.</summary>
internal sealed class PurgeStoredAnswers(Db db, TimeProvider clock) : IScheduledJob
{
    public Task Run(CancellationToken ct) => db.Execute(
        "delete from http_idempotency where created_at < @before", new { before = clock.GetUtcNow() - TimeSpan.FromHours(24) }, ct);
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Signed-in customers: opaque tokens of 256 bits, stored as their SHA-256, revocable at once.</summary>
public static class CustomerSessions
{
    /// <summary>How long a session lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Opens a session that belongs to no WeChat account.</summary>
    public static Task<OpenedSession> Open(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) => Open(db, clock, customer, "", ct);

    /// <summary>Opens a session of somebody who signed in through a WeChat account.</summary>
    public static async Task<OpenedSession> Open(Db db, TimeProvider clock, CustomerId customer, string appId, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var expires = now + Lifetime;
        await db.Execute(
            "insert into customers_sessions (token_hash, customer_id, app_id, created_at, expires_at) values (@hash, @customer, @appId, @now, @expires)",
            new { hash = Hash(token), customer, appId, now, expires }, ct).ConfigureAwait(false);
        return new OpenedSession(token, expires);
    }

    /// <summary>Whose session this is; null for an unknown, closed or expired token.</summary>
    public static async Task<CustomerId?> Find(ISqlReader db, TimeProvider clock, string token, CancellationToken ct)
    {
        if (token.Length != 43) return null;
        var customer = await db.First<string>(
            "select customer_id from customers_sessions where token_hash = @hash and expires_at > @now",
            new { hash = Hash(token), now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
        return customer is null ? null : CustomerId.Parse(customer);
    }

    /// <summary>Through which WeChat account a session was opened; empty when through none, null when the token is worth nothing.</summary>
    public static Task<string?> AppOf(ISqlReader db, TimeProvider clock, string token, CancellationToken ct) => db.First<string>(
        "select app_id from customers_sessions where token_hash = @hash and expires_at > @now", new { hash = Hash(token), now = clock.GetUtcNow() }, ct);

    /// <summary>Ends a session; a token that is none is no error.</summary>
    public static Task Close(Db db, string token, CancellationToken ct) =>
        db.Execute("delete from customers_sessions where token_hash = @hash", new { hash = Hash(token) }, ct);

    /// <summary>Ends all sessions of a customer at once.</summary>
    public static Task CloseAll(Db db, CustomerId customer, CancellationToken ct) =>
        db.Execute("delete from customers_sessions where customer_id = @customer", new { customer }, ct);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>A session as its owner gets it, once.</summary>
/// <param name="Token">Base64url, 43 characters; nobody can read it again later.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
public sealed record OpenedSession(string Token, DateTimeOffset ExpiresAt);

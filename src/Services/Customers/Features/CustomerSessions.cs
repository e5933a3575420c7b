using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Signed-in customers: opaque tokens of 256 bits, stored as their SHA-256, revocable at once.</summary>
public static class CustomerSessions
{
    /// <summary>Opens a session.</summary>
    public static Task<OpenedSession> Open(Db db, TimeProvider clock, CustomerId customer, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Whose session this is; null for an unknown, closed or expired token.</summary>
    public static Task<CustomerId?> Find(ISqlReader db, TimeProvider clock, string token, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Ends a session; a token that is none is no error.</summary>
    public static Task Close(Db db, string token, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>A session as its owner gets it, once.</summary>
/// <param name="Token">Base64url, 43 characters; nobody can read it again later.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
public sealed record OpenedSession(string Token, DateTimeOffset ExpiresAt);

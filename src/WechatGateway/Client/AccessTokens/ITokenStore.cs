using System.Text;

namespace Courier.Wechat.Client.AccessTokens;

/// <summary>Which token of an account.</summary>
public enum TokenKind
{
    /// <summary>access_token: goes along with every call.</summary>
    AccessToken,

    /// <summary>jsapi_ticket: signs pages.</summary>
    JsApiTicket,
}

/// <summary>Names a token.</summary>
/// <param name="AppId">The account.</param>
/// <param name="Kind">Which of its tokens.</param>
public readonly record struct TokenName(string AppId, TokenKind Kind);

/// <summary>A token as all processes share it. Its text form does not show it.</summary>
/// <param name="Value">The token; up to 512 characters and more.</param>
/// <param name="RenewAt">From when on somebody should get a new one.</param>
/// <param name="ExpiresAt">From when on WeChat refuses it.</param>
/// <param name="Version">Grows by one with every token that is saved, from 1. The same value under another version counts as another token.</param>
public sealed record StoredToken(string Value, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt, long Version)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Version = ").Append(Version).Append(", ExpiresAt = ").Append(ExpiresAt.ToString("O"));
        return true;
    }
}

/// <summary>The right to get a new token in the place of one version. It ends by itself, so that a crash blocks nobody.</summary>
/// <param name="Version">The version that is to be replaced; 0 when there is none yet.</param>
/// <param name="Owner">Random name of the holder, the fence of <see cref="ITokenStore.Save"/>.</param>
/// <param name="From">Now; leases that end before it are void.</param>
/// <param name="Until">When this one ends.</param>
public sealed record TokenLease(long Version, string Owner, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Where the processes keep their tokens together. Implemented over the database.</summary>
public interface ITokenStore
{
    /// <summary>The token as it is now; null when there never was one.</summary>
    Task<StoredToken?> Load(TokenName name, CancellationToken ct);

    /// <summary>
    /// Takes the right to refresh in one atomic step: only when the stored version is still the lease's and no other lease is alive
    /// at <see cref="TokenLease.From"/>. False otherwise.
    /// </summary>
    Task<bool> TryAcquire(TokenName name, TokenLease lease, CancellationToken ct);

    /// <summary>
    /// Saves the new token (its version is the lease's plus one) and gives the lease back, in one atomic step: only when the stored
    /// version is still the lease's and its owner still holds it. False otherwise, and nothing is changed.
    /// </summary>
    Task<bool> Save(TokenName name, TokenLease lease, StoredToken token, CancellationToken ct);

    /// <summary>Gives the lease back without a token, when its owner still holds it.</summary>
    Task Release(TokenName name, TokenLease lease, CancellationToken ct);
}

using Courier.Kernel.Data;
using Courier.Wechat.Client.AccessTokens;

namespace Courier.WechatGateway.Outgoing;

/// <summary>The tokens of all accounts, shared by all processes: compare-and-refresh, fenced by the token's version and the lease's owner.</summary>
internal sealed class DatabaseTokens(Db db, DataKeys keys) : ITokenStore
{
    private const string Read =
        "select version, value_cipher as ValueCipher, renew_at as RenewAt, expires_at as ExpiresAt from wechat_tokens where app_id = @appId and kind = @kind and version > 0";

    private const string Acquire =
        """
        update wechat_tokens
        set lease_owner = @owner, lease_until = @until
        where app_id = @appId and kind = @kind and version = @version and lease_until <= @from
        """;

    private const string Replace =
        """
        update wechat_tokens
        set version = version + 1, value_cipher = @cipher, renew_at = @renewAt, expires_at = @expiresAt, lease_owner = '', lease_until = 0
        where app_id = @appId and kind = @kind and version = @version and lease_owner = @owner
        """;

    private const string GiveBack =
        "update wechat_tokens set lease_owner = '', lease_until = 0 where app_id = @appId and kind = @kind and lease_owner = @owner";

    public async Task<StoredToken?> Load(TokenName name, CancellationToken ct) =>
        await db.First<Row>(Read, new { appId = name.AppId, kind = Kind(name) }, ct).ConfigureAwait(false) is { } row
            ? new StoredToken(keys.Decrypt(row.ValueCipher), row.RenewAt, row.ExpiresAt, row.Version)
            : null;

    public async Task<bool> TryAcquire(TokenName name, TokenLease lease, CancellationToken ct)
    {
        var args = new { appId = name.AppId, kind = Kind(name), version = lease.Version, owner = lease.Owner, until = lease.Until, from = lease.From };
        if (await db.Execute(Acquire, args, ct).ConfigureAwait(false) == 1) return true;
        if (lease.Version > 0) return false;
        // The first token of an account: there is no row to lock yet. Not in one transaction with the update: many who
        // insert the same key and then lock it would wait for one another in a circle.
        await db.InTransaction(tx => tx.InsertRows("wechat_tokens", ["app_id", "kind"], [[name.AppId, Kind(name)]], ifAbsent: true, ct), ct).ConfigureAwait(false);
        return await db.Execute(Acquire, args, ct).ConfigureAwait(false) == 1;
    }

    public async Task<bool> Save(TokenName name, TokenLease lease, StoredToken token, CancellationToken ct) =>
        await db.Execute(Replace, new
        {
            appId = name.AppId, kind = Kind(name), version = lease.Version, owner = lease.Owner,
            cipher = keys.Encrypt(token.Value), renewAt = token.RenewAt, expiresAt = token.ExpiresAt,
        }, ct).ConfigureAwait(false) == 1;

    public Task Release(TokenName name, TokenLease lease, CancellationToken ct) =>
        db.Execute(GiveBack, new { appId = name.AppId, kind = Kind(name), owner = lease.Owner }, ct);

    private static string Kind(TokenName name) => EnumText<TokenKind>.Of(name.Kind);

    private sealed record Row
    {
        public required long Version { get; init; }
        public required string ValueCipher { get; init; }
        public required DateTimeOffset RenewAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }
}

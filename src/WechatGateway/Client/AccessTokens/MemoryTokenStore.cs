namespace Courier.Wechat.Client.AccessTokens;

/// <summary>Tokens kept in this process: for tools and tests, and the example of what a store has to do.</summary>
public sealed class MemoryTokenStore : ITokenStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TokenName, (StoredToken? Token, TokenLease? Lease)> _rows = [];

    /// <inheritdoc />
    public Task<StoredToken?> Load(TokenName name, CancellationToken ct)
    {
        lock (_gate) return Task.FromResult(_rows.GetValueOrDefault(name).Token);
    }

    /// <inheritdoc />
    public Task<bool> TryAcquire(TokenName name, TokenLease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            var (token, held) = _rows.GetValueOrDefault(name);
            if ((token?.Version ?? 0) != lease.Version || held?.Until > lease.From) return Task.FromResult(false);
            _rows[name] = (token, lease);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc />
    public Task<bool> Save(TokenName name, TokenLease lease, StoredToken token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            var (current, held) = _rows.GetValueOrDefault(name);
            if ((current?.Version ?? 0) != lease.Version || held?.Owner != lease.Owner) return Task.FromResult(false);
            _rows[name] = (token, null);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc />
    public Task Release(TokenName name, TokenLease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            var (token, held) = _rows.GetValueOrDefault(name);
            if (held?.Owner == lease.Owner) _rows[name] = (token, null);
            return Task.CompletedTask;
        }
    }
}

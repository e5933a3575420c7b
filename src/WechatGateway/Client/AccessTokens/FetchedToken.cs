namespace Courier.Wechat.Client.AccessTokens;

/// <summary>A token as WeChat has just given it.</summary>
/// <param name="Value">The token.</param>
/// <param name="Lifetime">How long it is good for from now on.</param>
internal sealed record FetchedToken(string Value, TimeSpan Lifetime)
{
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(300);

    public override string ToString() => "FetchedToken(hidden)";

    /// <summary>The token to store: renewed 300 to 600 seconds ahead, so that accounts do not all renew at once; of a short life the last quarter.</summary>
    public StoredToken At(DateTimeOffset now, long version, FillRandom random)
    {
        var ahead = Earliest + Spread * Randomness.Fraction(random);
        var expires = now + Lifetime;
        return new StoredToken(Value, expires - (ahead < Lifetime / 4 ? ahead : Lifetime / 4), expires, version);
    }
}

namespace Courier.Http;

/// <summary>Names of the ways to prove who one is; the faces that own them register their handlers under these names.</summary>
public static class Schemes
{
    /// <summary>Customers: bearer token, or the cookie <see cref="CustomerCookie"/> of a browser.</summary>
    public const string Customer = "customer";

    /// <summary>Staff: cookie session; writes need the header <see cref="Csrf.Header"/>.</summary>
    public const string Staff = "staff";

    internal const string Nobody = "nobody";
}

using System.Security.Claims;

namespace Courier.Http;

/// <summary>Makes the principals that the schemes' handlers hand out; the bound values below read them.</summary>
public static class Principals
{
    internal const string IdClaim = "id", NameClaim = "name", RoleClaim = "role", SessionClaim = "session";

    /// <summary>A signed-in customer.</summary>
    public static ClaimsPrincipal Customer(string id) =>
        new(new ClaimsIdentity([new(IdClaim, id)], Schemes.Customer, NameClaim, RoleClaim));

    /// <summary>A signed-in member of staff.</summary>
    /// <param name="id">Id of the account.</param>
    /// <param name="name">Sign-in name.</param>
    /// <param name="roles">Roles as <see cref="Rights.ForStaff"/> names them.</param>
    /// <param name="session">Id of the session, for signing out.</param>
    public static ClaimsPrincipal Staff(string id, string name, IEnumerable<string> roles, string session) =>
        new(new ClaimsIdentity(
            [new(IdClaim, id), new(NameClaim, name), new(SessionClaim, session), .. roles.Select(r => new Claim(RoleClaim, r))],
            Schemes.Staff, NameClaim, RoleClaim));
}

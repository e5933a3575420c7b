using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>The customer who asks; a parameter of endpoints that are <see cref="Rights.ForCustomers"/>.</summary>
/// <param name="Id">Id of the customer.</param>
public sealed record CurrentCustomer(string Id)
{
    /// <summary>Binds the parameter from the principal.</summary>
    public static ValueTask<CurrentCustomer?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(Of(context.User));

    internal static CurrentCustomer? Of(ClaimsPrincipal user) =>
        user.Identities.FirstOrDefault(i => i.AuthenticationType == Schemes.Customer)?.FindFirst(Principals.IdClaim) is { } id
            ? new CurrentCustomer(id.Value)
            : null;
}

/// <summary>The member of staff who asks; a parameter of endpoints that are <see cref="Rights.ForStaff"/>.</summary>
/// <param name="Id">Id of the account.</param>
/// <param name="Name">Sign-in name.</param>
/// <param name="Roles">The account's roles.</param>
/// <param name="Session">Id of the session.</param>
public sealed record CurrentStaff(string Id, string Name, IReadOnlyList<string> Roles, string Session)
{
    /// <summary>Binds the parameter from the principal.</summary>
    public static ValueTask<CurrentStaff?> BindAsync(HttpContext context)
    {
        var identity = context.User.Identities.FirstOrDefault(i => i.AuthenticationType == Schemes.Staff);
        return ValueTask.FromResult(identity?.FindFirst(Principals.IdClaim) is not { } id ? null : new CurrentStaff(
            id.Value,
            identity.FindFirst(Principals.NameClaim)?.Value ?? "",
            [.. identity.FindAll(Principals.RoleClaim).Select(c => c.Value)],
            identity.FindFirst(Principals.SessionClaim)?.Value ?? ""));
    }
}

/// <summary>Whoever asks at an endpoint that is <see cref="Rights.ForGuests{T}"/>: a customer when a valid token came along, else a guest known by address.</summary>
/// <param name="CustomerId">Id of the customer; null for a guest.</param>
/// <param name="Address">Network address the request came from.</param>
public sealed record CurrentVisitor(string? CustomerId, string Address)
{
    /// <summary>One text for whoever it is; what tries are counted by.</summary>
    public string Key => CustomerId is null ? "ip:" + Address : "customer:" + CustomerId;

    /// <summary>Binds the parameter; a token is looked at when there is one, and a wrong one makes a guest.</summary>
    public static async ValueTask<CurrentVisitor?> BindAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (context.Request.Headers.Authorization.Count == 0 && CustomerCookie.Read(context.Request) is null) return new(null, address);
        var proof = await context.AuthenticateAsync(Schemes.Customer).ConfigureAwait(false);
        return new(proof.Principal is { } principal ? CurrentCustomer.Of(principal)?.Id : null, address);
    }
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Host.Tests.Http;

/// <summary>The product with endpoints of a test's own, and with sign-ins that a header makes: "Bearer anna", "X-Test-Staff: admin".</summary>
internal static class ApiWithEndpointsOfItsOwn
{
    public static Task<CourierApp> Start(Action<IEndpointRouteBuilder> endpoints, CourierAppOptions? options = null) =>
        CourierApp.Start((options ?? new()) with
        {
            Endpoints = endpoints,
            Services = services => services.PostConfigure<AuthenticationOptions>(o =>
            {
                foreach (var scheme in (string[])[Schemes.Customer, Schemes.Staff])
                {
                    if (o.SchemeMap.TryGetValue(scheme, out var known)) known.HandlerType = typeof(ByHeader);
                    else o.AddScheme<ByHeader>(scheme, null);
                }
            }).AddTransient<ByHeader>(),
        });

    /// <summary>Settings with which Production starts.</summary>
    public static CourierAppOptions Production => new()
    {
        Environment = "Production",
        Settings = new Dictionary<string, string>
        {
            ["Data:Keys:0"] = "a-key-that-nobody-else-knows",
            ["Management:Port"] = "0",
        },
    };

    public static async Task<(int Status, JsonElement Body)> Ask(this CourierApp app, HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await app.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public static string Code(this JsonElement problem) => problem.GetProperty("code").GetString()!;

    private sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Principal() is { } principal ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)) : AuthenticateResult.NoResult());

        private ClaimsPrincipal? Principal()
        {
            var bearer = Request.Headers.Authorization.ToString();
            var staff = Request.Headers["X-Test-Staff"].ToString();
            return Scheme.Name == Schemes.Customer
                ? bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? Principals.Customer(bearer[7..]) : null
                : staff.Length > 0 ? Principals.Staff("s1", "anna", staff.Split(','), "session1") : null;
        }
    }
}

using Courier.Http.Clients;
using Courier.Http.Limits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>Refusals that an endpoint gives of its own, for the interface document.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Codes">Their stable codes.</param>
public sealed record RefusalCodes(int Status, IReadOnlyList<string> Codes);

/// <summary>Tells which refusals endpoints give.</summary>
public static class Refusals
{
    /// <summary>Names refusals of the endpoint's own; what sign-in, limits, keys, bodies and parameters bring along is known without it.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="codes">Stable codes.</param>
    public static T Refuses<T>(this T endpoint, int status, params string[] codes) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RefusalCodes(status, codes));

    /// <summary>All refusals of an endpoint, by status.</summary>
    /// <param name="marks">What the endpoint was marked with.</param>
    /// <param name="request">What it reads.</param>
    public static ILookup<int, string> Of(IEnumerable<object> marks, RequestForm request)
    {
        var all = marks.ToList();
        return all.OfType<RefusalCodes>().SelectMany(r => r.Codes.Select(c => (r.Status, Code: c))).Concat(Shared(all, request)).Distinct()
            .OrderBy(r => r.Status).ToLookup(r => r.Status, r => r.Code);
    }

    private static IEnumerable<(int Status, string Code)> Shared(List<object> marks, RequestForm request)
    {
        bool Has<T>() => marks.OfType<T>().Any();
        if (request.HasParameters || request.HasJson) yield return (400, "request.field_invalid");
        if (request.IsPaged) yield return (400, "request.cursor_invalid");
        if (request.HasJson)
        {
            yield return (400, "request.json_invalid");
            yield return (413, "request.too_large");
            yield return (415, "request.media_type_unsupported");
        }
        if (request.TakesKey) yield return (400, "idempotency.key_malformed");
        if (Has<AuthorizationPolicy>() && !Has<IAllowAnonymous>()) yield return (401, "request.sign_in_first");
        if (!request.IsRead && (Has<Csrf.Mark>() || Has<Csrf.CookieMark>())) yield return (403, "csrf.header_missing");
        if (Has<Idempotency.Mark>())
        {
            yield return (409, "idempotency.in_progress");
            yield return (422, "idempotency.key_reused");
        }
        if (Has<VersionGate.Mark>())
        {
            yield return (400, "request.field_invalid");
            yield return (426, "app.upgrade_required");
        }
        if (Has<GuestLimit>() || Has<RequestLimits.Mark>()) yield return (429, "request.too_often");
        if (Has<CallerMisses.Mark>()) yield return (429, "request.too_many_misses");
        yield return (500, "server.fault");
        yield return (503, "server.database_away");
        yield return (503, "server.stopping");
    }
}

/// <summary>What an endpoint reads, as far as it decides about refusals.</summary>
/// <param name="IsRead">Is it GET?</param>
/// <param name="HasParameters">Does it read path or query?</param>
/// <param name="HasJson">Does it read a JSON body?</param>
/// <param name="IsPaged">Does it give a page of a list?</param>
/// <param name="TakesKey">Does it read an idempotency key?</param>
public sealed record RequestForm(bool IsRead, bool HasParameters, bool HasJson, bool IsPaged, bool TakesKey);

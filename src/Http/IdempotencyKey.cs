using Courier.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Http;

/// <summary>
/// The caller's header <c>Idempotency-Key</c>, for use cases that keep a unique key of their own; a new id when the caller sent none.
/// </summary>
/// <param name="Text">1 to 100 visible characters.</param>
public sealed record IdempotencyKey(string Text)
{
    /// <summary>Did the caller send it? Where a repetition would hurt, a request without one is refused.</summary>
    public bool IsGiven { get; private init; }

    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Binds the parameter.</summary>
    /// <exception cref="BadInput">The header is malformed.</exception>
    public static ValueTask<IdempotencyKey> BindAsync(HttpContext context) =>
        ValueTask.FromResult(Of(context.Request) is { } given
            ? new IdempotencyKey(given) { IsGiven = true } : new IdempotencyKey(Ids.New(context.RequestServices.GetRequiredService<TimeProvider>())));

    internal static string? Of(HttpRequest request)
    {
        if (request.Headers[Header] is not { Count: > 0 } values) return null;
        var key = values.ToString();
        return values.Count == 1 && key.Length is >= 1 and <= 100 && key.All(c => c is > ' ' and < (char)127)
            ? key
            : throw new BadInput(Header, Texts.KeyMalformed, "idempotency.key_malformed");
    }
}

/// <summary>Lets endpoints take the header <c>Idempotency-Key</c>.</summary>
public static class Idempotency
{
    /// <summary>
    /// A request with the header is carried out once: for 24 hours the same principal's same key gets the stored answer again
    /// (header <c>Idempotency-Replayed: true</c>), with another body 422 <c>idempotency.key_reused</c>. Answers of 500 and above are not kept.
    /// </summary>
    public static T TakesIdempotencyKey<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new Mark());

    internal sealed record Mark;
}

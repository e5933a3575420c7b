using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>Endpoints that machines call in great numbers and that prove their callers themselves: nothing of what guards browsers and sign-ins stands before them.</summary>
public static class DirectAnswer
{
    /// <summary>Answers right after routing: no headers for browsers, no guest limit, no sign-in, no idempotency key. The endpoint must be open to anyone.</summary>
    public static T AnsweredDirectly<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Mark());

    internal static Task Run(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint() is { RequestDelegate: { } answer } endpoint && endpoint.Metadata.GetMetadata<Mark>() is not null ? answer(context) : next(context);

    private sealed record Mark;
}

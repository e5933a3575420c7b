using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Courier.Http;

/// <summary>
/// Refusals as problem details (RFC 9457), alike in every environment: <c>status</c>, <c>title</c> (the sentence that people read,
/// Chinese), <c>code</c> (stable, for programs), and <c>field</c> where one is to blame.
/// </summary>
public static class Problems
{
    /// <summary>A refusal with any status.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code: <c>parcel.unknown</c>.</param>
    /// <param name="message">What people read.</param>
    /// <param name="field">The field that is to blame, as the client named it.</param>
    public static ProblemHttpResult Refusal(int status, string code, string message, string? field = null)
    {
        var problem = new ProblemDetails { Status = status, Title = message, Type = "about:blank" };
        problem.Extensions["code"] = code;
        if (field is not null) problem.Extensions["field"] = field;
        return TypedResults.Problem(problem);
    }

    /// <summary>400: a field is wrong.</summary>
    public static ProblemHttpResult BadField(string field, string message, string code = "request.field_invalid") =>
        Refusal(StatusCodes.Status400BadRequest, code, message, field);

    /// <summary>404: what was asked for does not exist, or not for the one who asks.</summary>
    public static ProblemHttpResult NotFound(string code = "request.not_found", string message = Texts.NotFound) =>
        Refusal(StatusCodes.Status404NotFound, code, message);

    /// <summary>409: a rule refuses it. Use cases throw <see cref="Kernel.RuleBroken"/> instead, which becomes the same answer.</summary>
    public static ProblemHttpResult Conflict(string code, string message) =>
        Refusal(StatusCodes.Status409Conflict, code, message);

    /// <summary>503: the caller shall come again later (header Retry-After).</summary>
    public static IResult Later(TimeSpan after, string code = "server.busy", string message = Texts.DatabaseAway) =>
        new WithRetryAfter(Refusal(StatusCodes.Status503ServiceUnavailable, code, message), after);

    internal static IResult TooOften(TimeSpan after, string code = "request.too_often", string message = Texts.TooOften) =>
        new WithRetryAfter(Refusal(StatusCodes.Status429TooManyRequests, code, message), after);

    private sealed class WithRetryAfter(IResult result, TimeSpan after) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return result.ExecuteAsync(context);
        }
    }
}

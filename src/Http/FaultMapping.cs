using System.Diagnostics.Metrics;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Http;

/// <summary>The one place where exceptions become answers, alike in every environment.</summary>
internal sealed partial class FaultMapping(Db db, IHostApplicationLifetime lifetime, OnceAMinute seldom, ILogger<FaultMapping> log) : IExceptionHandler
{
    private static readonly Counter<long> Away = CourierMetrics.Meter.CreateCounter<long>("courier_requests_while_away_total", description: "Requests that were answered 503 because the database was away");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (db.IsAway(exception)) CountAway(exception);
        await Answer(exception).ExecuteAsync(context).ConfigureAwait(false);
        return true;
    }

    /// <summary>Is it a refusal, which needs no line in the log, rather than a fault of ours?</summary>
    public static bool IsRefusal(HttpContext context, Exception exception) =>
        exception is RuleBroken or BadInput or BadHttpRequestException || exception is OperationCanceledException && WasCutOff(context);

    // Any other cancellation is a time limit of ours that ran out, such as that of a call to WeChat.
    private static bool WasCutOff(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested
        || context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private IResult Answer(Exception exception) => exception switch
    {
        RuleBroken rule => Problems.Conflict(rule.Code, rule.Message),
        BadInput input => Problems.BadField(input.Field, input.Message, input.Code),
        BadHttpRequestException { InnerException: JsonException json } => BadJson(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => Unbound(bad),
        BadHttpRequestException bad => StatusProblems.For(bad.StatusCode),
        // Kestrel cancels reads that wait for the rest of a body when a shutdown begins: nothing was done yet, come again.
        OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested => Problems.Later(TimeSpan.FromSeconds(5), "server.stopping"),
        _ when db.IsAway(exception) => Problems.Later(TimeSpan.FromSeconds(5), "server.database_away"),
        _ => StatusProblems.For(StatusCodes.Status500InternalServerError),
    };

    // One line a minute, not one with each request.
    private void CountAway(Exception exception)
    {
        Away.Add(1);
        if (seldom.IsDue(nameof(FaultMapping), out var heldBack)) DatabaseAway(log, exception, heldBack);
    }

    [LoggerMessage(LogLevel.Error, "A request was refused because the database was away or too slow ({HeldBack} like this since the last line)")]
    private static partial void DatabaseAway(ILogger log, Exception error, long heldBack);

    private static IResult BadJson(JsonException json) => json.Path is { Length: > 2 } path
        ? Problems.BadField(path[2..], Texts.FieldWrong(path[2..]))
        : Problems.Refusal(StatusCodes.Status400BadRequest, "request.json_invalid", Texts.BadJson);

    // The framework names the parameter in its message only: Failed to bind parameter "WaybillNumber waybill" from "…",
    // Required parameter "string q" was not provided from query string.
    private static IResult Unbound(BadHttpRequestException bad)
    {
        var parts = bad.Message.Split('"');
        var field = parts.Length > 1 ? parts[1].Split(' ')[^1] : "";
        return field.Length > 0 ? Problems.BadField(field, Texts.FieldWrong(field)) : StatusProblems.For(bad.StatusCode);
    }
}

/// <summary>Answers that the framework gives as a bare status (404, 405, 415, …) get a body like all others.</summary>
internal static class StatusProblems
{
    public static Task Write(StatusCodeContext context) => For(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

    public static IResult For(int status) => Problems.Refusal(status, Code(status), Texts.ForStatus(status));

    private static string Code(int status) => status switch
    {
        400 => "request.invalid",
        401 => "request.sign_in_first",
        403 => "request.not_allowed",
        404 => "request.not_found",
        405 => "request.method_not_allowed",
        408 => "request.too_slow",
        413 => "request.too_large",
        415 => "request.media_type_unsupported",
        429 => "request.too_often",
        431 => "request.headers_too_large",
        503 => "server.busy",
        >= 500 => "server.fault",
        _ => "request.refused",
    };
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Http;

/// <summary>
/// Carries a request with an idempotency key out once and gives its answer again. The answer is stored after the work's own commit: after
/// a crash between the two the request is carried out again, so use cases whose repetition would hurt keep the key themselves (<see cref="IdempotencyKey"/>).
/// </summary>
internal sealed class IdempotentRequests(StoredAnswers answers)
{
    private const int LongestKeptBody = 256 * 1024;
    private static readonly string[] KeptHeaders = ["Content-Type", "Location"];

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _running = new(StringComparer.Ordinal);

    public static Task Check(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Idempotency.Mark>() is not null && IdempotencyKey.Of(context.Request) is { } key
            ? context.RequestServices.GetRequiredService<IdempotentRequests>().Once(context, key, next)
            : next(context);

    private async Task Once(HttpContext context, string key, RequestDelegate next)
    {
        var ct = context.RequestAborted;
        var keyHash = Hash(Encoding.UTF8.GetBytes($"{await Principal(context).ConfigureAwait(false)}\n{key}"));
        var requestHash = await HashOf(context.Request, ct).ConfigureAwait(false);
        var taken = await answers.Take(keyHash, requestHash, ct).ConfigureAwait(false);
        // The same request is under way in this process: wait for its answer. In another process: the caller comes again.
        if (taken is StoredAnswers.Claimed.Now && _running.TryGetValue(keyHash, out var running))
        {
            await running.Task.WaitAsync(ct).ConfigureAwait(false);
            taken = await answers.Take(keyHash, requestHash, ct).ConfigureAwait(false);
        }
        await (taken switch
        {
            StoredAnswers.Claimed.Ours ours => CarryOut(context, keyHash, ours, next),
            StoredAnswers.Claimed.Before before => Replay(context, before.Answer),
            StoredAnswers.Claimed.Reused => Problems.Refusal(StatusCodes.Status422UnprocessableEntity, "idempotency.key_reused", Texts.KeyReused).ExecuteAsync(context),
            _ => Problems.Conflict("idempotency.in_progress", Texts.KeyInProgress).ExecuteAsync(context),
        }).ConfigureAwait(false);
    }

    private async Task CarryOut(HttpContext context, string keyHash, StoredAnswers.Claimed.Ours claim, RequestDelegate next)
    {
        var done = _running.GetOrAdd(keyHash, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        var outside = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        var kept = false;
        try
        {
            await next(context).ConfigureAwait(false);
            kept = IsFinal(context.Response.StatusCode) && body.Length <= LongestKeptBody;
            if (kept) await answers.Keep(keyHash, claim, Answer(context.Response, body), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            context.Response.Body = outside;
            if (!kept) await answers.Forget(keyHash, claim, CancellationToken.None).ConfigureAwait(false);
            _running.TryRemove(keyHash, out _);
            done.TrySetResult();
        }
        if (body.Length > 0) await outside.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted).ConfigureAwait(false);
    }

    // 408, 409, 425 and 429 say "not now": the same request may well succeed later, so it is carried out again.
    private static bool IsFinal(int status) => status is >= 200 and < 300 or >= 400 and < 500 and not (408 or 409 or 425 or 429);

    private static StoredAnswer Answer(HttpResponse response, MemoryStream body) => new(
        response.StatusCode,
        KeptHeaders.Where(response.Headers.ContainsKey).ToDictionary(h => h, h => response.Headers[h].ToString(), StringComparer.Ordinal),
        body.ToArray());

    private static async Task Replay(HttpContext context, StoredAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Body.Length > 0) await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<string> Principal(HttpContext context)
    {
        var staff = await CurrentStaff.BindAsync(context).ConfigureAwait(false);
        return staff is not null ? "staff:" + staff.Id
            : CurrentCustomer.Of(context.User) is { } customer ? "customer:" + customer.Id
            : (await CurrentVisitor.BindAsync(context).ConfigureAwait(false))!.Key;
    }

    private static async Task<string> HashOf(HttpRequest request, CancellationToken ct)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[8192];
        while (await request.Body.ReadAsync(buffer, ct).ConfigureAwait(false) is var read and > 0) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data));
}

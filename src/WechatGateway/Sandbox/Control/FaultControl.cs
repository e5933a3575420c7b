using System.Text.Json;
using Courier.Wechat.Sandbox.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>Troubles on demand: of calls, of callbacks, of quotas.</summary>
internal static class FaultControl
{
    const int LongestDelayMs = 60_000;

    public static void MapFaults(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        group.MapPost("/faults", (JsonElement body) => Add(platform, body));
        group.MapGet("/faults", () => Shown(platform));
        group.MapDelete("/faults", () =>
        {
            platform.Faults.Clear();
            platform.Pusher.ReleaseHeld();
            return Results.NoContent();
        });
        group.MapPost("/quota", (JsonElement body) => SetQuota(platform, body));
    }

    static IResult Add(SandboxPlatform platform, JsonElement body)
    {
        var fault = Read(body, platform.Now);
        if (fault is { Call: null, Callback: null, JobStatus: null }) throw new ControlError("a fault needs call, callback or jobStatus");
        if (fault is { Call: not null, Callback: null, JobStatus: null, Errcode: null, DelayMs: null, Quota: null } && fault.Refuse != true)
            throw new ControlError("a fault of a call needs errcode, delayMs, quota or refuse");
        if (fault is { Callback: CallbackFault.Slow, DelayMs: null }) throw new ControlError("slow callbacks need delayMs");
        platform.Faults.Add(fault);
        platform.Feed.Tell("faults", new { });
        return Shown(platform);
    }

    static Fault Read(JsonElement body, DateTimeOffset now)
    {
        var delay = (int?)body.Number("delayMs");
        if (delay is < 0 or > LongestDelayMs) throw new ControlError($"delayMs must be 0 to {LongestDelayMs}");
        var quota = body.Text("quota") switch
        {
            null => (QuotaFault?)null,
            "minute" => QuotaFault.Minute,
            "day" => QuotaFault.Day,
            _ => throw new ControlError("quota must be minute or day"),
        };
        return new()
        {
            AppId = body.Text("appId"), Call = body.Text("call"), DelayMs = delay, Times = (int?)body.Number("times"), JobStatus = body.Text("jobStatus"),
            Callback = Callback(body.Text("callback")), Attempts = (int?)body.Number("attempts"), Refuse = body.Flag("refuse"),
            Errcode = quota is null ? (int?)body.Number("errcode") : 45009, Quota = quota,
            Until = quota is { } kind ? PlatformQuotas.FullAgain(kind, now) : null,
        };
    }

    static CallbackFault? Callback(string? name) => name switch
    {
        null => null,
        "duplicate" => CallbackFault.Duplicate,
        "reorder" => CallbackFault.Reorder,
        "drop" => CallbackFault.Drop,
        "answerLost" => CallbackFault.AnswerLost,
        "slow" => CallbackFault.Slow,
        _ => throw new ControlError("callback must be duplicate, reorder, drop, answerLost or slow"),
    };

    /// <summary>Other limits for one call: {appId, call, daily?, minute?}; neither gives the platform's back.</summary>
    static IResult SetQuota(SandboxPlatform platform, JsonElement body)
    {
        var account = platform.Account(body.Text("appId")) ?? throw new ControlError($"there is no account {body.Text("appId")}", 404);
        var path = body.Text("call") ?? throw new ControlError("call is required");
        var set = new State.QuotaOverride((int?)body.Number("daily"), (int?)body.Number("minute"));
        lock (platform.State.Gate)
        {
            var key = PlatformRecords.CallKey(account.AppId, path);
            if (set is { Daily: null, Minute: null }) platform.State.QuotaOverrides.Remove(key);
            else platform.State.QuotaOverrides.Put(key, set);
        }
        return Results.Json(new { call = path, daily = set.Daily, minute = set.Minute }, JsonFields.Wire);
    }

    static IResult Shown(SandboxPlatform platform) => Results.Json(new { faults = platform.Faults.All }, JsonFields.Wire);
}

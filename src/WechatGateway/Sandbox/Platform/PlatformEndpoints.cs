using System.Globalization;
using System.Security.Cryptography;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Maps WeChat's paths and does what all of them share: faults, tokens, quotas, errors as HTTP 200 with a code.</summary>
internal static class PlatformEndpoints
{
    const int BodyLimit = 12 * 1024 * 1024;
    static readonly string[] anyMethod = ["GET", "POST"];

    public static void MapPlatform(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        foreach (var route in PlatformRoutes.All)
            group.MapMethods(route.Path, anyMethod, (RequestDelegate)(http => Serve(platform, route, http)));
        group.MapGet("/cgi-bin/showqrcode", (RequestDelegate)(http => QrCodeCalls.Picture(platform, http)));
        group.MapGet("/mmbiz/{mediaId}", (string mediaId) => MediaCalls.Picture(platform, mediaId));
        group.MapGet("/connect/oauth2/authorize", (HttpContext http) => WebLoginPage.Authorize(platform, http));
        group.MapFallback((RequestDelegate)(http => Refuse(platform, http)));
    }

    static async Task Serve(SandboxPlatform platform, PlatformRoute route, HttpContext http)
    {
        var call = new PlatformCall(platform, http, route.Path, platform.Now, await ReadBody(http), await ReadFile(http));
        var answer = await Answer(platform, route, call);
        await (answer as IResult ?? Results.Json(answer, JsonFields.Wire)).ExecuteAsync(http);
    }

    /// <summary>
    /// A delay by a fault comes before the work and is not ended when the caller gives up: that is how a send that timed
    /// out may still have been delivered.
    /// </summary>
    static async Task<object> Answer(SandboxPlatform platform, PlatformRoute route, PlatformCall call)
    {
        var fault = platform.Faults.TakeForCall(AppIdOf(platform, call), route.Path);
        if (fault?.DelayMs is { } delay) await Task.Delay(TimeSpan.FromMilliseconds(delay), platform.Clock, CancellationToken.None);
        lock (platform.State.Gate)
        {
            try
            {
                if (fault?.Errcode is { } code) return Error(code, FaultMessage(code));
                Check(platform, route, call);
                return route.Answer(call);
            }
            catch (PlatformError error)
            {
                if (error.Rule is { } rule) platform.Records.RuleBroken(call.AppIdIfKnown ?? "", null, route.Path, error.Code, rule);
                return Error(error.Code, error.Message);
            }
        }
    }

    static void Check(SandboxPlatform platform, PlatformRoute route, PlatformCall call)
    {
        if (route.Proof == CallProof.AccessToken) call.Account = TokenCalls.AccountOf(call);
        if (call.Request.Method != route.Method)
            throw new PlatformError(route.Method == "GET" ? 43001 : 43002, $"require {route.Method} method", $"这个接口只接受 {route.Method} 请求。");
        if (route.Proof == CallProof.AccessToken) CountCall(platform, call);
    }

    /// <summary>Counts the call for its account and refuses it when the day's quota is spent.</summary>
    public static void CountCall(SandboxPlatform platform, PlatformCall call)
    {
        var today = platform.Records.Count(call.Account.AppId, call.Path);
        if (platform.Limits.DailyCalls.TryGetValue(call.Path, out var limit) && today > limit)
            throw new PlatformError(45009, "reach max api daily quota limit", $"今天对 {call.Path} 的调用已超过 {limit} 次，0 点（北京时间）后恢复。");
    }

    public static object Error(int code, string message) => new { errcode = code, errmsg = $"{message} rid: {Rid()}" };

    static string FaultMessage(int code) => code switch
    {
        -1 => "system error",
        40001 => "invalid credential, access_token is invalid or not latest",
        42001 => "access_token expired",
        45009 => "reach max api daily quota limit",
        45011 => "api minute-quota reach limit",
        _ => "fault set in the sandbox",
    };

    static string Rid() => string.Create(CultureInfo.InvariantCulture,
        $"{RandomNumberGenerator.GetHexString(8, lowercase: true)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    static string? AppIdOf(SandboxPlatform platform, PlatformCall call)
    {
        lock (platform.State.Gate)
            return call.Query("access_token") is { } token && platform.State.Tokens.TryGet(token, out var known) ? known.AppId
                : call.Query("appid") ?? TokenCalls.AppIdInBody(call);
    }

    static async Task<byte[]> ReadBody(HttpContext http)
    {
        if (http.Request.HasFormContentType) return [];
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0 && buffer.Length < BodyLimit;)
            buffer.Write(chunk, 0, read);
        return buffer.ToArray();
    }

    static async Task<UploadedFile?> ReadFile(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files.GetFile("media") is not { } file) return null;
        using var buffer = new MemoryStream();
        await file.CopyToAsync(buffer, http.RequestAborted);
        return new UploadedFile(file.FileName, file.ContentType, buffer.ToArray());
    }

    static Task Refuse(SandboxPlatform platform, HttpContext http)
    {
        lock (platform.State.Gate)
            platform.Records.RuleBroken("", null, http.Request.Path.Value ?? "", 40066, "沙箱里没有这个接口路径，请检查拼写。");
        return Results.Json(Error(40066, "invalid url"), JsonFields.Wire).ExecuteAsync(http);
    }
}

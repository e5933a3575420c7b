using System.Globalization;
using System.Security.Cryptography;
using Courier.Wechat.Sandbox.Control;
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
        group.MapGet("/wxacode/{id}", (string id) => MiniProgramCodeCalls.Picture(platform, id));
        group.MapGet("/mmbiz/{mediaId}", (string mediaId) => MediaCalls.Picture(platform, mediaId));
        group.MapGet("/connect/oauth2/authorize", (HttpContext http) => WebLoginPage.Authorize(platform, http));
        group.MapFallback((RequestDelegate)(http => Refuse(platform, http)));
    }

    static async Task Serve(SandboxPlatform platform, PlatformRoute route, HttpContext http)
    {
        var call = new PlatformCall(platform, http, route.Path, platform.Now, await ReadBody(http), await ReadFile(http));
        var answer = await Answer(platform, route, call);
        await platform.State.Sync();
        if (answer is null) http.Abort();
        else await (answer as IResult ?? Results.Json(answer, JsonFields.Wire)).ExecuteAsync(http);
    }

    /// <summary>
    /// A delay by a fault comes before the work and is not ended when the caller gives up: that is how a send that timed
    /// out may still have been delivered. Null when the connection is to be cut.
    /// </summary>
    static async Task<object?> Answer(SandboxPlatform platform, PlatformRoute route, PlatformCall call)
    {
        var fault = platform.Faults.TakeForCall(AppIdOf(platform, call), route.Path);
        if (fault?.Refuse == true) return null;
        if (fault?.DelayMs is { } delay) await Task.Delay(TimeSpan.FromMilliseconds(delay), platform.Clock, CancellationToken.None);
        lock (platform.State.Gate)
        {
            try
            {
                if (fault?.Errcode is { } code) throw new PlatformError(code, FaultMessage(fault, code), rule: null);
                Check(platform, route, call);
                return route.Answer(call);
            }
            catch (PlatformError error)
            {
                if (error.Rule is { } rule) platform.Records.RuleBroken(call.AppIdIfKnown ?? "", null, route.Path, error.Code, rule);
                return Failed(platform, route, call, error);
            }
        }
    }

    /// <summary>The error as it is answered; the request can be looked up by its rid (without tokens and secrets) afterwards.</summary>
    static object Failed(SandboxPlatform platform, PlatformRoute route, PlatformCall call, PlatformError error)
    {
        var rid = Rid();
        var answer = Error(error.Code, error.Message, rid);
        if ((call.AppIdIfKnown ?? AppIdOf(platform, call)) is not { } appId) return answer;
        var names = call.Request.Query.Where(pair => pair.Key is not ("access_token" or "secret")).Select(pair => $"{pair.Key}={pair.Value}");
        platform.Records.Failed(new(rid, appId, call.Now, (long)(platform.Now - call.Now).TotalMilliseconds,
            $"https://api.weixin.qq.com{route.Path}?{string.Join('&', names)}", route.Proof == CallProof.Own ? "" : call.RawBody,
            JsonFields.ToElement(answer).GetRawText(), call.Request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? ""));
        return answer;
    }

    static void Check(SandboxPlatform platform, PlatformRoute route, PlatformCall call)
    {
        if (route.Proof == CallProof.AccessToken) call.Account = TokenCalls.AccountOf(call);
        if (call.Request.Method != route.Method)
            throw new PlatformError(route.Method == "GET" ? 43001 : 43002, $"require {route.Method} method", $"这个接口只接受 {route.Method} 请求。");
        if (route.Proof == CallProof.AccessToken) PlatformQuotas.Count(platform, call);
    }

    static object Error(int code, string message, string rid) => new { errcode = code, errmsg = $"{message} rid: {rid}" };

    static string FaultMessage(Fault fault, int code) => code switch
    {
        45009 when fault.Quota == QuotaFault.Minute => "reach max api minute quota limit",
        -1 => "system error",
        40001 => "invalid credential, access_token is invalid or not latest",
        42001 => "access_token expired",
        45009 => "reach max api daily quota limit",
        45011 => "api minute-quota reach limit",
        _ => "fault set in the sandbox",
    };

    public static string Rid() => string.Create(CultureInfo.InvariantCulture,
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
        return Results.Json(Error(40066, "invalid url", Rid()), JsonFields.Wire).ExecuteAsync(http);
    }
}

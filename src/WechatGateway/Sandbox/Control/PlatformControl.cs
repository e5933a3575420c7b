using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>The rest of the control API: the platform's state, tokens, keys, codes, templates, and the live stream of news.</summary>
internal static partial class PlatformControl
{
    [GeneratedRegex("^[A-Za-z0-9_-]{4,64}$")]
    private static partial Regex TemplateIdForm();

    public static void MapPlatformControl(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        group.MapGet("/state", () => State(platform));
        group.MapGet("/menu", (string appId, string? openid) => Menu(platform, appId, openid));
        group.MapGet("/qrcodes", (string appId) => QrCodes(platform, appId));
        group.MapDelete("/rules", () => ClearRules(platform));
        group.MapPost("/tokens/expire", (JsonElement? body) => Expire(platform, body));
        group.MapPost("/rotate-key", (JsonElement body) => RotateKey(platform, body));
        group.MapPost("/verify-callback", (JsonElement body, HttpContext http) => VerifyCallback(platform, body, http));
        group.MapPost("/templates", (JsonElement body) => AddTemplate(platform, body));
        group.MapPost("/login-code", (JsonElement body) => Code(platform, body, CodePurpose.MiniProgramLogin));
        group.MapPost("/phone-code", (JsonElement body) => Code(platform, body, CodePurpose.Phone));
        group.MapPost("/oauth-code", (JsonElement body) => Code(platform, body, CodePurpose.WebLogin));
        group.MapGet("/stream", (HttpContext http) => Stream(platform, http));
    }

    static IResult State(SandboxPlatform platform)
    {
        lock (platform.State.Gate)
            return Results.Json(new
            {
                accounts = platform.Options.Accounts.Select(account => new
                {
                    appId = account.AppId,
                    account.Name,
                    account.Kind,
                    account.Mode,
                    menu = platform.State.Menus[account.AppId]?.Buttons,
                    followers = platform.State.Followers.Values.Count(person => person.AppId == account.AppId && person.Following),
                    tokens = platform.State.Tokens.Values.Count(token => token.AppId == account.AppId && !token.Killed && token.ExpiresAt > platform.Now),
                }).ToList(),
                calls = platform.State.Calls.Values.Select(count => new { count.AppId, count.Path, count.Today, count.Total }).ToList(),
                waitingPushes = platform.State.Pushes.Count,
                rules = platform.State.Rules.Values.OrderBy(rule => rule.Sequence).ToList(),
                faults = platform.Faults.All,
            }, JsonFields.Wire);
    }

    /// <summary>The menu for all, or the one that a follower sees (personalised menus count then).</summary>
    static IResult Menu(SandboxPlatform platform, string appId, string? openId)
    {
        lock (platform.State.Gate)
        {
            var seen = openId is not null && platform.State.Followers[openId] is { } person && person.AppId == appId
                ? MenuCalls.Seen(platform.State, person)
                : platform.State.Menus[appId] is { } menu ? (menu.Buttons, 0) : null;
            return Results.Json(new { button = seen?.Buttons ?? JsonFields.ToElement(Array.Empty<object>()), menuId = seen?.MenuId }, JsonFields.Wire);
        }
    }

    /// <summary>The living parametric codes of an account, the newest first.</summary>
    static IResult QrCodes(SandboxPlatform platform, string appId)
    {
        lock (platform.State.Gate)
            return Results.Json(new
            {
                codes = platform.State.QrCodes.Values.Where(code => code.AppId == appId && (code.Permanent || code.ExpiresAt > platform.Now))
                    .OrderByDescending(code => code.ExpiresAt).Take(30).Select(code => new { code.Ticket, code.Scene }).ToList(),
            }, JsonFields.Wire);
    }

    static IResult ClearRules(SandboxPlatform platform)
    {
        lock (platform.State.Gate)
            foreach (var rule in platform.State.Rules.Values.ToList()) platform.State.Rules.Remove(SandboxState.Key(rule.Sequence));
        return Results.NoContent();
    }

    /// <summary>
    /// Ends all living tokens, of one account when appId is given; how: "expire" (42001, default), "replace" (40001), or
    /// "overlap": somebody else renewed them, they work on for the overlap of five minutes and are 40001 then.
    /// </summary>
    static IResult Expire(SandboxPlatform platform, JsonElement? body)
    {
        var appId = body?.Text("appId");
        var how = body?.Text("how") ?? "expire";
        if (how is not ("expire" or "replace" or "overlap")) throw new ControlError("how must be expire, replace or overlap");
        lock (platform.State.Gate)
        {
            var living = platform.State.Tokens.Values.Where(token => !token.Killed && token.ExpiresAt > platform.Now && (appId is null || token.AppId == appId)).ToList();
            foreach (var token in living) platform.State.Tokens.Put(token.Value, Ended(platform, token, how));
            return Results.Json(new { ended = living.Count });
        }
    }

    static AccessToken Ended(SandboxPlatform platform, AccessToken token, string how)
    {
        if (how == "replace") return token with { Killed = true };
        if (how == "expire") return token with { ExpiresAt = platform.Now, Replaced = false };
        var end = platform.Now + platform.Limits.TokenOverlap;
        return token with { Replaced = true, ExpiresAt = end < token.ExpiresAt ? end : token.ExpiresAt };
    }

    /// <summary>
    /// From now on the platform encrypts with another key: the one given, the account's previous or its configured one. With
    /// alternateSeconds the change goes half-way first: attempts alternate between the key in use and the new one.
    /// </summary>
    static IResult RotateKey(SandboxPlatform platform, JsonElement body)
    {
        var account = Account(platform, body);
        var key = body.Text("encodingAesKey") ?? body.Text("use") switch
        {
            "current" => account.EncodingAesKey,
            "previous" => account.PreviousEncodingAesKey ?? throw new ControlError("the account has no previous key"),
            null => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 43),
            _ => throw new ControlError("use must be current or previous"),
        };
        if (!SandboxAccount.IsKey(key)) throw new ControlError("encodingAesKey must be 43 letters and digits");
        var until = body.Number("alternateSeconds") is { } seconds and > 0 ? platform.Now.AddSeconds(seconds) : (DateTimeOffset?)null;
        lock (platform.State.Gate) AccountKeys.Change(platform.State, account, key, until);
        return Results.Json(new { encodingAesKey = key, alternatesUntil = until }, JsonFields.Wire);
    }

    static async Task<IResult> VerifyCallback(SandboxPlatform platform, JsonElement body, HttpContext http)
    {
        var sender = http.RequestServices.GetRequiredService<CallbackSender>();
        try
        {
            var (ok, status, answer) = await sender.Verify(Account(platform, body), http.RequestAborted);
            return Results.Json(new { ok, status, body = answer }, JsonFields.Wire);
        }
        catch (HttpRequestException unreachable)
        {
            return Results.Json(new { ok = false, status = 0, body = unreachable.HttpRequestError.ToString() }, JsonFields.Wire);
        }
    }

    static IResult AddTemplate(SandboxPlatform platform, JsonElement body)
    {
        var account = Account(platform, body);
        var templateId = body.Text("templateId");
        if (templateId is not null && !TemplateIdForm().IsMatch(templateId)) throw new ControlError("templateId must be 4–64 letters, digits, - or _");
        var title = body.Text("title") ?? throw new ControlError("title is required");
        var content = body.Text("content") ?? throw new ControlError("content is required");
        lock (platform.State.Gate) return Results.Json(new { templateId = TemplateCalls.Create(platform, account.AppId, templateId, title, content).TemplateId });
    }

    static IResult Code(SandboxPlatform platform, JsonElement body, CodePurpose purpose)
    {
        lock (platform.State.Gate) return Results.Json(new { code = LoginCodes.Issue(platform, Person(platform, body), purpose, body.Text("scope") ?? "snsapi_base").Code });
    }

    /// <summary>News as server-sent events until the page goes away or the server stops.</summary>
    static IResult Stream(SandboxPlatform platform, HttpContext http)
    {
        var lifetime = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ended);
        return TypedResults.ServerSentEvents(News(platform, ended.Token));
    }

    static async IAsyncEnumerable<SseItem<string>> News(SandboxPlatform platform, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var news in platform.Feed.Listen(ct))
            yield return new(JsonSerializer.Serialize(news.Data, JsonFields.Wire), news.Kind);
    }

    static SandboxAccount Account(SandboxPlatform platform, JsonElement body) =>
        platform.Account(body.Text("appId")) ?? throw new ControlError($"there is no account {body.Text("appId")}", 404);

    static Follower Person(SandboxPlatform platform, JsonElement body) =>
        platform.State.Followers[body.Text("openid") ?? ""] ?? throw new ControlError($"there is no follower {body.Text("openid")}", 404);
}

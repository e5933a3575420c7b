using System.Text.Json;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>The control API: what tests and the phone page do to the platform and read from it.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder group, SandboxPlatform platform, PhoneActions actions)
    {
        group.MapPost("/followers", (JsonElement body) => AddFollower(platform, actions, body));
        group.MapGet("/followers", (string? appId) => Followers(platform, appId));
        group.MapPost("/say", async (JsonElement body) => Said(await actions.Say(OpenId(body), Field(body, "message"))));
        group.MapGet("/inbox/{openid}", (string openid) => Inbox(platform, openid));
        group.MapGet("/chat/{openid}", (string openid, int? last) => Chat(platform, openid, last ?? 300));
        group.MapPost("/demo/follow", () => DemoFollow(platform, actions));
        group.MapFaults(platform);
        group.MapKf(platform);
        group.MapAuthorization(platform);
        group.MapMiniPrograms(platform);
        group.MapPlatformControl(platform);
        group.MapSubscriptions(platform);
    }

    static async Task<IResult> AddFollower(SandboxPlatform platform, PhoneActions actions, JsonElement body)
    {
        var person = actions.Register(body);
        var follow = body.Flag("follow") ?? true;
        if (!follow || person.Following || platform.Account(person.AppId)?.Kind != SandboxAccountKind.OfficialAccount)
            return Results.Json(new { openid = person.OpenId }, JsonFields.Wire);
        var outcomes = await actions.Say(person.OpenId, JsonFields.ToElement(new { type = "subscribe", scene = body.Text("scene") }));
        return Results.Json(new { openid = person.OpenId, attempts = Attempts(outcomes) }, JsonFields.Wire);
    }

    static IResult Followers(SandboxPlatform platform, string? appId)
    {
        lock (platform.State.Gate)
            return Results.Json(new
            {
                accounts = platform.Options.Accounts.Select(account => new { account.AppId, account.Name, account.Kind }),
                followers = platform.State.Followers.Values.Where(person => appId is null || person.AppId == appId)
                    .OrderBy(person => person.OpenId, StringComparer.Ordinal).ToList(),
            }, JsonFields.Wire);
    }

    static IResult Inbox(SandboxPlatform platform, string openId)
    {
        lock (platform.State.Gate)
            return platform.State.Followers[openId] is null
                ? Results.NotFound()
                : Results.Json(new
                {
                    entries = platform.State.ChatOf(openId).Where(entry => entry.Side == ChatSide.ToCustomer)
                        .Select(entry => new { entry.Kind, entry.At, entry.MessageType, entry.Text, entry.Data, entry.Raw }).ToList(),
                }, JsonFields.Wire);
    }

    static IResult Chat(SandboxPlatform platform, string openId, int last)
    {
        lock (platform.State.Gate)
            return platform.State.Followers[openId] is not { } person
                ? Results.NotFound()
                : Results.Json(new { follower = person, entries = platform.State.ChatOf(openId).TakeLast(last).ToList() }, JsonFields.Wire);
    }

    /// <summary>Makes the demo people follow, those who do not yet; asking again changes nothing.</summary>
    static async Task<IResult> DemoFollow(SandboxPlatform platform, PhoneActions actions)
    {
        List<string> waiting;
        lock (platform.State.Gate) waiting = [.. DemoPeople.OpenIds.Where(openId => platform.State.Followers[openId] is { Following: false })];
        await Task.WhenAll(waiting.Select(openId => actions.Say(openId, JsonFields.ToElement(new { type = "subscribe" }))));
        return Results.Json(new { openids = DemoPeople.OpenIds, followed = waiting.Count }, JsonFields.Wire);
    }

    static IResult Said(IReadOnlyList<PushOutcome> outcomes)
    {
        var reply = outcomes.LastOrDefault(outcome => outcome.Reply is not null);
        return Results.Json(new
        {
            attempts = Attempts(outcomes),
            notSent = outcomes.Select(outcome => outcome.NotSent).FirstOrDefault(reason => reason is not null),
            reply = reply is null ? null : new { messageType = reply.Reply!.Type, text = reply.Reply.Text, data = reply.Reply.Data, raw = reply.Raw },
        }, JsonFields.Wire);
    }

    /// <summary>replied: the product answered 200 with something other than nothing or "success".</summary>
    public static object Attempts(IReadOnlyList<PushOutcome> outcomes) => outcomes.SelectMany(outcome => outcome.Attempts).Select(attempt => new
    {
        status = attempt.Status,
        elapsedMs = attempt.ElapsedMs,
        replied = attempt.Body is { Length: > 0 } body && !body.AsSpan().SequenceEqual("success"u8),
        problem = attempt.Problem,
    }).ToList();

    static string OpenId(JsonElement body) => body.Text("openid") ?? throw new ControlError("openid is required");
    static JsonElement Field(JsonElement body, string name) => body.Field(name) ?? throw new ControlError($"{name} is required");
}

using System.Text.Json;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What agents do in the platform's own customer service: come online, take, hand over, answer and close.</summary>
internal static class KfControl
{
    public static void MapKf(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        group.MapPost("/kf/online", (JsonElement body) => Online(platform, body));
        group.MapPost("/kf/accept", (JsonElement body) => Change(platform, body, (person, agent) => KfSessions.Open(platform, person, agent)));
        group.MapPost("/kf/switch", (JsonElement body) => Change(platform, body, (person, agent) => KfSessions.Switch(platform, person, agent)));
        group.MapPost("/kf/close", (JsonElement body) => Close(platform, body));
        group.MapPost("/kf/say", (JsonElement body) => Say(platform, body));
    }

    /// <summary>Binds the agent to a WeChat user (the invited one, or wx) and sets whether they are there.</summary>
    static IResult Online(SandboxPlatform platform, JsonElement body)
    {
        lock (platform.State.Gate)
        {
            var agent = Agent(platform, body.Text("appId") ?? "", body);
            var wx = agent.Wx ?? agent.InvitedWx ?? body.Text("wx") ?? "sandbox_agent";
            var online = body.Flag("online") ?? true;
            platform.State.KfAccounts.Put(KfAccountCalls.Key(agent), agent with { Wx = wx, InvitedWx = null, Online = online });
            return Results.Json(new { kfAccount = agent.Account, wx, online }, JsonFields.Wire);
        }
    }

    static IResult Change(SandboxPlatform platform, JsonElement body, Action<Follower, string> change)
    {
        lock (platform.State.Gate)
        {
            var person = Person(platform, body);
            change(person, Agent(platform, person.AppId, body).Account);
            return Results.NoContent();
        }
    }

    static IResult Close(SandboxPlatform platform, JsonElement body)
    {
        lock (platform.State.Gate)
        {
            KfSessions.Close(platform, Person(platform, body), (int)(body.Number("closeType") ?? 1));
            return Results.NoContent();
        }
    }

    static IResult Say(SandboxPlatform platform, JsonElement body)
    {
        lock (platform.State.Gate)
        {
            var person = Person(platform, body);
            var session = KfSessions.Of(platform.State, person) is { Account.Length: > 0 } open ? open : throw new ControlError("there is no open session", 409);
            var text = body.Text("text") ?? throw new ControlError("text is required");
            platform.Records.Chat(person.OpenId, ChatSide.ToCustomer, "agent", "text", text, new { content = text, kfAccount = session.Account }, "");
            return Results.NoContent();
        }
    }

    static KfAccount Agent(SandboxPlatform platform, string appId, JsonElement body) =>
        platform.State.KfAccounts[$"{appId}/{body.Text("kfAccount")}"] ?? throw new ControlError($"there is no agent {body.Text("kfAccount")}", 404);

    static Follower Person(SandboxPlatform platform, JsonElement body) =>
        platform.State.Followers[body.Text("openid") ?? ""] ?? throw new ControlError($"there is no follower {body.Text("openid")}", 404);
}

using System.Text.Json;
using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What a person does about their own data: takes an authorisation back, changes their profile, ends their account.</summary>
internal static class AuthorizationControl
{
    /// <summary>What RevokeInfo says when the caller names nothing: an address.</summary>
    const string AddressBook = "201";

    public static void MapAuthorization(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        group.MapPost("/authorization/revoke", (JsonElement body) => Revoke(platform, body));
        group.MapPost("/authorization/modify", (JsonElement body) => Modify(platform, body));
        group.MapPost("/authorization/snapshots", (JsonElement body) => Snapshots(platform, body));
        group.MapPost("/authorization/cancel", (JsonElement body) => Cancel(platform, body));
    }

    /// <summary>user_authorization_revoke with the permissions in info: numbers, one or several.</summary>
    static Task<IResult> Revoke(SandboxPlatform platform, JsonElement body) => Tell(platform, body, "user_authorization_revoke", "撤回授权", person =>
    {
        var info = body.Items("info").Select(item => item.ToString()).ToList();
        platform.State.Followers.Put(person.OpenId, person with { SessionKey = null, LoggedInAt = null });
        return PushXml.Text("RevokeInfo", info.Count > 0 ? string.Join(',', info) : AddressBook);
    });

    static Task<IResult> Modify(SandboxPlatform platform, JsonElement body) => Tell(platform, body, "user_info_modified", "修改了资料", person =>
    {
        platform.State.Followers.Put(person.OpenId, person with { Nickname = body.Text("nickname") ?? person.Nickname });
        return PushXml.Text("RevokeInfo", "1");
    });

    /// <summary>The account is gone: nobody follows, nothing is agreed to any more.</summary>
    static Task<IResult> Cancel(SandboxPlatform platform, JsonElement body) => Tell(platform, body, "user_authorization_cancellation", "注销了账号", person =>
    {
        platform.State.Followers.Put(person.OpenId, person with
        {
            Following = false, MessageWindow = null, ActionWindow = null, SessionKey = null, LoggedInAt = null,
            Grants = new Dictionary<string, int>(), StandingChoices = new Dictionary<string, string>(), Tags = [],
        });
        return null;
    });

    /// <summary>From now on (or no longer, <c>on: false</c>) the person looks at snapshots of pages: a sign-in there is a made-up person's.</summary>
    static IResult Snapshots(SandboxPlatform platform, JsonElement body)
    {
        lock (platform.State.Gate)
        {
            var person = platform.State.Followers[body.Text("openid") ?? ""] ?? throw new ControlError($"there is no follower {body.Text("openid")}", 404);
            platform.State.Followers.Put(person.OpenId, person with { SeesSnapshots = body.Flag("on") ?? true });
            return Results.Json(new { person.OpenId }, JsonFields.Wire);
        }
    }

    static async Task<IResult> Tell(SandboxPlatform platform, JsonElement body, string name, string note, Func<Follower, XElement?> change)
    {
        Task<PushOutcome> push;
        lock (platform.State.Gate)
        {
            var person = platform.State.Followers[body.Text("openid") ?? ""] ?? throw new ControlError($"there is no follower {body.Text("openid")}", 404);
            var account = platform.Account(person.AppId) ?? throw new ControlError($"the account {person.AppId} is not configured", 404);
            var extra = change(person);
            platform.Feed.Tell("follower", platform.State.Followers[person.OpenId]!);
            platform.Records.Chat(person.OpenId, ChatSide.Note, "event", name, note, new { }, "");
            var at = body.Number("createTime") is { } given ? DateTimeOffset.FromUnixTimeSeconds(given) : platform.Now;
            var element = PushXml.Event(account, person.OpenId, at, name,
                [PushXml.Text("OpenID", person.OpenId), PushXml.Text("AppID", person.AppId), .. extra is null ? [] : new[] { extra }]);
            push = platform.Pusher.Send(PushXml.ToPush(platform.State, account, person.OpenId, element, name, showsReply: false));
        }
        return Results.Json(new { attempts = ControlEndpoints.Attempts([await push]) }, JsonFields.Wire);
    }
}

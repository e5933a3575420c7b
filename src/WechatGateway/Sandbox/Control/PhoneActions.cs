using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What happens when a customer does something: state changes, then the pushes go out and their outcome is awaited.</summary>
internal sealed partial class PhoneActions(SandboxPlatform platform, CallbackAddress address)
{
    [GeneratedRegex("^[A-Za-z0-9_-]{4,64}$")]
    private static partial Regex OpenIdForm();

    public async Task<IReadOnlyList<PushOutcome>> Say(string openId, JsonElement message)
    {
        List<Task<PushOutcome>> pushes;
        lock (platform.State.Gate) pushes = [.. Start(openId, message)];
        return await Task.WhenAll(pushes);
    }

    /// <summary>Makes a person known to an account, or changes what is known of them; they do not follow by it.</summary>
    public Follower Register(JsonElement body)
    {
        var appId = body.Text("appId") ?? throw new ControlError("appId is required");
        if (platform.Account(appId) is null) throw new ControlError($"there is no account {appId}");
        var openId = body.Text("openid") ?? "o" + SandboxState.RandomText(27);
        if (!OpenIdForm().IsMatch(openId)) throw new ControlError("openid must be 4–64 letters, digits, - or _");
        lock (platform.State.Gate)
        {
            var known = platform.State.Followers[openId];
            if (known is not null && known.AppId != appId) throw new ControlError("this openid belongs to another account", 409);
            var person = (known ?? new Follower { OpenId = openId, AppId = appId }) with
            {
                UnionId = body.Text("unionid") ?? known?.UnionId,
                Phone = body.Text("phone") ?? known?.Phone,
                Nickname = body.Text("nickname") ?? known?.Nickname ?? $"微信用户{openId[^4..]}",
                ClientPlatform = body.Number("clientPlatform") is { } kind and >= 1 and <= 3 ? (int)kind : known?.ClientPlatform ?? 2,
                AcceptsTemplates = body.Flag("acceptsTemplates") ?? known?.AcceptsTemplates ?? true,
            };
            platform.State.Followers.Put(openId, person);
            platform.Feed.Tell("follower", person);
            return person;
        }
    }

    IEnumerable<Task<PushOutcome>> Start(string openId, JsonElement message)
    {
        var person = platform.State.Followers[openId] ?? throw new ControlError($"there is no follower {openId}", 404);
        var account = platform.Account(person.AppId) ?? throw new ControlError($"the account {person.AppId} is not configured", 404);
        var context = new ActionContext(platform, account, person, Normal(message), $"{address.OwnAddress()}/sandbox/wechat/mmbiz");
        return CustomerMessages.Read(context).Select(action => Do(account, openId, action)).ToList();
    }

    Task<PushOutcome> Do(SandboxAccount account, string openId, CustomerAction action)
    {
        var state = platform.State;
        var person = state.Followers[openId] ?? throw new InvalidOperationException("checked before");
        if (account.Kind == SandboxAccountKind.OfficialAccount && !person.Following && action.Side == ChatSide.FromCustomer)
            throw new ControlError("somebody who does not follow cannot write to the account", 409);
        person = ReplyWindows.After(person, action.Opens, platform.Now, platform.Limits);
        if (action.Follows is { } follows) person = Following(person, follows, action.Scene);
        state.Followers.Put(openId, person);
        platform.Feed.Tell("follower", person);
        var agent = action.Side == ChatSide.FromCustomer ? KfSessions.Of(state, person) : null;
        var push = PushXml.ToPush(state, account, openId, action.Body, action.Name, action.ShowsReply);
        platform.Records.Chat(openId, action.Side, action.Side == ChatSide.Note ? "event" : "message", action.Name, action.Text, action.Data, push.Body);
        return agent is { Account.Length: > 0 } ? Task.FromResult(new PushOutcome([], NotSent: "with an agent")) : platform.Pusher.Send(push);
    }

    Follower Following(Follower person, bool follows, string scene) => follows
        ? person with { Following = true, FollowedAt = platform.Now, Scene = scene, FollowScene = scene.Length > 0 ? "ADD_SCENE_QR_CODE" : "ADD_SCENE_SEARCH" }
        : person with { Following = false, MessageWindow = null, ActionWindow = null };

    /// <summary>A plain string is a text message.</summary>
    static JsonElement Normal(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.String => JsonFields.ToElement(new { type = "text", content = message.GetString() }),
        JsonValueKind.Object => message,
        _ => throw new ControlError("message must be a string or an object with a type"),
    };
}

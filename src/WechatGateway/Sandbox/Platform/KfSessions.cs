using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What opens, moves and closes a conversation with an agent, and tells the product of it. Used under the state's lock.</summary>
internal static class KfSessions
{
    public static KfSession? Of(SandboxState state, Follower person) => state.KfSessions[Key(person)];

    /// <summary>The customer waits for any agent, as transfer_customer_service makes them; an open conversation goes on.</summary>
    public static void Wait(SandboxState state, Follower person, DateTimeOffset at)
    {
        if (Of(state, person) is not { Account.Length: > 0 }) state.KfSessions.Put(Key(person), new(person.OpenId, person.AppId, "", at));
    }

    public static void Open(SandboxPlatform platform, Follower person, string account)
    {
        platform.State.KfSessions.Put(Key(person), new(person.OpenId, person.AppId, account, platform.Now));
        Tell(platform, person, "kf_create_session", $"客服 {account} 接入会话", PushXml.Text("KfAccount", account));
    }

    /// <summary>CloseType: 1 the agent closed it, 2 it was quiet for too long.</summary>
    public static void Close(SandboxPlatform platform, Follower person, int closeType = 1)
    {
        if (Of(platform.State, person) is not { } session) return;
        platform.State.KfSessions.Remove(Key(person));
        if (session.Account.Length > 0)
            Tell(platform, person, "kf_close_session", $"客服 {session.Account} 结束会话", PushXml.Text("KfAccount", session.Account), new XElement("CloseType", closeType));
    }

    public static void Switch(SandboxPlatform platform, Follower person, string account)
    {
        var before = Of(platform.State, person)?.Account ?? "";
        platform.State.KfSessions.Put(Key(person), new(person.OpenId, person.AppId, account, platform.Now));
        Tell(platform, person, "kf_switch_session", $"会话由 {before} 转给 {account}", PushXml.Text("FromKfAccount", before), PushXml.Text("ToKfAccount", account));
    }

    static void Tell(SandboxPlatform platform, Follower person, string name, string note, params XElement[] fields)
    {
        if (platform.Account(person.AppId) is not { } account) return;
        platform.Records.Chat(person.OpenId, ChatSide.Note, "event", name, note, new { }, "");
        var body = PushXml.Event(account, person.OpenId, platform.Now, name, fields);
        _ = platform.Pusher.Send(PushXml.ToPush(platform.State, account, person.OpenId, body, name, showsReply: false));
    }

    static string Key(Follower person) => $"{person.AppId}/{person.OpenId}";
}

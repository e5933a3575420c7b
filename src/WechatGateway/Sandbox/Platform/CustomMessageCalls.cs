using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Customer-service messages: /cgi-bin/message/custom/send and …/typing.</summary>
internal static class CustomMessageCalls
{
    static readonly TimeSpan typingLasts = TimeSpan.FromSeconds(15);
    static readonly TimeSpan typingNeedsAction = TimeSpan.FromSeconds(30);

    public static object Send(PlatformCall call)
    {
        var follower = call.Follower(call.Required("touser", 40003));
        var shown = CustomMessageRules.Check(call, call.Required("msgtype", 40008));
        if (call.Account.Kind == SandboxAccountKind.OfficialAccount && !follower.Following)
            throw new PlatformError(43004, "require subscribe", "用户没有关注（或已取消关注），不能下发客服消息。");
        call.State.Followers.Put(follower.OpenId, ReplyWindows.Spend(follower, call.Now) with { TypingUntil = null });
        call.Platform.Records.Chat(follower.OpenId, ChatSide.ToCustomer, "custom", shown.Type, shown.Text, shown.Data, call.RawBody);
        return new { errcode = 0, errmsg = "ok" };
    }

    public static object Typing(PlatformCall call)
    {
        var follower = call.Follower(call.Required("touser", 40003));
        var command = call.Required("command", 45072);
        if (command is not ("Typing" or "CancelTyping"))
            throw new PlatformError(45072, "invalid command", "command 只能是 Typing 或 CancelTyping。");
        if (call.Now - follower.LastActionAt is not { } since || since > typingNeedsAction)
            throw new PlatformError(45080, "no interaction within 30s", "用户 30 秒内没有互动，不能显示“正在输入”。");
        var typing = command == "Typing";
        if (typing && follower.TypingUntil > call.Now)
            throw new PlatformError(45081, "already typing", "已经处于“正在输入”状态，不要重复触发。");
        call.State.Followers.Put(follower.OpenId, follower with { TypingUntil = typing ? call.Now + typingLasts : null });
        call.Platform.Feed.Tell("typing", new { openId = follower.OpenId, typing });
        return new { errcode = 0, errmsg = "ok" };
    }
}

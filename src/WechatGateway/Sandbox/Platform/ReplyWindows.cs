using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What a customer just did, as far as it lets the account write to them.</summary>
internal enum OpensWindow { Nothing, Message, Action, Enter }

/// <summary>
/// Whether customer-service messages may be sent: each action opens its own window anew, counts are never added up, and a
/// message takes one from every window that is open.
/// </summary>
internal static class ReplyWindows
{
    public static Follower After(Follower follower, OpensWindow action, DateTimeOffset now, SandboxLimits limits) => action switch
    {
        OpensWindow.Nothing => follower,
        OpensWindow.Message => follower with { MessageWindow = new(now + limits.MessageWindow, limits.MessageCount), LastActionAt = now },
        OpensWindow.Action => follower with { ActionWindow = new(now + limits.ActionWindow, limits.ActionCount), LastActionAt = now },
        OpensWindow.Enter => follower with { ActionWindow = new(now + limits.EnterWindow, limits.EnterCount), LastActionAt = now },
    };

    /// <summary>The follower after one more message; 45015 when no window is open, 45047 when all of them are used up.</summary>
    public static Follower Spend(Follower follower, DateTimeOffset now)
    {
        var open = new[] { follower.MessageWindow, follower.ActionWindow }.OfType<ReplyWindow>().Where(window => window.IsOpen(now)).ToList();
        if (open.Count == 0)
            throw new PlatformError(45015, "response out of time limit or subscription is canceled",
                "客服消息窗口已关闭：用户发消息后 48 小时内、点菜单/关注/扫码后 1 分钟内才能下发。");
        if (open.All(window => window.Left == 0))
            throw new PlatformError(45047, "out of response count limit", "客服消息条数已用完：发消息后最多 5 条，点菜单/关注/扫码后最多 3 条，用户再次互动后重置。");
        return follower with { MessageWindow = Less(follower.MessageWindow, now), ActionWindow = Less(follower.ActionWindow, now) };
    }

    static ReplyWindow? Less(ReplyWindow? window, DateTimeOffset now) =>
        window is { Left: > 0 } && window.IsOpen(now) ? window with { Left = window.Left - 1 } : window;
}

using System.Globalization;
using System.Text.Json;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Writes down what happened: chat lines, broken rules, call counts. Used under the state's lock.</summary>
internal sealed class PlatformRecords(SandboxState state, TimeProvider clock, LiveFeed feed)
{
    const int RulesKept = 500;
    readonly Dictionary<string, (long Minute, int Count)> minutes = [];

    public ChatEntry Chat(string openId, ChatSide side, string kind, string messageType, string text, object data, string raw)
    {
        var entry = new ChatEntry(state.Next(), openId, side, kind, clock.GetUtcNow(), messageType, text,
            data is JsonElement element ? element.Clone() : JsonFields.ToElement(data), raw);
        state.AddChat(entry);
        feed.Tell("chat", entry);
        return entry;
    }

    public void RuleBroken(string appId, string? openId, string call, int? errcode, string rule)
    {
        var broken = new BrokenRule(state.Next(), clock.GetUtcNow(), appId, openId, call, errcode, rule);
        state.Rules.Put(SandboxState.Key(broken.Sequence), broken);
        if (state.Rules.Count > RulesKept) state.Rules.Remove(SandboxState.Key(state.Rules.Values.Min(kept => kept.Sequence)));
        feed.Tell("rule", broken);
    }

    /// <summary>Counts a call and tells how many of its kind there were today (the day of UTC+8).</summary>
    public int Count(string appId, string path)
    {
        var day = Day(clock.GetUtcNow());
        var key = $"{appId} {path}";
        var before = state.Calls[key] ?? new CallCount(appId, path, day, 0, 0);
        var today = before.Day == day ? before.Today + 1 : 1;
        state.Calls.Put(key, before with { Day = day, Today = today, Total = before.Total + 1 });
        return today;
    }

    /// <summary>Counts within the clock minute; only stable_token has such a limit.</summary>
    public int CountMinute(string appId)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        var before = minutes.GetValueOrDefault(appId);
        var count = before.Minute == minute ? before.Count + 1 : 1;
        minutes[appId] = (minute, count);
        return count;
    }

    public static string Day(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

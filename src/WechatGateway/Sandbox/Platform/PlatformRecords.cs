using System.Globalization;
using System.Text.Json;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Writes down what happened: chat lines, broken rules, call counts. Used under the state's lock.</summary>
internal sealed class PlatformRecords(SandboxState state, TimeProvider clock, LiveFeed feed)
{
    const int RulesKept = 500;
    const int RequestsKept = 1000;
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

    /// <summary>Counts a call.</summary>
    public CallCount Count(string appId, string path)
    {
        var now = Counted(appId, path);
        return state.Calls.Put(CallKey(appId, path), now with { Today = now.Today + 1, Total = now.Total + 1, ThisMinute = now.ThisMinute + 1 });
    }

    /// <summary>How often the call was made until now: counts of another day or minute are over.</summary>
    public CallCount Counted(string appId, string path)
    {
        var at = clock.GetUtcNow();
        var (day, minute) = (Day(at), Minute(at));
        var before = state.Calls[CallKey(appId, path)] ?? new CallCount(appId, path, day, 0, 0, minute);
        return before with
        {
            Day = day, Today = before.Day == day ? before.Today : 0,
            Minute = minute, ThisMinute = before.Minute == minute ? before.ThisMinute : 0,
        };
    }

    /// <summary>Keeps a failed request for rid/get: seven days, and not more than about a thousand.</summary>
    public void Failed(RequestRecord request)
    {
        state.Requests.Put(request.Rid, request);
        if (state.Requests.Count <= RequestsKept + 100) return;
        foreach (var old in state.Requests.Values.OrderBy(kept => kept.At).Take(100).ToList()) state.Requests.Remove(old.Rid);
    }

    /// <summary>Counts within the clock minute; only stable_token has such a limit.</summary>
    public int CountMinute(string appId)
    {
        var minute = Minute(clock.GetUtcNow());
        var before = minutes.GetValueOrDefault(appId);
        var count = before.Minute == minute ? before.Count + 1 : 1;
        minutes[appId] = (minute, count);
        return count;
    }

    public static long Minute(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;
    public static string CallKey(string appId, string path) => $"{appId} {path}";
    public static string Day(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

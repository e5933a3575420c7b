using System.Collections.Concurrent;

namespace Courier.Wechat.Client.Errors;

/// <summary>Something that operators have to know.</summary>
/// <param name="AppId">Which account.</param>
/// <param name="Error">What happened, without tokens or secrets.</param>
public sealed record WechatAlert(string AppId, WechatException Error);

/// <summary>
/// Raises an alert once for each account and code, however often the error comes; once the call has worked again, a new error is
/// new trouble. Errors that come and go (one template of several is wrong) raise it once an hour at most.
/// </summary>
internal sealed class Alerts(Action<WechatAlert>? raise, TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string AppId, int Code), Raised> _raised = new();

    private sealed record Raised(string Call, DateTimeOffset At, bool HasWorkedSince);

    public void Raise(string appId, WechatException error)
    {
        if (error.Reaction is not (ErrorReaction.StopAndAlert or ErrorReaction.Unknown) || raise is null) return;
        var (key, now) = ((appId, error.Code ?? 0), clock.GetUtcNow());
        var fresh = new Raised(error.Call, now, HasWorkedSince: false);
        var isNew = _raised.TryGetValue(key, out var known)
            ? known.HasWorkedSince && now - known.At >= Quiet && _raised.TryUpdate(key, fresh, known)
            : _raised.TryAdd(key, fresh);
        if (isNew) raise(new WechatAlert(appId, error));
    }

    /// <summary>The call works for this account: what was wrong with it is repaired.</summary>
    public void Worked(string appId, string call)
    {
        if (_raised.IsEmpty) return;
        foreach (var (key, known) in _raised)
            if (key.AppId == appId && known.Call == call && !known.HasWorkedSince) _raised.TryUpdate(key, known with { HasWorkedSince = true }, known);
    }
}

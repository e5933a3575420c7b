using System.Collections.Concurrent;

namespace Courier.Wechat.Client.Errors;

/// <summary>Something that operators have to know.</summary>
/// <param name="AppId">Which account.</param>
/// <param name="Error">What happened, without tokens or secrets.</param>
public sealed record WechatAlert(string AppId, WechatException Error);

/// <summary>An attempt of a call that failed; the client may have made another one.</summary>
/// <param name="AppId">Which account.</param>
/// <param name="Error">What happened, without tokens or secrets.</param>
public sealed record FailedAttempt(string AppId, WechatException Error);

/// <summary>Something of an account stands still until somebody looks, or goes on again.</summary>
/// <param name="AppId">Which account.</param>
/// <param name="Code">Why: WeChat's errcode.</param>
/// <param name="IsStopped">False when the call that was refused works again.</param>
public sealed record AccountStop(string AppId, int Code, bool IsStopped);

/// <summary>
/// Raises an alert once for each account and code, however often the error comes; once the call has worked again, a new error is
/// new trouble. Errors that come and go (one template of several is wrong) raise it once an hour at most.
/// </summary>
internal sealed class Alerts(Action<WechatAlert>? raise, Action<AccountStop>? stop, TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string AppId, int Code), Raised> _raised = new();
    private readonly ConcurrentDictionary<(string AppId, int Code), string> _stopped = new();

    private sealed record Raised(string Call, DateTimeOffset At, bool HasWorkedSince);

    private volatile bool _hasTroubles; // mostly there is none, and then a call that worked costs nothing here

    public void Raise(string appId, WechatException error)
    {
        if (error.Reaction is not (ErrorReaction.StopAndAlert or ErrorReaction.Unknown)) return;
        _hasTroubles = true;
        if (error.Reaction == ErrorReaction.StopAndAlert && _stopped.TryAdd((appId, error.Code ?? 0), error.Call))
            stop?.Invoke(new AccountStop(appId, error.Code ?? 0, IsStopped: true));
        if (raise is null) return;
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
        if (!_hasTroubles) return;
        foreach (var stopped in _stopped)
            if (stopped.Key.AppId == appId && stopped.Value == call && _stopped.TryRemove(stopped)) stop?.Invoke(new AccountStop(appId, stopped.Key.Code, IsStopped: false));
        foreach (var (key, known) in _raised)
            if (key.AppId == appId && known.Call == call && !known.HasWorkedSince) _raised.TryUpdate(key, known with { HasWorkedSince = true }, known);
    }
}

using System.Collections.Concurrent;

namespace Courier.Wechat.Client.Errors;

/// <summary>Something that operators have to know.</summary>
/// <param name="AppId">Which account.</param>
/// <param name="Error">What happened, without tokens or secrets.</param>
public sealed record WechatAlert(string AppId, WechatException Error);

/// <summary>Raises an alert once for each account and code, however often the error comes.</summary>
internal sealed class Alerts(Action<WechatAlert>? raise)
{
    private readonly ConcurrentDictionary<(string AppId, int Code), bool> _raised = new();

    public void Raise(string appId, WechatException error)
    {
        if (error.Reaction is not (ErrorReaction.StopAndAlert or ErrorReaction.Unknown) || raise is null) return;
        if (_raised.TryAdd((appId, error.Code ?? 0), true)) raise(new WechatAlert(appId, error));
    }
}

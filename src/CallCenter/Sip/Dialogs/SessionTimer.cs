using System.Globalization;
using Courier.Sip.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Dialogs;

/// <summary>Notices that the other end of a call has vanished: one end refreshes at half of the interval, the other waits for it (RFC 4028).</summary>
internal sealed class SessionTimer(Leg leg)
{
    private Timed? _timer;

    private UserAgentOptions Options => leg.Agent.Options;

    /// <summary>Asks for a session interval in an INVITE or UPDATE of ours.</summary>
    public void Ask(SipRequest request, uint? interval = null)
    {
        request.Headers.Set(HeaderNames.SessionExpires, Seconds(interval ?? (uint)Options.SessionInterval.TotalSeconds));
        request.Headers.Set(HeaderNames.MinSe, Seconds((uint)Options.ShortestSession.TotalSeconds));
    }

    /// <summary>The refusal of a request that asks for too short an interval; null when it does not (RFC 4028 §9).</summary>
    public SipResponse? RefuseTooShort(SipRequest request)
    {
        if (!request.Supports("timer") || Interval(request) is not { } wish || wish >= Options.ShortestSession.TotalSeconds) return null;
        var refusal = request.Answer(422, leg.LocalTag);
        refusal.Headers.Add(HeaderNames.MinSe, Seconds((uint)Options.ShortestSession.TotalSeconds));
        return refusal;
    }

    /// <summary>Puts the interval into our 2xx and begins to count. An end that knows no timers is refreshed by us.</summary>
    public void Grant(SipRequest request, SipResponse response)
    {
        var peerKnows = request.Supports("timer");
        var interval = Math.Min(peerKnows ? Interval(request) ?? uint.MaxValue : uint.MaxValue, (uint)Options.SessionInterval.TotalSeconds);
        var peerRefreshes = peerKnows && Refresher(request) != "uas";
        response.Headers.Set(HeaderNames.SessionExpires, $"{Seconds(interval)};refresher={(peerRefreshes ? "uac" : "uas")}");
        if (peerRefreshes) response.Headers.Set(HeaderNames.Require, "timer");
        Start(interval, !peerRefreshes);
    }

    /// <summary>Begins to count by the other end's 2xx; without an interval there this end refreshes all the same.</summary>
    public void Granted(SipResponse response) =>
        Start(Interval(response) ?? (uint)Options.SessionInterval.TotalSeconds, Refresher(response) != "uas");

    public void Stop()
    {
        if (_timer is not null) leg.Agent.Wheel.Stop(_timer);
        _timer = null;
    }

    private void Start(uint interval, bool weRefresh)
    {
        Stop();
        // Whoever waits hangs up a little before the end, so that the BYE still finds the way (RFC 4028 §10).
        var delay = weRefresh ? interval / 2.0 : interval - Math.Min(32, interval / 3.0);
        _timer = leg.Agent.Wheel.Start(TimeSpan.FromSeconds(delay), () => leg.Mailbox.Post(() => Elapsed(interval, weRefresh)));
    }

    private void Elapsed(uint interval, bool weRefresh)
    {
        if (_timer is null || leg.State != LegState.Confirmed) return;
        if (!weRefresh) leg.SayGoodbye(new LegOutcome(LegEnd.Vanished), "SIP;text=\"Session timer expired\"");
        else if (leg.PeerAllowsUpdate) Refresh(interval);
        else
        {
            Start(interval, weRefresh: true);
            leg.Negotiating.Offer(leg.LocalDescription);
        }
    }

    private void Refresh(uint interval)
    {
        var update = leg.Agent.Introduce(leg.Dialog!.Request(SipMethod.Update), leg.Flow!);
        Ask(update, interval);
        Start(interval, weRefresh: true);
        leg.Send(update, (_, response) =>
        {
            if (response.IsSuccess) Granted(response);
        });
    }

    private static uint? Interval(SipMessage message)
    {
        if (message.Headers[HeaderNames.SessionExpires] is not { } value) return null;
        return SipText.TryParseSeconds(value.Split(';', 2)[0].Trim(), out var seconds) ? seconds : null;
    }

    private static string? Refresher(SipMessage message)
    {
        if (message.Headers[HeaderNames.SessionExpires] is not { } value) return null;
        var cursor = new Cursor(value);
        cursor.TakeUntilAny(";");
        return SipParameters.TryTake(ref cursor, out var parameters) ? parameters["refresher"]?.ToLowerInvariant() : null;
    }

    private static string Seconds(uint seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}

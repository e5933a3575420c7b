using Courier.Sip.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Dialogs;

/// <summary>A 2xx to an INVITE on its way to be acknowledged: repeated by this end, whatever the transport, until the ACK comes or it is given up (RFC 3261 §13.3.1.4).</summary>
internal sealed class Acceptance
{
    private readonly Leg _leg;
    private readonly Incoming _invite;
    private readonly SipResponse _response;
    private readonly Action _givenUp;
    private TimeSpan _pause;
    private TimeSpan _waited;
    private Timed? _timer;

    public Acceptance(Leg leg, Incoming invite, SipResponse response, Action givenUp)
    {
        _leg = leg;
        _invite = invite;
        _response = response;
        _givenUp = givenUp;
        _pause = leg.Agent.Timers.T1;
        invite.Respond(response);
        Wait();
    }

    public uint Number => _invite.Request.CSeq.Number;

    /// <summary>Whether the description in the 2xx was an offer, so that the ACK has the answer.</summary>
    public bool WasOffer => _invite.Request.Body.IsEmpty;

    public void Stop()
    {
        if (_timer is not null) _leg.Agent.Wheel.Stop(_timer);
        _timer = null;
    }

    private void Wait()
    {
        var rest = _leg.Agent.Timers.GiveUp - _waited;
        var delay = _pause < rest ? _pause : rest;
        _waited += delay;
        _timer = _leg.Agent.Wheel.Start(delay, () => _leg.Mailbox.Post(Elapsed));
    }

    private void Elapsed()
    {
        if (_timer is null) return;
        if (_waited >= _leg.Agent.Timers.GiveUp)
        {
            _timer = null;
            _givenUp();
            return;
        }
        _pause = _leg.Agent.Timers.Doubled(_pause);
        _invite.Respond(_response);
        Wait();
    }
}

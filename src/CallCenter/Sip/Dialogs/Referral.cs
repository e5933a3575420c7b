using System.Globalization;
using System.Text;
using Courier.Sip.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Dialogs;

/// <summary>A REFER: the other end of a leg asks us to call somebody, and wants to hear what becomes of it (RFC 3515).</summary>
public sealed class Referral
{
    private readonly Leg _leg;
    private readonly Incoming _incoming;
    private bool _wantsReport;
    private bool _isOver;

    private Referral(Leg leg, Incoming incoming, SipUri target, Replaced? replaces)
    {
        _leg = leg;
        _incoming = incoming;
        Target = target;
        Replaces = replaces;
    }

    /// <summary>Whom to call.</summary>
    public SipUri Target { get; }

    /// <summary>The call to be taken over, in an attended transfer; null in a blind one.</summary>
    public Replaced? Replaces { get; }

    /// <summary>Agrees: 202, and the report begins with 100 (RFC 3515 §2.4.4). Nothing is reported when the other end wants nothing (RFC 4488).</summary>
    public void Accept() => _leg.Mailbox.Post(() =>
    {
        _wantsReport = !"false".Equals(_incoming.Request.Headers["Refer-Sub"], StringComparison.OrdinalIgnoreCase);
        var response = _leg.Agent.WithContact(_incoming.Request.Answer(_wantsReport ? 202 : 200, _leg.LocalTag), _incoming.Flow);
        if (!_wantsReport) response.Headers.Add("Refer-Sub", "false");
        _incoming.Respond(response);
        Notify(100);
    });

    /// <summary>Refuses.</summary>
    /// <param name="status">603, 405 or another from 400 on</param>
    public void Refuse(int status = 603) => _leg.Mailbox.Post(() => _incoming.Respond(_incoming.Request.Answer(status, _leg.LocalTag)));

    /// <summary>Reports how the new call goes; a final status ends the report.</summary>
    public void Report(int status) => _leg.Mailbox.Post(() => Notify(status));

    internal static Referral? Of(Leg leg, Incoming incoming)
    {
        var values = incoming.Request.Headers.All(HeaderNames.ReferTo).ToList();
        if (values.Count != 1 || !NameAddr.TryParse(values[0], out var to)) return null;
        var replaces = to.Uri.Headers?.Split('&').FirstOrDefault(h => h.StartsWith("Replaces=", StringComparison.OrdinalIgnoreCase));
        if (replaces is null) return new Referral(leg, incoming, to.Uri.WithoutHeaders(), null);
        return Replaced.TryParse(SipText.Unescape(replaces["Replaces=".Length..]), out var replaced) ? new Referral(leg, incoming, to.Uri.WithoutHeaders(), replaced) : null;
    }

    /// <summary>The status in the body of a NOTIFY that reports about our own REFER; null when it is none.</summary>
    internal static int? ReportedStatus(SipRequest notify)
    {
        if (notify.ContentType != "message/sipfrag") return null;
        var line = Encoding.UTF8.GetString(notify.Body.Span).Split(' ');
        return line.Length > 1 && line[0] == "SIP/2.0" && int.TryParse(line[1].AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;
    }

    private void Notify(int status)
    {
        if (!_wantsReport || _isOver || _leg.State != LegState.Confirmed) return;
        _isOver = status >= 200;
        var notify = _leg.Dialog!.Request(SipMethod.Notify);
        notify.Headers.Add(HeaderNames.Event, string.Create(CultureInfo.InvariantCulture, $"refer;id={_incoming.Request.CSeq.Number}"));
        notify.Headers.Add(HeaderNames.SubscriptionState, _isOver ? "terminated;reason=noresource" : "active;expires=180");
        notify.SetBody("message/sipfrag;version=2.0", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {status} {SipResponse.UsualReason(status)}\r\n")));
        _leg.Send(_leg.Agent.WithContact(notify, _incoming.Flow), static (_, _) => { });
    }
}

/// <summary>The call that another takes the place of (RFC 3891).</summary>
/// <param name="CallId">its Call-ID</param>
/// <param name="ToTag">the tag of the end that is asked, which is ours</param>
/// <param name="FromTag">the tag of the other end</param>
/// <param name="EarlyOnly">whether it counts only while it rings</param>
public sealed record Replaced(string CallId, string ToTag, string FromTag, bool EarlyOnly)
{
    /// <summary>Reads a Replaces header; false when it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Replaced? replaced)
    {
        replaced = null;
        var cursor = new Cursor(text.Trim());
        var callId = cursor.TakeUntilAny("; \t").ToString();
        if (callId.Length == 0 || !SipParameters.TryTake(ref cursor, out var parameters) || !cursor.Ended) return false;
        if (parameters["to-tag"] is not { } to || parameters["from-tag"] is not { } from) return false;
        replaced = new Replaced(callId, to, from, parameters.Has("early-only"));
        return true;
    }
}

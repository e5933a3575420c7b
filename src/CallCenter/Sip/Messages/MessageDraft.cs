namespace Courier.Sip.Messages;

/// <summary>A message while it is read: the headers that the stack acts on are checked as they come, and the first fault is kept.</summary>
internal sealed class MessageDraft
{
    private readonly List<Via> _vias = new(2);
    private readonly List<NameAddr> _contacts = new(1);
    private readonly List<NameAddr> _routes = [];
    private readonly List<NameAddr> _recordRoutes = [];
    private readonly List<SipHeader> _others = new(8);
    private NameAddr? _from;
    private NameAddr? _to;
    private string? _callId;
    private CSeq? _cseq;
    private int? _maxForwards;
    private uint? _expires;
    private int? _contentLength;
    private bool _wildcard;
    private ReadOnlyMemory<byte> _body;

    public string? Fault { get; private set; }

    public int FaultStatus { get; private set; }

    public void Refuse(int status, string reason)
    {
        if (Fault is not null) return;
        Fault = reason;
        FaultStatus = status;
    }

    public void Read(string name, ReadOnlySpan<char> value)
    {
        var good = name switch
        {
            HeaderNames.Via => Via.TryParseList(value, _vias) && _vias.Count <= SipParser.MostVias,
            HeaderNames.From => _from is null && NameAddr.TryParse(value, out _from),
            HeaderNames.To => _to is null && NameAddr.TryParse(value, out _to),
            HeaderNames.CallId => TryReadCallId(value),
            HeaderNames.CSeq => TryReadCSeq(value),
            HeaderNames.MaxForwards => TryReadMaxForwards(value),
            HeaderNames.Contact => TryReadContact(value),
            HeaderNames.Route => NameAddr.TryParseList(value, _routes),
            HeaderNames.RecordRoute => NameAddr.TryParseList(value, _recordRoutes),
            HeaderNames.ContentLength => TryReadContentLength(value),
            _ => TryReadOther(name, value),
        };
        if (!good) Refuse(400, $"Malformed {name}");
    }

    /// <summary>Takes the body out of what follows the head (RFC 3261 §18.3).</summary>
    public void ReadBody(ReadOnlySpan<byte> rest, bool fromStream)
    {
        if (Fault is not null) return;
        if (_contentLength is null && fromStream) Refuse(400, "Missing Content-Length");
        else if (_contentLength > rest.Length) Refuse(400, "Content-Length Too Large");
        else _body = rest[..(_contentLength ?? rest.Length)].ToArray();
    }

    /// <summary>Whether nothing is missing that every message must have (RFC 3261 §8.1.1).</summary>
    public void CheckWhole(in StartLine start)
    {
        if (Fault is not null) return;
        if (_vias.Count == 0) Refuse(400, "Missing Via");
        else if (_from is null) Refuse(400, "Missing From");
        else if (_to is null) Refuse(400, "Missing To");
        else if (_callId is null) Refuse(400, "Missing Call-ID");
        else if (_cseq is not { } cseq) Refuse(400, "Missing CSeq");
        else if (!start.IsResponse && cseq.Method != start.Method) Refuse(400, "CSeq Method Mismatch");
    }

    /// <summary>The message; only when there is no fault.</summary>
    public SipMessage Message(in StartLine start)
    {
        SipMessage message = start.IsResponse
            ? new SipResponse
            {
                Status = start.Status, Reason = start.Reason, Vias = _vias, From = _from!, To = _to!, CallId = _callId!, CSeq = _cseq!.Value,
                Contacts = _contacts, Routes = _routes, RecordRoutes = _recordRoutes,
            }
            : new SipRequest
            {
                Method = start.Method, RequestUri = start.RequestUri!, Vias = _vias, From = _from!, To = _to!, CallId = _callId!, CSeq = _cseq!.Value,
                Contacts = _contacts, Routes = _routes, RecordRoutes = _recordRoutes,
            };
        message.MaxForwards = _maxForwards;
        message.Expires = _expires;
        message.IsContactWildcard = _wildcard;
        message.Body = _body;
        foreach (var (name, value) in _others) message.Headers.AddParsed(name, value);
        return message;
    }

    private bool TryReadCallId(ReadOnlySpan<char> value)
    {
        if (_callId is not null || value.IsEmpty || value.ContainsAny(" \t")) return false;
        _callId = value.ToString();
        return true;
    }

    private bool TryReadCSeq(ReadOnlySpan<char> value)
    {
        if (_cseq is not null || !CSeq.TryParse(value, out var cseq)) return false;
        _cseq = cseq;
        return true;
    }

    private bool TryReadMaxForwards(ReadOnlySpan<char> value)
    {
        if (_maxForwards is not null || !SipText.TryParseNumber(value, 255, out var hops)) return false;
        _maxForwards = (int)hops;
        return true;
    }

    private bool TryReadContact(ReadOnlySpan<char> value)
    {
        if (_wildcard) return false;
        if (value is not "*") return NameAddr.TryParseList(value, _contacts);
        _wildcard = true;
        return _contacts.Count == 0;
    }

    private bool TryReadContentLength(ReadOnlySpan<char> value)
    {
        if (_contentLength is not null || !SipText.TryParseNumber(value, int.MaxValue, out var length)) return false;
        _contentLength = (int)length;
        return true;
    }

    private bool TryReadOther(string name, ReadOnlySpan<char> value)
    {
        // What is no number in Expires is as if it were not there (RFC 3261 §20.19); in an INVITE some devices write a date.
        if (name == HeaderNames.Expires) _expires = SipText.TryParseSeconds(value, out var seconds) ? seconds : null;
        else _others.Add(new SipHeader(name, value.ToString()));
        return true;
    }
}

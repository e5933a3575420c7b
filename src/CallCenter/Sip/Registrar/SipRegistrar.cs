using System.Collections.Concurrent;
using Courier.Sip.Messages;
using Courier.Sip.Transport;

namespace Courier.Sip.Registrar;

/// <summary>
/// Knows where addresses can be reached (RFC 3261 §10.3). Who may register what is decided before: it is handed requests that
/// were authenticated and whose user may speak for the address in To.
/// </summary>
public sealed class SipRegistrar(RegistrarOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Address> _addresses = [];

    /// <summary>Told when an address becomes reachable (true) or ceases to be (false), by its address of record; called on the network's threads.</summary>
    public event Action<string, bool>? Changed;

    /// <summary>How many addresses can be reached.</summary>
    public int Count => _addresses.Count;

    /// <summary>Where an address can be reached now, the latest first.</summary>
    public IReadOnlyList<Binding> Find(string addressOfRecord)
    {
        if (!_addresses.TryGetValue(addressOfRecord, out var address)) return [];
        lock (address) return [.. Live(address).AsEnumerable().Reverse()];
    }

    /// <summary>Answers a REGISTER: 200 with all places, 400 when it is malformed, 403 for too many places, 423 for too short a time, 500 when it comes out of order.</summary>
    /// <param name="request">the request</param>
    /// <param name="flow">the way it came</param>
    /// <param name="toTag">the tag of the answer</param>
    public SipResponse Answer(SipRequest request, Flow flow, string toTag)
    {
        // A registrar keeps SIP addresses; others cannot be called from here (RFC 4475 §3.3.4).
        if (!request.To.Uri.IsSip || request.Contacts.Exists(c => !c.Uri.IsSip)) return request.Answer(400, toTag, "Only SIP Addresses");
        if (request.IsContactWildcard && request.Expires != 0) return request.Answer(400, toTag, "Wildcard Needs Expires 0");
        if (!request.IsContactWildcard && request.Contacts.Exists(c => IsTooShort(Wish(request, c)))) return TooBrief(request, toTag);

        var key = request.To.Uri.AddressOfRecord;
        while (true)
        {
            var address = _addresses.GetOrAdd(key, static _ => new Address());
            SipResponse response;
            bool was, isNow;
            lock (address)
            {
                if (address.IsGone) continue; // taken out of the table since it was found
                was = address.WasReachable;
                response = Change(address, request, flow, toTag);
                isNow = address.WasReachable = address.Bindings.Count > 0;
                if (!isNow) Remove(key, address);
            }
            if (was != isNow) Changed?.Invoke(key, isNow);
            return response;
        }
    }

    /// <summary>Takes out what is over; to be called every few seconds.</summary>
    public void Sweep()
    {
        foreach (var (key, address) in _addresses)
        {
            lock (address)
            {
                if (address.IsGone || Live(address).Count > 0) continue;
                Remove(key, address);
            }
            Changed?.Invoke(key, false);
        }
    }

    /// <summary>Forgets where an address can be reached; it is reachable again once it registers again.</summary>
    public void Forget(string addressOfRecord)
    {
        if (!_addresses.TryGetValue(addressOfRecord, out var address)) return;
        lock (address)
        {
            if (address.IsGone) return;
            Remove(addressOfRecord, address);
        }
        Changed?.Invoke(addressOfRecord, false);
    }

    private SipResponse Change(Address address, SipRequest request, Flow flow, string toTag)
    {
        var bindings = Live(address);
        if (request.IsContactWildcard)
        {
            if (bindings.Exists(b => IsOutOfOrder(b, request))) return request.Answer(500, toTag, "Out Of Order");
            bindings.Clear();
            return Listing(bindings, request, toTag);
        }
        // All of a request takes effect or nothing (RFC 3261 §10.3, step 7).
        List<Binding> changed = [.. bindings];
        foreach (var contact in request.Contacts)
        {
            var instance = contact.Parameters["+sip.instance"];
            var old = changed.FindIndex(b => b.Contact.Uri.Equals(contact.Uri) || (instance is not null && b.Instance == instance));
            if (old >= 0)
            {
                if (IsOutOfOrder(changed[old], request)) return request.Answer(500, toTag, "Out Of Order");
                changed.RemoveAt(old);
            }
            if (Wish(request, contact) is var wish && wish > TimeSpan.Zero) changed.Add(Bind(request, contact, flow, wish, instance));
        }
        if (changed.Count > options.MostBindings) return request.Answer(403, toTag, "Too Many Contacts");
        address.Bindings = changed;
        return Listing(changed, request, toTag);
    }

    private Binding Bind(SipRequest request, NameAddr contact, Flow flow, TimeSpan wish, string? instance) => new(
        contact, flow, clock.GetUtcNow() + (wish < options.Longest ? wish : options.Longest), request.CallId, request.CSeq.Number, instance, request.Headers[HeaderNames.UserAgent]);

    private SipResponse Listing(List<Binding> bindings, SipRequest request, string toTag)
    {
        var response = request.Answer(200, toTag);
        foreach (var binding in bindings)
        {
            var left = (long)Math.Ceiling((binding.Ends - clock.GetUtcNow()).TotalSeconds);
            response.Contacts.Add(binding.Contact with { Parameters = binding.Contact.Parameters.With("expires", left.ToString(System.Globalization.CultureInfo.InvariantCulture)) });
        }
        response.Headers.Add("Date", clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        return response;
    }

    private SipResponse TooBrief(SipRequest request, string toTag)
    {
        var response = request.Answer(423, toTag);
        response.Headers.Add(HeaderNames.MinExpires, ((long)options.Shortest.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return response;
    }

    private TimeSpan Wish(SipRequest request, NameAddr contact) =>
        (contact.Expires ?? request.Expires) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Usual;

    // A wish of an hour and more is never refused as too short (RFC 3261 §10.3, step 7).
    private bool IsTooShort(TimeSpan wish) => wish > TimeSpan.Zero && wish < options.Shortest && wish < TimeSpan.FromHours(1);

    private static bool IsOutOfOrder(Binding binding, SipRequest request) => binding.CallId == request.CallId && request.CSeq.Number <= binding.CSeq;

    private List<Binding> Live(Address address)
    {
        var now = clock.GetUtcNow();
        address.Bindings.RemoveAll(b => b.Ends <= now);
        return address.Bindings;
    }

    private void Remove(string key, Address address)
    {
        address.IsGone = true;
        _addresses.TryRemove(key, out _);
    }

    private sealed class Address
    {
        public List<Binding> Bindings { get; set; } = [];

        public bool WasReachable { get; set; }

        public bool IsGone { get; set; }
    }
}

using Courier.CallCenter.Switch;
using Courier.CallCenter.Voice;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Services.Parcels;
using Courier.Services.Rates;

namespace Courier.CallCenter.Ivr;

/// <summary>A call while it is in a flow: the line, and what was found out.</summary>
/// <param name="line">The caller.</param>
internal sealed class FlowCall(ICallerLine line)
{
    /// <summary>Values that every call has.</summary>
    public static readonly NamedThing[] OwnValues = [new("called", Texts.ValueCalled), new("caller_tail", Texts.ValueCallerTail)];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["called"] = Spoken.Digits(line.Facts.Called),
        ["caller_tail"] = line.Facts.CallerPhone is { } phone ? Spoken.Tail(phone.Tail) : "",
    };

    /// <summary>The caller.</summary>
    public ICallerLine Line => line;

    /// <summary>Who calls whom.</summary>
    public CallFacts Facts => line.Facts;

    /// <summary>What can be said by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Who calls: the one customer who has proven this number; null when nobody did, or several.</summary>
    public CustomerId? Customer { get; set; }

    /// <summary>The customer's tier.</summary>
    public CustomerTier Tier { get; set; } = CustomerTier.Standard;

    /// <summary>The waybill that is spoken of.</summary>
    public WaybillNumber? Waybill { get; set; }

    /// <summary>The result that was told last, as it is read; empty before any.</summary>
    public string Result { get; set; } = "";

    /// <summary>What is being booked.</summary>
    public Booking Pickup { get; set; } = new();

    /// <summary>Keeps a value.</summary>
    public void Keep(string name, string value) => _values[name] = value;

    /// <summary>What was keyed in or kept under a name; empty when nothing was.</summary>
    public string Of(string name) => _values.GetValueOrDefault(name, "");

    /// <summary>A pickup as far as it is chosen.</summary>
    internal sealed record Booking
    {
        public SavedAddress? From { get; init; }
        public IReadOnlyList<SavedAddress> Recipients { get; init; } = [];
        public SavedAddress? To { get; init; }
        public IReadOnlyList<ListedSlot> Slots { get; init; } = [];
        public ListedSlot? Slot { get; init; }
        public StoredQuote? Quote { get; init; }
        public QuoteOption? Option { get; init; }
    }
}

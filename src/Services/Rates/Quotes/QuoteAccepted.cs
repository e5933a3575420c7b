using Courier.Kernel.Events;

namespace Courier.Services.Rates;

/// <summary>An order took a quote. Published by whoever places orders, in the transaction of the order; a new rate card is tried on what was accepted.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Product">The product that was taken.</param>
/// <param name="At">When.</param>
[EventName("rate.quote_accepted.v1")]
public sealed record QuoteAccepted(QuoteId Quote, string Product, DateTimeOffset At) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "quote:" + Quote;

    /// <inheritdoc />
    public long Version => 1;
}

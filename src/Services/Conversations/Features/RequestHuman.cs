using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>The customer wants a person.</summary>
public static class RequestHuman
{
    /// <summary>Puts the customer's conversation into the queue, once; a customer who waits or is being answered already keeps the place.</summary>
    /// <param name="db">The database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="calendars">When people answer.</param>
    /// <param name="customer">Who.</param>
    /// <param name="channel">Where the answer goes.</param>
    /// <param name="topic">What it is about, in a few words for the desk; may be empty.</param>
    /// <param name="idempotencyKey">The same for repeats of the same wish (WeChat's MsgId): a repeat opens nothing, even when the conversation was closed since.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<HandOff> Execute(
        Db db, TimeProvider clock, CalendarsOptions calendars, CustomerId customer, ChannelAddress channel, string topic, string idempotencyKey, CancellationToken ct) =>
        throw new NotSupportedException();
}

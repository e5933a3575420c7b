using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.CallCenter.Ivr;

/// <summary>How a flow ends; whoever runs it acts on it.</summary>
internal abstract record FlowEnd
{
    private FlowEnd() { }

    /// <summary>Everything is said: the call ends.</summary>
    public sealed record HangUp : FlowEnd;

    /// <summary>The caller waits for a person.</summary>
    /// <param name="Queue">Name of the queue.</param>
    /// <param name="Skills">What the person must know; may be empty.</param>
    /// <param name="Tier">Code of the caller's tier; empty for none.</param>
    /// <param name="Customer">Who calls; null when nobody knows.</param>
    /// <param name="LastAgent">Who served this customer last; null when nobody did, or not lately.</param>
    public sealed record ToQueue(string Queue, IReadOnlyList<string> Skills, string Tier, CustomerId? Customer, StaffId? LastAgent) : FlowEnd;

    /// <summary>The caller hangs up and is called back when it is their turn; the place in the queue is that of somebody who waits since now.</summary>
    /// <param name="Place">The place.</param>
    public sealed record CallBack(ToQueue Place) : FlowEnd;

    /// <summary>The caller leaves a message.</summary>
    /// <param name="Box">Name of the box, such as the queue that listens to it.</param>
    /// <param name="Customer">Who calls; null when nobody knows.</param>
    public sealed record ToVoicemail(string Box, CustomerId? Customer) : FlowEnd;
}

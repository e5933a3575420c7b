using Courier.CallCenter.Agents;
using Courier.Kernel;
using Courier.Services.Customers;

namespace Courier.CallCenter.Routing;

/// <summary>A call-back whose turn has come.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CallId">The call in which it was asked for.</param>
/// <param name="Queue">The queue whose place it kept.</param>
/// <param name="Phone">Whom to call.</param>
/// <param name="Customer">Who that is; null when nobody knows.</param>
/// <param name="Try">1 for the first.</param>
/// <param name="Agent">The agent who is reserved for it.</param>
internal sealed record DueCallBack(string Id, string CallId, string Queue, Phone Phone, CustomerId? Customer, int Try, Reservation Agent);

/// <summary>What came of dialling.</summary>
internal enum CallBackResult
{
    /// <summary>Agent and customer speak.</summary>
    Connected,

    /// <summary>The agent did not answer; the customer was not called.</summary>
    AgentFailed,

    /// <summary>The agent waited in vain for the customer.</summary>
    CustomerNotReached,
}

/// <summary>Dials call-backs: the agent first, then the customer.</summary>
internal interface ICallBackDialler
{
    /// <summary>Dials one; ends when both speak or one of them is not reached.</summary>
    /// <param name="due">What to dial; its reservation is answered, failed or released like any other.</param>
    /// <param name="ct">Gives up.</param>
    Task<CallBackResult> Dial(DueCallBack due, CancellationToken ct);
}

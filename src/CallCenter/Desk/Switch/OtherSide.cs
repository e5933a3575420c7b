using Courier.CallCenter.Agents;
using Courier.CallCenter.Records;
using Courier.Http;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.CallCenter.Switch;

/// <summary>With whom an agent speaks, or who rings, as the agent's page shows it.</summary>
/// <param name="Direction">who called whom</param>
/// <param name="Tail">the last four digits of the number outside; empty when it was not shown, and for colleagues</param>
/// <param name="Name">the customer's or colleague's name; empty when nobody knows it</param>
/// <param name="Customer">who it is; null for colleagues and while nobody knows</param>
internal sealed record OtherSideView(CallDirection Direction, string Tail, string Name, CustomerId? Customer);

/// <summary>Finds out with whom agents speak; that a customer was shown is noted.</summary>
internal sealed class OtherSide(Calls calls, AgentBoard board, Db db, DataKeys keys, CustomerAccesses accesses)
{
    /// <summary>The other side of the call that an agent has, or that rings; null when there is none here.</summary>
    /// <param name="agent">whose call</param>
    /// <param name="me">who asks</param>
    /// <param name="ct">ends it</param>
    public async Task<OtherSideView?> Of(Agent agent, CurrentStaff me, CancellationToken ct)
    {
        if (agent.State is not (AgentState.Reserved or AgentState.Talking) || Call(agent.CallId) is not { } call) return null;
        if (call.Direction == CallDirection.Internal) return new OtherSideView(call.Direction, "", ColleagueOf(agent, call.Facts), null);
        var customer = await call.Do(() => call.CustomerId).ConfigureAwait(false);
        var name = customer is { } known ? await NameOf(known, me, ct).ConfigureAwait(false) : "";
        return new OtherSideView(call.Direction, TakeCallNotes.Tail(call.Facts.Caller), name, customer);
    }

    // A queue knows a call-back by the call in which it was promised.
    private Call? Call(string id) => calls.Find(id) ?? calls.All().FirstOrDefault(c => c.PromisedIn == id);

    private string ColleagueOf(Agent agent, CallFacts facts)
    {
        var user = facts.Caller == agent.PhoneUser ? facts.Called : facts.Caller;
        return board.Find(user) is { } id && board.Find(id) is { } colleague ? colleague.Name : user;
    }

    private async Task<string> NameOf(CustomerId customer, CurrentStaff me, CancellationToken ct)
    {
        await accesses.Note(me, LookedAtWhat.Call, [customer], ct).ConfigureAwait(false);
        return (await CustomerFields.Find(db, keys, customer, CustomerField.Name, ct).ConfigureAwait(false))?.Value ?? "";
    }
}

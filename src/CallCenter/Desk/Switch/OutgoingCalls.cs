using Courier.CallCenter.Agents;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Routing;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Services.Customers;

namespace Courier.CallCenter.Switch;

/// <summary>Calls that we make: an agent clicks on a number, or somebody is called back who kept a place in the queue. The agent is rung first, then the customer.</summary>
internal sealed class OutgoingCalls(
    Exchange exchange, Calls calls, CallGround ground, Dialler dialler, PhoneBook phones, AgentBoard board, RecordingNotice notice, TimeProvider clock) : ICallBackDialler
{
    private static readonly TimeSpan AgentRings = TimeSpan.FromSeconds(25), CustomerRings = TimeSpan.FromSeconds(60);
    private static readonly string[] AgentRole = [RoleNames.Agent];

    /// <summary>Begins a call between a member of staff and a number; the telephone rings once this is back.</summary>
    /// <returns>the call's id</returns>
    /// <exception cref="RuleBroken">calls.off, calls.full, calls.phone_off, calls.not_allowed, calls.too_many</exception>
    public string Begin(PhoneUser user, IReadOnlyCollection<string> roles, Phone number, CustomerId? customer)
    {
        if (!exchange.IsOpen) throw new RuleBroken("calls.off", Texts.TelephoneIsOff);
        if (!calls.HasPlace) throw new RuleBroken("calls.full", Texts.CallsTooMany);
        if (exchange.Find(user).Count == 0) throw new RuleBroken("calls.phone_off", Texts.PhoneNotRegistered);
        var by = dialler.Route(number.Text, roles);
        var call = NewCall(number, customer);
        _ = call.Run(async () =>
        {
            if (phones.OwnerOf(user) is { } owner) board.Engaged(owner.Id, call.Id);
            var rung = await dialler.Ring(call, user, PartyRole.Agent, AgentRings, call.Gone).ConfigureAwait(true);
            if (rung.Party is { } agent) await CallCustomer(call, agent, number, by).ConfigureAwait(true);
            else
            {
                if (phones.OwnerOf(user) is { } free) board.TalkEnded(free.Id, call.Id);
                call.End(CallFiguring.ResultOf(call, rung.End));
            }
        });
        return call.Id;
    }

    /// <inheritdoc />
    public async Task<CallBackResult> Dial(DueCallBack due, CancellationToken ct)
    {
        if (!exchange.IsOpen || !PhoneUser.TryParse(due.Agent.PhoneUser, null, out var user))
        {
            due.Agent.Released();
            return CallBackResult.AgentFailed;
        }
        var call = NewCall(due.Phone, due.Customer, due.CallId);
        return await call.Run(() => Dial(call, due, user, ct)).ConfigureAwait(false);
    }

    private async Task<CallBackResult> Dial(Call call, DueCallBack due, PhoneUser user, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, call.Gone);
        var rung = await dialler.Ring(call, user, PartyRole.Agent, due.Agent.Ring, stop.Token).ConfigureAwait(true);
        if (rung.Party is not { } agent || !due.Agent.Answered())
        {
            if (stop.IsCancellationRequested) due.Agent.Released();
            else due.Agent.Failed(rung.End.AsRing());
            call.End(CallFiguring.ResultOf(call, rung.End));
            return CallBackResult.AgentFailed;
        }
        try
        {
            return await CallCustomer(call, agent, due.Phone, dialler.Route(due.Phone.Text, AgentRole)).ConfigureAwait(true) ? CallBackResult.Connected : CallBackResult.CustomerNotReached;
        }
        catch (RuleBroken)
        {
            call.End(CallResult.Rejected);
            return CallBackResult.CustomerNotReached;
        }
    }

    /// <summary>Rings the customer while the agent hears that it rings; true once both speak.</summary>
    private async Task<bool> CallCustomer(Call call, Party agent, Phone number, IReadOnlyList<TrunkOptions> by)
    {
        call.Initiator = agent;
        agent.Media.Play(Courier.Media.Mixing.Tones.RingBack, loop: true);
        var rung = await dialler.RingOutside(call, number.Text, PartyRole.Customer, by, CustomerRings, call.Gone, sounding: early => call.HearEarly(early, agent)).ConfigureAwait(true);
        if (rung.Party is not { } customer)
        {
            call.End(CallFiguring.ResultOf(call, rung.End));
            return false;
        }
        call.Serve(customer);
        if (!agent.IsUp)
        {
            call.End(CallResult.Abandoned);
            return false;
        }
        call.Connect(agent);
        await notice.Say(call).ConfigureAwait(true);
        _ = EndWhenServed(call);
        return true;
    }

    private static async Task EndWhenServed(Call call)
    {
        await call.WhenServed.ConfigureAwait(true);
        call.Post(c => c.End());
    }

    private Call NewCall(Phone number, CustomerId? customer, string? promisedIn = null)
    {
        var facts = new CallFacts(Ids.New(clock), number.Text, number, number.Text, "", "", clock.GetUtcNow());
        var call = new Call(ground, facts, CallDirection.Outbound, "") { CustomerId = customer, PromisedIn = promisedIn };
        call.Begin();
        return call;
    }
}

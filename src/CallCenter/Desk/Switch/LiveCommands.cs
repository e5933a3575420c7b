using Courier.CallCenter.Agents;
using Courier.CallCenter.Phones;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Media.Mixing;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Courier.CallCenter.Switch;

/// <summary>What people at the desk do to running calls: agents to those that they are in, supervisors to all.</summary>
internal sealed class LiveCommands(
    Calls calls, OutgoingCalls outgoing, Transfers transfers, Dialler dialler, Exchange exchange, PhoneBook phones, AgentBoard board, Db db, TimeProvider clock)
{
    private static readonly TimeSpan Ringing = TimeSpan.FromSeconds(25);

    /// <summary>Calls a number: the member's own telephone rings first.</summary>
    public async Task<LiveEndpoints.BegunView> Begin(Phone number, CustomerId? customer, CurrentStaff me, CancellationToken ct)
    {
        var id = outgoing.Begin(PhoneOf(me), me.Roles, number, customer);
        await Note(me, "calls.begun", id, ct).ConfigureAwait(false);
        return new LiveEndpoints.BegunView(id);
    }

    /// <summary>Does something at once.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Execute(string id, CurrentStaff me, string action, Action<Call, Party> command, CancellationToken ct)
    {
        if (calls.Find(id) is not { } call) return Problems.NotFound();
        await call.Do(() =>
        {
            command(call, Mine(call, me));
            return true;
        }).ConfigureAwait(false);
        await Note(me, action, id, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>An agent hangs up their own telephone, a supervisor the call.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> HangUp(string id, CurrentStaff me, CancellationToken ct)
    {
        if (calls.Find(id) is not { } call) return TypedResults.NoContent(); // it is over, which is what was wanted
        await call.Do(() =>
        {
            if (IsIn(call, me) is { } own) own.HangUp();
            else if (me.Roles.Contains(RoleNames.Supervisor)) call.End();
            else throw new RuleBroken("calls.not_yours", Texts.CallNotYours);
            return true;
        }).ConfigureAwait(false);
        await Note(me, "calls.hang_up", id, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Gives the call to somebody; without a target to whoever was asked before.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Transfer(string id, string? target, CurrentStaff me, CancellationToken ct)
    {
        if (calls.Find(id) is not { } call) return Problems.NotFound();
        var end = await call.Run(async () =>
        {
            var from = Mine(call, me);
            if (target is { Length: > 0 })
            {
                var failed = await transfers.Give(call, from, target).ConfigureAwait(true);
                if (failed is null) from.HangUp();
                return failed;
            }
            call.HandOver(from);
            return null;
        }).ConfigureAwait(false);
        if (end is not null) throw Unreached(end);
        await Note(me, "calls.transfer", id, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Asks somebody while the customer waits.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Consult(string id, string target, CurrentStaff me, CancellationToken ct)
    {
        if (calls.Find(id) is not { } call) return Problems.NotFound();
        var end = await call.Run(() => transfers.Consult(call, Mine(call, me), target)).ConfigureAwait(false);
        if (end is not null) throw Unreached(end);
        await Note(me, "calls.consult", id, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Lets the customer wait where any agent can take the call: by the command, or by dialling the place.</summary>
    public async Task<Results<Ok<LiveEndpoints.ParkedView>, ProblemHttpResult>> Park(string id, CurrentStaff me, CancellationToken ct)
    {
        if (calls.Find(id) is not { } call) return Problems.NotFound();
        var slot = await call.Do(() =>
        {
            if (call.Slot is { } there) return there;
            var from = Mine(call, me);
            call.State.Require(CallCommand.Park);
            var place = calls.TakeSlot(call);
            call.Park(from, place);
            return place;
        }).ConfigureAwait(false);
        await Note(me, "calls.park", id, ct).ConfigureAwait(false);
        return TypedResults.Ok(new LiveEndpoints.ParkedView(slot));
    }

    /// <summary>Takes a parked call: the member's telephone rings.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Retrieve(string id, CurrentStaff me, CancellationToken ct)
    {
        if (calls.Find(id) is not { } call) return Problems.NotFound();
        var end = await call.Run(async () =>
        {
            call.State.Require(CallCommand.Retrieve);
            var rung = await dialler.Ring(call, PhoneOf(me), PartyRole.Agent, Ringing, call.Gone).ConfigureAwait(true);
            if (rung.Party is not { } party) return rung.End;
            if (call.State != CallState.Parked)
            {
                party.HangUp();
                throw new RuleBroken("calls.not_now", Texts.CallNotNow);
            }
            if (call.Slot is { } slot) calls.FreeSlot(slot);
            board.Engaged(StaffId.Parse(me.Id), call.Id);
            call.Retrieve(party);
            return null;
        }).ConfigureAwait(false);
        if (end is not null) throw Unreached(end);
        await Note(me, "calls.retrieve", id, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>A supervisor's telephone rings; then the supervisor listens, whispers to the agent, or speaks with both.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Listen(string id, string? mode, CurrentStaff me, CancellationToken ct)
    {
        if (mode is not ("monitor" or "whisper" or "barge")) throw new BadInput("mode", Texts.ListenModeWrong);
        if (calls.Find(id) is not { } call) return Problems.NotFound();
        var end = await call.Run(async () =>
        {
            call.State.Require(CallCommand.Listen);
            var party = IsIn(call, me);
            if (party is null)
            {
                var rung = await dialler.Ring(call, PhoneOf(me), PartyRole.Supervisor, Ringing, call.Gone).ConfigureAwait(true);
                if (rung.Party is null) return rung.End;
                party = rung.Party;
            }
            call.Listen(party, RoleOf(mode, call));
            return null;
        }).ConfigureAwait(false);
        if (end is not null) throw Unreached(end);
        await Note(me, "calls." + mode, id, ct).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static MemberRole RoleOf(string mode, Call call) => mode switch
    {
        "monitor" => MemberRole.Monitor,
        "barge" => MemberRole.Full,
        _ => MemberRole.WhisperTo((call.Servants.FirstOrDefault() ?? throw new RuleBroken("calls.not_now", Texts.CallNotNow)).Media),
    };

    private static Party? IsIn(Call call, CurrentStaff me) => call.Parties.FirstOrDefault(p => p.IsUp && p.Name.Staff?.Text == me.Id);

    // A supervisor who is not in the call acts in the place of the agent.
    private static Party Mine(Call call, CurrentStaff me) =>
        IsIn(call, me) ?? (me.Roles.Contains(RoleNames.Supervisor) ? call.Servants.FirstOrDefault() : null) ?? throw new RuleBroken("calls.not_yours", Texts.CallNotYours);

    private PhoneUser PhoneOf(CurrentStaff me)
    {
        if (!exchange.IsOpen) throw new RuleBroken("calls.off", Texts.TelephoneIsOff);
        if (PhoneUser.TryParse(me.Name, null, out var user) && phones.Knows(user) && exchange.Find(user).Count > 0) return user;
        throw new RuleBroken("calls.phone_off", Texts.PhoneNotRegistered);
    }

    private static RuleBroken Unreached(PartyEnd end) => new("calls.not_reached", end.Outcome == PartyOutcome.Busy ? Texts.CallTargetBusy : Texts.CallTargetNotReached);

    private Task Note(CurrentStaff me, string action, string id, CancellationToken ct) =>
        db.InTransaction(tx => Audit.Record(tx, clock, StaffId.Parse(me.Id), action, "call:" + id, null, ct), ct);
}

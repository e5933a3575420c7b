using Courier.CallCenter.Agents;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Media.Mixing;
using Courier.Services.Staff;
using Courier.Sip.Dialogs;

namespace Courier.CallCenter.Switch;

/// <summary>What our own telephones dial: each other, numbers outside as the rules allow, hotlines, parked calls, and codes for being ready or not.</summary>
internal sealed class PhoneCalls(
    Exchange exchange, PhoneBook phones, Calls calls, CallGround ground, Dialler dialler, AgentBoard board, InboundProgram program, RecordingNotice notice, CallCenterOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Ringing = TimeSpan.FromSeconds(60);

    /// <summary>A telephone that has proven who it is dials.</summary>
    public ILegHandler Take(IncomingLeg leg, PhoneUser user)
    {
        var dialled = leg.Request.RequestUri.User ?? "";
        if (leg.ReplacedLeg is { } replaced) return Replace(leg, user, replaced);
        if (dialled is "*11" or "*12" or "*13") return TakeCode(leg, user, dialled);
        if (calls.Parked(dialled) is { } parked) return Join(leg, user, parked);
        if (!calls.HasPlace) return Refuse(leg, 503);
        if (options.Hotlines.FirstOrDefault(h => h.Number == dialled) is { } hotline) return CallHotline(leg, user, hotline);
        if (PhoneUser.TryDialled(dialled, out var other) && phones.Knows(other)) return CallColleague(leg, user, other);
        return CallOutside(leg, user, Phone.TryParse(dialled, out var phone) ? phone.Text : dialled);
    }

    private ILegHandler CallHotline(IncomingLeg leg, PhoneUser user, HotlineOptions hotline)
    {
        var facts = new CallFacts(Ids.New(clock), user.Text, null, hotline.Number, hotline.Number, hotline.Flow, clock.GetUtcNow());
        var party = NewCall(leg, facts, CallDirection.Inbound, new PartyName(PartyRole.Caller, user.Text, null, ""));
        party.Call.Post(c =>
        {
            c.Serve(party);
            c.WhenAnswered(party, program.Start);
        });
        party.Accept();
        return party;
    }

    private ILegHandler CallColleague(IncomingLeg leg, PhoneUser user, PhoneUser other)
    {
        if (user == other) return Refuse(leg, 486);
        var facts = new CallFacts(Ids.New(clock), user.Text, null, other.Text, "", "", clock.GetUtcNow());
        var party = NewCall(leg, facts, CallDirection.Internal, NameOf(user, PartyRole.Colleague));
        _ = party.Call.Run(() => Dial(party, ringing => dialler.Ring(party.Call, other, PartyRole.Colleague, Ringing, party.Call.Gone, ringing)));
        return party;
    }

    private ILegHandler CallOutside(IncomingLeg leg, PhoneUser user, string number)
    {
        IReadOnlyList<TrunkOptions> by;
        try
        {
            by = dialler.Route(number, phones.OwnerOf(user) is { } owner ? [.. owner.Roles.Select(EnumText<StaffRole>.Of)] : []);
        }
        catch (RuleBroken broken)
        {
            return Refuse(leg, broken.Code == "calls.too_many" ? 503 : 403);
        }
        var facts = new CallFacts(Ids.New(clock), number, Phone.TryParse(number, out var phone) ? phone : null, number, "", "", clock.GetUtcNow());
        var party = NewCall(leg, facts, CallDirection.Outbound, NameOf(user, PartyRole.Agent));
        _ = party.Call.Run(() => Dial(party, ringing => dialler.RingOutside(party.Call, number, PartyRole.Customer, by, Ringing, party.Call.Gone, ringing, early =>
        {
            if (!party.IsOver && party.LetHear()) party.Call.HearEarly(early, party);
        })));
        return party;
    }

    // The caller hears that it rings, is answered when the other is, and hears the other's refusal as it was.
    private async Task Dial(Party caller, Func<Action, Task<Rung>> ring)
    {
        var call = caller.Call;
        if (caller.Name.Staff is { } staff) board.Engaged(staff, call.Id);
        var rung = await ring(caller.LetRing).ConfigureAwait(true);
        if (rung.Party is { } other && !caller.IsOver && caller.Accept())
        {
            call.Serve(other);
            if (other.Name.Staff is { } colleague) board.Engaged(colleague, call.Id);
            call.WhenAnswered(caller, c =>
            {
                if (c.State == CallState.Beginning) c.Connect(caller);
                _ = c.Run(() => notice.Say(c));
                _ = EndWhenServed(c);
            });
            return;
        }
        if (rung.Party is null) ((IncomingLeg)caller.Leg).Reject(rung.End.AsStatus());
        call.End(rung.Party is null ? CallFiguring.ResultOf(call, rung.End) : CallResult.Abandoned);
    }

    private static async Task EndWhenServed(Call call)
    {
        await call.WhenServed.ConfigureAwait(true);
        call.Post(c => c.End());
    }

    private ILegHandler TakeCode(IncomingLeg leg, PhoneUser user, string code)
    {
        if (board.Find(user.Text) is not { } staff) return Refuse(leg, 403);
        if (code == "*12") board.NotReady(staff, NotReadyReason.Break);
        var facts = new CallFacts(Ids.New(clock), user.Text, null, code, "", "", clock.GetUtcNow());
        var party = NewCall(leg, facts, CallDirection.Internal, NameOf(user, PartyRole.Colleague) with { Staff = null });
        party.Call.Post(c =>
        {
            c.Serve(party);
            c.WhenAnswered(party, answered => _ = Confirm(answered, () =>
            {
                if (code == "*11") board.Ready(staff);
                else if (code == "*13") board.EndWrapUp(staff);
            }));
        });
        party.Accept();
        return party;
    }

    // One tone says that the code was understood. Who becomes ready by it may be called at once: that waits until the telephone is free of the tone.
    private async Task Confirm(Call call, Action afterwards)
    {
        call.Customer!.Media.Play(Tones.Beep);
        await Task.WhenAny(call.Customer.WhenEnded, Task.Delay(Tones.Beep.Length + TimeSpan.FromSeconds(0.3), clock)).ConfigureAwait(true);
        call.Post(c => c.End(CallResult.SelfServed));
        await Task.WhenAny(call.Customer.WhenEnded, Task.Delay(TimeSpan.FromSeconds(2), clock)).ConfigureAwait(true);
        afterwards();
    }

    private ILegHandler Join(IncomingLeg leg, PhoneUser user, Call parked)
    {
        var party = new Party(parked, exchange, NameOf(user, PartyRole.Agent), Ids.New(clock), clock.GetUtcNow());
        party.Take(leg);
        parked.Post(c =>
        {
            c.Add(party);
            if (c.State != CallState.Parked || party.IsOver || !party.Accept()) party.HangUp();
            else c.WhenAnswered(party, call => RetrieveOr(call, party));
        });
        return party;
    }

    private void RetrieveOr(Call call, Party party)
    {
        if (call.State != CallState.Parked)
        {
            party.HangUp();
            return;
        }
        if (call.Slot is { } slot) calls.FreeSlot(slot);
        if (party.Name.Staff is { } staff) board.Engaged(staff, call.Id);
        call.Retrieve(party);
    }

    /// <summary>A telephone takes the place of another in a running call (RFC 3891).</summary>
    private ILegHandler Replace(IncomingLeg leg, PhoneUser user, Leg replaced)
    {
        if (exchange.PartyOf(replaced) is not { } old || old.Name.Trunk.Length > 0) return Refuse(leg, 481);
        var party = new Party(old.Call, exchange, NameOf(user, old.Name.Role), Ids.New(clock), clock.GetUtcNow());
        party.Take(leg);
        old.Call.Post(c =>
        {
            c.Add(party);
            if (!c.State.Allows(CallCommand.Transfer) || old.IsOver || old == c.Customer || !party.Accept()) party.HangUp();
            else c.WhenAnswered(party, call =>
            {
                if (party.Name.Staff is { } staff) board.Engaged(staff, call.Id);
                call.Connect(party);
                old.HangUp();
            });
        });
        return party;
    }

    private Party NewCall(IncomingLeg leg, CallFacts facts, CallDirection direction, PartyName name)
    {
        var call = new Call(ground, facts, direction, "");
        var party = new Party(call, exchange, name, Ids.New(clock), clock.GetUtcNow());
        party.Take(leg);
        call.Begin();
        call.Post(c =>
        {
            c.Add(party);
            if (direction != CallDirection.Inbound) c.Initiator = party;
        });
        return party;
    }

    private PartyName NameOf(PhoneUser user, PartyRole role) => new(role, user.Text, phones.OwnerOf(user)?.Id, "");

    private static Outsider Refuse(IncomingLeg leg, int status)
    {
        leg.Reject(status);
        return Outsider.Nobody;
    }
}

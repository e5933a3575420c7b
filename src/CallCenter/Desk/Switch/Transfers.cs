using Courier.CallCenter.Agents;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Routing;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Staff;
using Courier.Sip.Dialogs;

namespace Courier.CallCenter.Switch;

/// <summary>
/// Gives calls from one to another, by command or by what a telephone asks (REFER). Whoever is to have the call is rung by us: the call
/// keeps its id, its recording and its records. Everything here is called in the call's mailbox.
/// </summary>
internal sealed class Transfers(Dialler dialler, Exchange exchange, PhoneBook phones, AgentBoard board, TimeProvider clock)
{
    private static readonly TimeSpan Ringing = TimeSpan.FromSeconds(25), Courtesy = TimeSpan.FromSeconds(3);

    /// <summary>A telephone wants somebody else to have the call.</summary>
    public void Take(Call call, Party by, Referral referral)
    {
        // Whoever is outside transfers nobody: it would be at our cost.
        if (by == call.Customer || by.Name.Trunk.Length > 0 || referral.Target.User is not { } target || !(exchange.IsOwn(referral.Target.Host) || referral.Replaces is not null))
        {
            referral.Refuse();
            return;
        }
        if (referral.Replaces is { } replaced) TakeOver(call, by, referral, replaced);
        else _ = call.Run(() => Refer(call, by, target, referral));
    }

    /// <summary>Gives the call away; the one who does so is free once somebody has taken it.</summary>
    /// <param name="call">which</param>
    /// <param name="from">who gives it away</param>
    /// <param name="target">a telephone of ours or a number outside</param>
    /// <param name="ringing">told once it rings</param>
    /// <returns>how it ended when nobody took it; null when somebody did</returns>
    /// <exception cref="RuleBroken">calls.not_now, calls.not_allowed, calls.too_many, calls.agent_not_free, calls.target_wrong</exception>
    public async Task<PartyEnd?> Give(Call call, Party from, string target, Action? ringing = null)
    {
        call.State.Require(CallCommand.Transfer);
        var ring = Prepare(call, from, target);
        call.BeginTransfer(from);
        var rung = await ring(PartyRole.Colleague, ringing, call.Gone).ConfigureAwait(true);
        if (rung.Party is not { } to)
        {
            call.TransferFailed(from);
            return rung.End;
        }
        call.Transferred(from, to);
        return null;
    }

    /// <summary>Rings somebody whom an agent wants to ask while the customer waits.</summary>
    /// <returns>how it ended when nobody answered; null when somebody did</returns>
    /// <exception cref="RuleBroken">as <see cref="Give"/></exception>
    public async Task<PartyEnd?> Consult(Call call, Party asking, string target)
    {
        call.RequireConsult();
        var ring = Prepare(call, asking, target);
        var needed = call.BeginConsulting(asking);
        var rung = await ring(PartyRole.Colleague, null, needed).ConfigureAwait(true);
        if (!needed.IsCancellationRequested) call.Consult(asking, rung.Party);
        else rung.Party?.HangUp();
        return rung.Party is null || needed.IsCancellationRequested ? rung.End : null;
    }

    // What is refused is refused before anything changes.
    private Func<PartyRole, Action?, CancellationToken, Task<Rung>> Prepare(Call call, Party from, string target)
    {
        if (PhoneUser.TryDialled(target, out var user) && phones.Knows(user))
        {
            if (board.Find(user.Text) is not { } staff) return (role, ringing, stop) => dialler.Ring(call, user, role, Ringing, stop, ringing);
            var reservation = board.TryReserve(staff, call.Id, Ringing) ?? throw new RuleBroken("calls.agent_not_free", Texts.CallAgentNotFree);
            return (role, ringing, stop) => Ring(call, user, reservation, role, ringing, stop);
        }
        var number = Phone.TryParse(target, out var phone) ? phone.Text : target;
        if (number.Length == 0 || !number.All(char.IsAsciiDigit)) throw new RuleBroken("calls.target_wrong", Texts.CallTargetWrong);
        var trunks = dialler.Route(number, RolesOf(from));
        return (_, ringing, stop) => dialler.RingOutside(call, number, PartyRole.Outside, trunks, Ringing, stop, ringing);
    }

    private async Task<Rung> Ring(Call call, PhoneUser user, Reservation reservation, PartyRole role, Action? ringing, CancellationToken stop)
    {
        var rung = await dialler.Ring(call, user, role, Ringing, stop, ringing).ConfigureAwait(true);
        if (rung.Party is { } party)
        {
            if (reservation.Answered()) return rung;
            party.HangUp();
            return Rung.Nobody(new PartyEnd(PartyOutcome.CancelledHere, 0));
        }
        if (stop.IsCancellationRequested) reservation.Released();
        else reservation.Failed(rung.End.AsRing());
        return rung;
    }

    private IReadOnlyCollection<string> RolesOf(Party party) =>
        PhoneUser.TryParse(party.Name.Number, null, out var user) && phones.OwnerOf(user) is { } owner ? [.. owner.Roles.Select(EnumText<StaffRole>.Of)] : [];

    private async Task Refer(Call call, Party by, string target, Referral referral)
    {
        if (!call.State.Allows(CallCommand.Transfer))
        {
            referral.Refuse();
            return;
        }
        referral.Accept();
        try
        {
            var end = await Give(call, by, target, () => referral.Report(180)).ConfigureAwait(true);
            referral.Report(end?.AsStatus() ?? 200);
            if (end is null) await LetGo(by).ConfigureAwait(true);
        }
        catch (RuleBroken broken)
        {
            referral.Report(broken.Code == "calls.agent_not_free" ? 486 : 403);
        }
    }

    /// <summary>A telephone that has two calls puts the others together: who is in the other one comes into this one, and both of its own ends are over (RFC 3891, RFC 5589 §7).</summary>
    private void TakeOver(Call call, Party by, Referral referral, Replaced replaced)
    {
        // Its other call is with us: the tags are those of our end of it.
        var other = exchange.Agent.Find(replaced) is { } leg ? exchange.PartyOf(leg) : null;
        if (other is null || other.Call == call || !call.State.Allows(CallCommand.Transfer) || other.Name.Staff != by.Name.Staff)
        {
            referral.Refuse(481);
            return;
        }
        referral.Accept();
        other.Call.Post(source =>
        {
            var asked = source.Parties.FirstOrDefault(p => p != other && p.IsUp);
            if (asked is not null) source.Release(asked);
            call.Post(target =>
            {
                if (asked is null || asked.IsOver)
                {
                    referral.Report(480);
                    return;
                }
                if (asked.Name.Staff is { } staff) board.Moved(staff, source.Id, target.Id);
                target.Add(asked);
                target.Transferred(by, asked);
                referral.Report(200);
                _ = target.Run(() => LetGo(by));
            });
            source.End();
        });
    }

    // The telephone that gave the call away hangs up by itself, as a rule.
    private async Task LetGo(Party party)
    {
        await Task.WhenAny(party.WhenEnded, Task.Delay(Courtesy, clock)).ConfigureAwait(true);
        party.HangUp();
    }
}

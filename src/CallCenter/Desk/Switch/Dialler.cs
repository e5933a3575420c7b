using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Trunks;
using Courier.Kernel;
using Courier.Sip.Dialogs;
using Courier.Sip.Messages;

namespace Courier.CallCenter.Switch;

/// <summary>What came of ringing.</summary>
/// <param name="Party">who answered; null when nobody did</param>
/// <param name="End">how it ended when nobody did</param>
internal sealed record Rung(Party? Party, PartyEnd End)
{
    private static readonly PartyEnd Answer = new(PartyOutcome.HungUpThere, 200);

    public static Rung By(Party party) => new(party, Answer);

    public static Rung Nobody(PartyEnd end) => new(null, end);
}

/// <summary>Rings telephones for a call, in the call's mailbox: ours, all places of one at once, and those outside by the trunks that the rules name.</summary>
internal sealed class Dialler(Exchange exchange, PhoneBook phones, OutboundRules rules, TrunkBoard trunks, CallCenterOptions options, TimeProvider clock)
{
    private const string Elsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";

    /// <summary>Whoever has not even said "trying" by then is not there. A network's first sign comes within a second or two, whatever it has to find.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Rings one of our telephones. The first place that answers wins, the others are cancelled.</summary>
    /// <param name="call">for which call</param>
    /// <param name="user">which telephone</param>
    /// <param name="role">as what</param>
    /// <param name="limit">how long it rings</param>
    /// <param name="stop">gives up</param>
    /// <param name="ringing">told once it rings</param>
    public async Task<Rung> Ring(Call call, PhoneUser user, PartyRole role, TimeSpan limit, CancellationToken stop, Action? ringing = null)
    {
        var name = new PartyName(role, user.Text, phones.OwnerOf(user)?.Id, "");
        var rung = new List<Party>();
        foreach (var place in exchange.Find(user))
        {
            var party = NewParty(call, name);
            if (!party.TryOpen()) continue;
            call.Add(party);
            party.Dial(new Dialing
            {
                Target = place.Contact.Uri, Flow = place.Flow, From = Shown(call), To = new NameAddr(new SipUri("sip", user.Text, options.Sip.Domain)), RingLimit = limit, SilenceLimit = Silence,
                Headers = [new SipHeader("X-Call-Id", call.Id)],
            }, place.Flow.Remote.Address);
            rung.Add(party);
        }
        return rung.Count == 0 ? Rung.Nobody(new PartyEnd(PartyOutcome.Unreachable, 480)) : await First(rung, limit, stop, ringing).ConfigureAwait(true);
    }

    /// <summary>Rings somebody outside, by the first trunk that works.</summary>
    /// <param name="call">for which call</param>
    /// <param name="number">digits only</param>
    /// <param name="role">as what</param>
    /// <param name="by">the trunks in the order in which they are tried, from the rules</param>
    /// <param name="limit">how long it rings</param>
    /// <param name="stop">gives up</param>
    /// <param name="ringing">told once it rings</param>
    /// <param name="sounding">told once the network says or plays something before anybody answers</param>
    public async Task<Rung> RingOutside(
        Call call, string number, PartyRole role, IReadOnlyList<TrunkOptions> by, TimeSpan limit, CancellationToken stop, Action? ringing = null, Action<Party>? sounding = null)
    {
        var last = Rung.Nobody(new PartyEnd(PartyOutcome.Unreachable, 503));
        foreach (var trunk in by.Where(trunks.IsUp))
        {
            if (!trunks.TryTake(trunk)) continue;
            var party = NewParty(call, new PartyName(role, number, null, trunk.Name));
            if (!party.TryOpen())
            {
                trunks.Release(trunk);
                return last;
            }
            call.Add(party);
            if (call.Direction == CallDirection.Outbound) call.Trunk = trunk.Name;
            _ = party.WhenEnded.ContinueWith(_ => trunks.Release(trunk), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            party.Dial(new Dialing
            {
                Target = TrunkBoard.Target(trunk, number), From = new NameAddr(new SipUri("sip", NumberFor(trunk), trunk.HostName)), Credentials = trunks.CredentialsOf(trunk), RingLimit = limit, SilenceLimit = Silence,
            }, way: null);
            if (sounding is not null) _ = party.WhenSounding.ContinueWith(_ => sounding(party), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
            last = await First([party], limit, stop, ringing).ConfigureAwait(true);
            // What the called one says holds; what the trunk cannot do the next one may.
            if (last.Party is not null || stop.IsCancellationRequested || !last.End.IsOfTrunk) return last;
        }
        return last;
    }

    /// <summary>The trunks by which a number may be called.</summary>
    /// <exception cref="RuleBroken">calls.not_allowed, calls.too_many</exception>
    public IReadOnlyList<TrunkOptions> Route(string number, IReadOnlyCollection<string> roles) => rules.Route(number, roles);

    /// <summary>A new party of a call.</summary>
    public Party NewParty(Call call, PartyName name) => new(call, exchange, name, Ids.New(clock), clock.GetUtcNow());

    private string NumberFor(TrunkOptions trunk) => trunk.CallerNumber.Length > 0 ? trunk.CallerNumber : options.Hotlines.Count > 0 ? options.Hotlines[0].Number : "anonymous";

    private NameAddr Shown(Call call) => new(call.Facts.Hotline.Length > 0 ? $"{call.Facts.Caller} → {call.Facts.Hotline}" : null,
        new SipUri("sip", call.Facts.Caller.Length > 0 ? call.Facts.Caller : "anonymous", options.Sip.Domain), SipParameters.None);

    // Everything here goes on in the call's mailbox: of two that answer at once one is seen first.
    private async Task<Rung> First(List<Party> rung, TimeSpan limit, CancellationToken stop, Action? ringing)
    {
        // The leg has the limit too, but must wait for a telephone that says nothing at all before it may cancel (RFC 3261 §9.1).
        using var over = new CancellationTokenSource(limit, clock);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStop = stop.Register(() => stopped.TrySetResult()).ConfigureAwait(true);
        await using var onLimit = over.Token.Register(() => stopped.TrySetResult()).ConfigureAwait(true);
        if (ringing is not null) _ = Task.WhenAny(rung.Select(p => p.WhenRung)).ContinueWith(_ => ringing(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        var open = rung.ToList();
        while (open.Count > 0 && !stopped.Task.IsCompleted)
        {
            await Task.WhenAny([.. open.Select(p => p.WhenAnswered), stopped.Task]).ConfigureAwait(true);
            if (open.Find(p => p.WhenAnswered is { IsCompletedSuccessfully: true, Result: true }) is { } winner)
            {
                foreach (var loser in rung.Where(p => p != winner)) loser.HangUp(Elsewhere);
                return Rung.By(winner);
            }
            open.RemoveAll(p => p.WhenAnswered.IsCompleted);
        }
        foreach (var party in open) party.HangUp();
        if (open.Count > 0) return Rung.Nobody(new PartyEnd(stop.IsCancellationRequested ? PartyOutcome.CancelledHere : PartyOutcome.NoAnswer, 0));
        var ends = await Task.WhenAll(rung.Select(p => p.WhenEnded)).ConfigureAwait(true);
        return Rung.Nobody(ends.MinBy(e => e.Weight)!);
    }
}

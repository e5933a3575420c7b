using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Parcels;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Replies.Receiving;

/// <summary>
/// Has a parcel brought another way by the chat, each wish in one or two rounds: which parcel, which way, where or when. What was asked for
/// can be taken back by a word until the carrier has taken it.
/// </summary>
internal sealed class DirectionAnswers(
    Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, AddressParser parser, Divisions divisions, OpenQuestions questions, DirectionPlaces places, OrderAnswers orders)
{
    private const int Most = 5, LongestPlace = 60;

    private static readonly DirectionKind[] Ways = [.. Enum.GetValues<DirectionKind>().Where(DirectionRules.IsAnotherWay)];

    /// <summary>Begins with what was wished for.</summary>
    public async Task<Reply?> Begin(Ask ask, DirectionWish wish, CancellationToken ct)
    {
        var (waybill, rest) = Named(wish);
        if (waybill is { } named) return await About(ask, named, wish.Kind, rest, ofWarning: false, ct).ConfigureAwait(false);
        var mine = await Mine(ask, wish.Kind, ct).ConfigureAwait(false);
        if (mine.Count == 0 && wish.Kind is DirectionKind.Intercept && await orders.CancelInstead(ask, null, ct).ConfigureAwait(false) is { } cancel) return cancel;
        if (mine.Count == 0 && wish.Kind is DirectionKind.OtherAddress && await orders.ChangeInstead(ask, null, rest, ct).ConfigureAwait(false) is { } change) return change;
        if (mine.Count == 0) return wish.IsAboutAnyTime ? null : new Reply(DirectionTexts.NoneOnTheWay(wish.Kind));
        if (mine.Count == 1) return await About(ask, mine[0].Waybill, wish.Kind, rest, ofWarning: false, ct).ConfigureAwait(false);
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [.. mine.Select(p => p.Waybill.Text)], Kind = wish.Kind, Said = rest }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.WhichParcel(mine));
    }

    /// <summary>4, after a warning that a parcel will be late.</summary>
    public async Task<Reply> OfWarning(Ask ask, IReadOnlyList<WarnedParcel> parcels, CancellationToken ct)
    {
        if (parcels.Count == 1) return await About(ask, parcels[0].Waybill, null, "", ofWarning: true, ct).ConfigureAwait(false);
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [.. parcels.Select(p => p.Waybill.Text)], OfWarning = true }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.WhichWarned(parcels));
    }

    /// <summary>A number: which parcel, which way, where or when.</summary>
    public async Task<Reply?> Chosen(Ask ask, DirectionTalk talk, int number, CancellationToken ct)
    {
        if (talk.Waybills.Count > 1)
            return number > talk.Waybills.Count ? null : await About(ask, WaybillNumber.Parse(talk.Waybills[number - 1]), talk.Kind, talk.Said, talk.OfWarning, ct).ConfigureAwait(false);
        if (number > talk.Options.Count) return null;
        var (waybill, chosen) = (WaybillNumber.Parse(talk.Waybills[0]), talk.Options[number - 1]);
        return chosen.Detail is { } detail
            ? await Do(ask, waybill, talk.Kind!.Value, detail, ct, chosen.Place).ConfigureAwait(false)
            : await About(ask, waybill, chosen.Way, "", talk.OfWarning, ct).ConfigureAwait(false);
    }

    /// <summary>An address, or the name of a place of ours, after it was asked for; null when something else was, or no place is called so.</summary>
    public async Task<Reply?> Named(Ask ask, DirectionTalk talk, bool mayBePlace, CancellationToken ct)
    {
        if (talk is not { Waybills: [var waybill], Kind: { } kind, Wish: null }) return null;
        if (kind is DirectionKind.OtherAddress) return await Take(ask, WaybillNumber.Parse(waybill), kind, ask.Text!, ct).ConfigureAwait(false);
        return mayBePlace && kind is DirectionKind.Locker or DirectionKind.Station
            && await places.Named(WaybillNumber.Parse(waybill), kind, ask.Words, ct).ConfigureAwait(false) is { Count: > 0 } found
            ? await Among(ask, WaybillNumber.Parse(waybill), kind, found, ct).ConfigureAwait(false) : null;
    }

    /// <summary>A neighbour or a place, after it was asked for; null when something else was.</summary>
    public async Task<Reply?> Said(Ask ask, DirectionTalk talk, CancellationToken ct) =>
        talk is { Waybills: [var waybill], Kind: DirectionKind.Locker or DirectionKind.Station or DirectionKind.Neighbour }
            ? await Take(ask, WaybillNumber.Parse(waybill), talk.Kind.Value, ask.Text!, ct).ConfigureAwait(false) : null;

    /// <summary>是.</summary>
    public Task<Reply> Confirmed(Ask ask, DirectionTalk talk, CancellationToken ct) => Do(ask, WaybillNumber.Parse(talk.Waybills[0]), talk.Kind!.Value, talk.Wish!, ct);

    /// <summary>不.</summary>
    public async Task<Reply> Declined(Ask ask, CancellationToken ct)
    {
        await questions.Answered(ask, Topic.Delivery, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.StaysAsItIs);
    }

    /// <summary>返回: a step back, to the ways or to the choices of the warning.</summary>
    public async Task<Reply> Back(Ask ask, DirectionTalk talk, CancellationToken ct)
    {
        if (talk is { Kind: not null, Waybills: [var waybill] }) return await About(ask, WaybillNumber.Parse(waybill), null, "", talk.OfWarning, ct).ConfigureAwait(false);
        await questions.Answered(ask, Topic.Delivery, ct).ConfigureAwait(false);
        return new Reply(talk.OfWarning ? AnswerWarning.ChoicesFor(mayRedirect: true) : DirectionTexts.StaysAsItIs);
    }

    /// <summary>撤回: takes the latest wish back, or that for the parcel that is named; null when nothing was asked for.</summary>
    public async Task<Reply?> Undo(Ask ask, string rest, CancellationToken ct)
    {
        var waiting = await DirectParcel.Waiting(db, ask.Customer, ct).ConfigureAwait(false);
        var named = ReadWaybills.In(rest, options).Candidates.Select(c => (WaybillNumber?)c.Number).FirstOrDefault();
        if (named is null && rest.Length > 0) return null; // 撤销 1 is about an order
        if (named is null && waiting.Count == 0) return ask.Words.StartsWith('撤') ? new Reply(DirectionTexts.NothingToUndo) : null;
        try
        {
            return await DirectParcel.Undo(db, keys, clock, ask.Customer, named ?? waiting[0].Waybill, ct).ConfigureAwait(false) is { } undone
                ? new Reply(DirectionTexts.Undone((named ?? waiting[0].Waybill).Text, undone.Kind))
                : new Reply(DirectionTexts.NothingToUndo);
        }
        catch (RuleBroken taken)
        {
            return new Reply(SendingTexts.Refused(taken.Message));
        }
    }

    /// <summary>更正电话 13800000000: of the parcel whose parties were shown last.</summary>
    public async Task<Reply> Correct(Ask ask, string field, string value, CancellationToken ct)
    {
        var waybill = (await questions.Find<DirectionTalk>(ask, Topic.Delivery, ct).ConfigureAwait(false)) is { Kind: DirectionKind.Correct, Waybills: [var open] } ? WaybillNumber.Parse(open)
            : (await ShowParties.Execute(db, keys, ask.Customer, null, ct).ConfigureAwait(false))?.Waybill;
        if (waybill is not { } shown) return new Reply(DirectionTexts.NoneOnTheWay(DirectionKind.Correct));
        if (await DirectParcel.Refusal(db, options, ask.Customer, shown, DirectionKind.Correct, ct).ConfigureAwait(false) is { } why) return new Reply(DirectionTexts.NotAllowed(shown.Text, why));
        var recipient = field switch { "name" => new PartyReport { Name = value }, "phone" => new PartyReport { Phone = value }, "detail" => new PartyReport { Detail = value }, _ => null };
        if (recipient is null || value.Length == 0 || PartyCorrection.Wrong(recipient) is not null)
        {
            await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [shown.Text], Kind = DirectionKind.Correct }, ct).ConfigureAwait(false);
            return new Reply(recipient is null || value.Length == 0 ? DirectionTexts.WhatToCorrect(shown.Text) : DirectionTexts.WrongCorrection(field));
        }
        return await Confirm(ask, shown, DirectionKind.Correct, new DirectionDetail { Recipient = recipient }, ct).ConfigureAwait(false);
    }

    private async Task<Reply> About(Ask ask, WaybillNumber waybill, DirectionKind? kind, string rest, bool ofWarning, CancellationToken ct)
    {
        var shown = await DirectParcel.Show(db, keys, options, ask.Customer, waybill, ct).ConfigureAwait(false);
        if (kind is { } wished && shown?.Possible.Contains(wished) != true) return await Refused(ask, waybill, wished, rest, ct).ConfigureAwait(false);
        if (shown is not { } directions) return new Reply(DirectionTexts.NotYours);
        var possible = directions.Possible.Where(Ways.Contains).ToList();
        if (kind is null && possible.Count == 0) return new Reply(DirectionTexts.NoWay(waybill.Text));
        if (kind is { } named && rest.Length > 0) return await Take(ask, waybill, named, rest, ct).ConfigureAwait(false);
        if (kind is DirectionKind.Hold or DirectionKind.Intercept) return await Confirm(ask, waybill, kind.Value, new DirectionDetail(), ct, ofWarning).ConfigureAwait(false);
        var offered = kind switch
        {
            null => [.. possible.Select(w => new DirectionOption(DirectionTexts.Way(w), w, null))],
            DirectionKind.OtherTime => places.Times(),
            DirectionKind.Locker => await places.Lockers(waybill, ct).ConfigureAwait(false),
            DirectionKind.Station => await places.Stations(waybill, ct).ConfigureAwait(false),
            _ => (IReadOnlyList<DirectionOption>)[],
        };
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [waybill.Text], Kind = kind, Options = offered, OfWarning = ofWarning }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.Offer(waybill.Text, kind, offered, directions.Asked is { State: DirectionState.Asked } asked ? asked.Kind : null));
    }

    // Whose order it is may have it called off or changed while nobody has collected it.
    private async Task<Reply> Refused(Ask ask, WaybillNumber waybill, DirectionKind kind, string rest, CancellationToken ct)
    {
        if (kind is DirectionKind.OtherAddress && await orders.ChangeInstead(ask, waybill.Text, rest, ct).ConfigureAwait(false) is { } change) return change;
        if (kind is DirectionKind.Intercept && await orders.CancelInstead(ask, waybill.Text, ct).ConfigureAwait(false) is { } cancel) return cancel;
        return await DirectParcel.Refusal(db, options, ask.Customer, waybill, kind, ct).ConfigureAwait(false) is { } reason
            ? new Reply(DirectionTexts.NotAllowed(waybill.Text, reason)) : new Reply(DirectionTexts.NotYours);
    }

    // What was said in words: addresses and neighbours are shown once more, lockers and stations are ones of ours.
    private async Task<Reply> Take(Ask ask, WaybillNumber waybill, DirectionKind kind, string words, CancellationToken ct)
    {
        if (kind is DirectionKind.OtherAddress) return await ToAddress(ask, waybill, parser.Parse(words), ct).ConfigureAwait(false);
        if (kind is DirectionKind.OtherTime && TimeWords.Read(words, clock.GetUtcNow()) is var (from, until))
            return await Do(ask, waybill, kind, new DirectionDetail { From = from, Until = until }, ct).ConfigureAwait(false);
        if (kind is not (DirectionKind.Locker or DirectionKind.Station or DirectionKind.Neighbour)) return await About(ask, waybill, kind, "", ofWarning: false, ct).ConfigureAwait(false);
        var place = words.Trim() is { Length: > LongestPlace } longer ? longer[..LongestPlace] : words.Trim();
        if (kind is DirectionKind.Neighbour) return await Confirm(ask, waybill, kind, new DirectionDetail { Place = place }, ct).ConfigureAwait(false);
        if (await places.Named(waybill, kind, place, ct).ConfigureAwait(false) is { Count: > 0 } found) return await Among(ask, waybill, kind, found, ct).ConfigureAwait(false);
        var near = kind is DirectionKind.Locker ? await places.Lockers(waybill, ct).ConfigureAwait(false) : await places.Stations(waybill, ct).ConfigureAwait(false);
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [waybill.Text], Kind = kind, Options = near }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.NoSuchPlace(place, kind, near));
    }

    // The place that was named, or a question which of them is meant.
    private async Task<Reply> Among(Ask ask, WaybillNumber waybill, DirectionKind kind, IReadOnlyList<DirectionOption> found, CancellationToken ct)
    {
        if (found is [{ Detail: { } detail } one]) return await Do(ask, waybill, kind, detail, ct, one.Place).ConfigureAwait(false);
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [waybill.Text], Kind = kind, Options = found }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.WhichPlace(waybill.Text, found));
    }

    private async Task<Reply> ToAddress(Ask ask, WaybillNumber waybill, ParsedAddress read, CancellationToken ct)
    {
        if (read.IsComplete && read.Phone is { } phone && read.Name.Length > 0 && read.City.Length > 0 && read.Detail.Length > 0)
            return await Confirm(ask, waybill, DirectionKind.OtherAddress, new DirectionDetail
            {
                Recipient = new PartyReport { Name = read.Name, Phone = phone.Number, Extension = phone.Extension, Province = read.Province, City = read.City, District = read.District, Detail = read.Detail },
            }, ct).ConfigureAwait(false);
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [waybill.Text], Kind = DirectionKind.OtherAddress }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.AddressIncomplete(read));
    }

    private async Task<Reply> Confirm(Ask ask, WaybillNumber waybill, DirectionKind kind, DirectionDetail wish, CancellationToken ct, bool ofWarning = false)
    {
        await questions.Keep(ask, Topic.Delivery, new DirectionTalk { Waybills = [waybill.Text], Kind = kind, Wish = wish, OfWarning = ofWarning }, ct).ConfigureAwait(false);
        return new Reply(DirectionTexts.Really(waybill.Text, kind, wish));
    }

    private async Task<Reply> Do(Ask ask, WaybillNumber waybill, DirectionKind kind, DirectionDetail detail, CancellationToken ct, string? place = null)
    {
        try
        {
            var asked = await DirectParcel.Ask(db, keys, clock, options, divisions, ask.Customer, waybill, kind, detail, ct).ConfigureAwait(false);
            await questions.Answered(ask, Topic.Delivery, ct).ConfigureAwait(false);
            return new Reply(asked is null ? DirectionTexts.NotYours : DirectionTexts.Done(waybill.Text, kind, detail, place ?? detail.Place, clock.GetUtcNow()));
        }
        catch (RuleBroken refused)
        {
            return new Reply(SendingTexts.Refused(refused.Message));
        }
        catch (WrongDirection wrong)
        {
            return new Reply(SendingTexts.Refused(wrong.Message));
        }
    }

    // Open parcels of the side whose matter it is. For which of them it is too late, each tells by itself.
    private async Task<IReadOnlyList<MyParcel>> Mine(Ask ask, DirectionKind? kind, CancellationToken ct)
    {
        var role = kind is DirectionKind.Intercept ? PartyRole.Sender : PartyRole.Recipient;
        var open = await MyParcels.Execute(db, keys, ask.Customer, role, ParcelState.Open, cursor: null, Most, ct).ConfigureAwait(false);
        var possible = open.Parcels.Where(p => (kind is { } k ? [k] : Ways).Any(w => DirectionRules.Allows(w, role, p.Status, fixedWay: false))).ToList();
        return possible.Count > 0 ? possible : [.. open.Parcels.Take(1)];
    }

    // Numbers of ours are known by themselves; others only where nothing else is said, for an address has numbers too.
    private (WaybillNumber? Waybill, string Words) Named(DirectionWish wish)
    {
        if (wish.Rest.Length == 0) return (null, "");
        var candidates = ReadWaybills.In(wish.Rest, options).Candidates;
        var named = candidates.FirstOrDefault(c => c.Own) ?? (wish.Rest.All(char.IsAscii) ? candidates.FirstOrDefault() : null);
        return named is null ? (null, wish.Rest) : (named.Number, wish.Rest.Replace(named.Number.Text, "", StringComparison.OrdinalIgnoreCase).Trim(' ', ',', ':'));
    }
}

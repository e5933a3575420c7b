using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies;

/// <summary>Tells where parcels are and which incidents concern them, follows those that may be seen, and keeps in mind for which ones four digits are needed.</summary>
internal sealed class ParcelAnswers(Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, ParcelOutlook outlook, TailQuestions questions, IncidentBoard board, Divisions divisions)
{
    /// <summary>The text for these numbers.</summary>
    public async Task<string> Of(Ask ask, IReadOnlyList<WaybillNumber> waybills, string? tail, CancellationToken ct) =>
        (await Look(ask, waybills, tail, ct).ConfigureAwait(false)).Text;

    /// <summary>The text for these numbers, and whether any of them may be seen.</summary>
    public async Task<(string Text, bool AnySeen)> Look(Ask ask, IReadOnlyList<WaybillNumber> waybills, string? tail, CancellationToken ct, int leftOut = 0)
    {
        var request = new TrackRequest(waybills, ask.Customer, tail, ask.Inbound.OpenId, Follow: true) { TellsRole = false };
        var parcels = await outlook.Of(await TrackParcels.Execute(db, keys, clock, options, request, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        parcels = await AnswerWarning.Offer(db, clock, options, ask.Customer, parcels, ct).ConfigureAwait(false);
        var (found, hidden) = Parted(parcels);
        if (hidden.Count > 0) await questions.Keep(ask.Account.AppId, ask.OpenId, hidden, ct).ConfigureAwait(false);
        else if (tail is not null) await questions.Close(ask.Account.AppId, ask.OpenId, ct).ConfigureAwait(false);
        var incidents = await ParcelIncidents.OfWaybills(db, board, divisions, found, ct).ConfigureAwait(false);
        // While the warning of another parcel waits for 1, 2 or 3, a word is offered in the place of the number.
        var oneIsTaken = parcels is [TrackedParcel.Found { Choices.Count: 0, MayBeWarned: true }] && (await AnswerWarning.Open(db, clock, ask.Customer, ct).ConfigureAwait(false)).Count > 0;
        var text = IncidentText.Above(incidents.Count == 0 ? [] : ParcelIncidents.Worst(incidents.Values), TrackingText.Of(parcels, clock, leftOut, oneIsTaken));
        return (text, parcels.Any(p => p is not TrackedParcel.Unknown));
    }

    // A mistyped number will not be found with any digits: it is none of both.
    private static (List<WaybillNumber> Found, List<WaybillNumber> Hidden) Parted(IReadOnlyList<TrackedParcel> parcels)
    {
        List<WaybillNumber> found = new(parcels.Count), hidden = [];
        foreach (var parcel in parcels)
        {
            if (parcel is TrackedParcel.Found) found.Add(parcel.Waybill);
            else if (parcel is TrackedParcel.Unknown { LooksLike.CheckDigitWrong: false }) hidden.Add(parcel.Waybill);
        }
        return (found, hidden);
    }
}

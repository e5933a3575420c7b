using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies;

/// <summary>The number of a parcel of ours and nothing else: no reading is surer, and most messages are this. A row of the keyword table that is such a number is never asked.</summary>
internal sealed class WaybillAlone(ParcelAnswers parcels, ParcelsOptions options) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct) =>
        ask.Text is { } text && ReadWaybills.OnlyOurs(text, options) is { } waybill ? new Reply(await parcels.Of(ask, [waybill], null, ct).ConfigureAwait(false)) : null;
}

using Courier.Kernel.Data;
using Courier.Services.Parcels;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Commands;

/// <summary>回复1: shows sender and recipient, masked, of the latest parcel or of the one named.</summary>
internal sealed class CheckParties(Db db, DataKeys keys, ParcelsOptions options) : IChatCommand
{
    public const string CommandName = "check_parties";

    public string Name => CommandName;

    public bool Takes(string rest) => rest.Length == 0 || ReadWaybills.In(rest, options).Candidates.Count > 0;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct)
    {
        var waybill = rest.Length == 0 ? null : ReadWaybills.In(rest, options).Candidates.Select(c => (WaybillNumber?)c.Number).FirstOrDefault();
        var parties = await ShowParties.Execute(db, keys, ask.Customer, waybill, ct).ConfigureAwait(false);
        return parties is null ? Texts.NoParties : Texts.Parties(parties);
    }
}

using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Commands;

/// <summary>我的快递: the parcels that are mine or that I follow, the open ones of the last time first.</summary>
internal sealed class ListMyParcels(Db db, DataKeys keys, TimeProvider clock, ParcelOutlook outlook) : IChatCommand
{
    public const string CommandName = "my_parcels";
    private const int Most = 8;

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct)
    {
        var page = await outlook.Of(await MyParcels.Execute(db, keys, ask.Customer, role: null, state: null, cursor: null, Most, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        if (page.Parcels.Count > 0) return Texts.MyParcels(page, clock.GetUtcNow());
        return (await VerifiedPhones.Of(db, ask.Customer, ct).ConfigureAwait(false)).Count > 0 ? Texts.NoParcelsOfMyPhone : Texts.NoParcels;
    }
}

using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Network;
using Courier.Services.Orders;
using Courier.WechatGateway.Replies;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Commands;

/// <summary>寄件: the three ways, when a courier could come to the usual address, and the way to the form.</summary>
internal sealed class SendParcel(Db db, Prices prices, OutletBook book, Divisions divisions, OrdersOptions orders, AppLinks links, TimeProvider clock) : IChatCommand
{
    public const string CommandName = "send";

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await prices.Home(ask.Customer, ct).ConfigureAwait(false) is not { Contact.Address: var a } || divisions.Locate(a.Province, a.City, a.District) is not { } place)
            return SendingTexts.Ways(null, null, null, links, now);
        var area = await ServiceArea.Of(db, book, divisions, a.Province, a.City, a.District, a.Street, a.Detail, ct).ConfigureAwait(false);
        var slots = await ListSlots.Execute(db, clock, orders, place, ChinaTime.Day(now), ct).ConfigureAwait(false);
        return SendingTexts.Ways(a.City == a.District ? a.City : a.City + a.District, slots.Next, area, links, now);
    }
}

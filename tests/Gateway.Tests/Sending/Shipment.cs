using Courier.Kernel.Data;
using Courier.Kernel;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

/// <summary>A parcel of the demo carrier, and what the carrier reports of it.</summary>
internal sealed class Shipment
{
    private static int _number;

    private readonly CourierApp _app;

    private Shipment(CourierApp app, string waybill) => (_app, Waybill) = (app, waybill);

    public string Waybill { get; }

    /// <summary>A parcel that was picked up, for somebody whose phone ends in 6789.</summary>
    public static async Task<Shipment> PickedUp(CourierApp app)
    {
        var digits = $"7100{Interlocked.Increment(ref _number):00000000}";
        var shipment = new Shipment(app, "CY" + digits + CheckDigits.Luhn(digits));
        (await RegisterWaybills.Execute(app.Get<Db>(), app.Get<DataKeys>(), app.Clock, "demo",
            [new WaybillReport { Waybill = shipment.Waybill, Sender = Party("13812340001"), Recipient = Party("13912346789") }], default)).Rejected.ShouldBeEmpty();
        await shipment.Reports("picked_up");
        return shipment;
    }

    /// <summary>Somebody asks for it in the chat with the tail, and follows it from then on.</summary>
    public async Task IsFollowedBy(Person person)
    {
        await person.Says(Waybill + " 6789");
        await _app.Settle();
        (await _app.Get<Db>().First<long>("select count(*) from parcels_followers where customer_id = @customer", new { customer = await person.Customer() })).ShouldBePositive();
    }

    /// <summary>The carrier reports, and what follows from it is done.</summary>
    public async Task Reports(string code, string text = "快件状态更新")
    {
        await Report(code, text);
        await _app.Settle();
    }

    /// <summary>The carrier reports ten seconds later.</summary>
    public async Task Report(string code, string text = "快件状态更新")
    {
        _app.Clock.Advance(TimeSpan.FromSeconds(10));
        var route = new RouteReport
        {
            Id = $"s{Interlocked.Increment(ref _number)}", Waybill = Waybill, Code = code, Time = _app.Clock.GetUtcNow().ToString("O"), City = "杭州市", Place = "杭州近江营业点", Text = text,
        };
        (await RecordRoutes.Execute(_app.Get<Db>(), _app.Clock, "demo", [route], default)).Rejected.ShouldBeEmpty();
    }

    private static PartyReport Party(string phone) =>
        new() { Name = "王大力", Phone = phone, Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" };
}

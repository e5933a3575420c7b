using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.Services.Tests.Parcels;

/// <summary>The product on one database, and what the parcel and customer suites do with it. Numbers are never used twice.</summary>
public abstract class ParcelsApp : IAsyncLifetime
{
    private CourierApp? _app;
    private int _last;

    public CourierApp App => _app!;
    public Db Db => App.Get<Db>();
    public DataKeys Keys => App.Get<DataKeys>();
    public FakeClock Clock => App.Clock;
    public ParcelsOptions Options => App.Get<ParcelsOptions>();

    protected abstract Task<string?> MariaDbConnection();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { MariaDb = await MariaDbConnection() });

    public async Task DisposeAsync() => await App.DisposeAsync();

    public WaybillNumber NewNumber() => Numbers.Own(900_000_000 + Interlocked.Increment(ref _last));

    public string NewPhone() => $"139{Interlocked.Increment(ref _last):d4}{1000 + _last % 9000:d4}";

    public async Task<CustomerId> ACustomer(string? phone = null)
    {
        var who = new WechatIdentity("wx-suite", OpenId.Parse($"o-{Interlocked.Increment(ref _last)}"), null);
        var customer = await RecogniseCustomer.Execute(Db, Clock, who, default);
        if (phone is not null) await BindPhone.Execute(Db, Keys, Clock, customer, Phone.Parse(phone), PhoneSource.Sms, default);
        return customer;
    }

    public async Task<WaybillNumber> AParcel(string sender = "13700001111", string recipient = "13800002222", string core = "core")
    {
        var number = NewNumber();
        var result = await RegisterWaybills.Execute(Db, Keys, Clock, core, [Reports.Waybill(number.Text, sender, recipient)], default);
        result.ShouldBe(new BatchResult(1, 0, result.Rejected));
        result.Rejected.ShouldBeEmpty();
        return number;
    }

    public Task<BatchResult> Report(params RouteReport[] events) => RecordRoutes.Execute(Db, Clock, "core", events, default);

    /// <param name="minutes">Minutes of the parcel's life, which began twenty hours ago.</param>
    public RouteReport Event(WaybillNumber waybill, string code, int minutes, string? text = null, string? id = null) => new()
    {
        Id = id ?? $"e-{Interlocked.Increment(ref _last)}", Waybill = waybill.Text, Code = code, City = "杭州市", Place = "西湖一部", Text = text ?? "快件已扫描",
        Time = Clock.GetUtcNow().AddHours(-20).AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz"),
    };

    public async Task<TrackedParcel> Track(WaybillNumber waybill, string? tail = null, CustomerId? customer = null, bool follow = false) =>
        (await TrackParcels.Execute(Db, Keys, Clock, Options, new TrackRequest([waybill], customer, tail, "test", follow), default)).ShouldHaveSingleItem();

    public async Task<TrackedParcel.Found> Found(WaybillNumber waybill, string tail = "2222") => (await Track(waybill, tail)).ShouldBeOfType<TrackedParcel.Found>();

    public async Task<IReadOnlyList<(string Change, long Version)>> Changes(WaybillNumber waybill) =>
        [.. (await Db.Query<string>("select body from outbox_messages where name = 'parcel.status_changed.v1' and body like @like order by version", new { like = $"%{waybill}%" }))
            .Select(b => System.Text.Json.JsonSerializer.Deserialize<ParcelStatusChanged>(b, KernelJson.Options)!)
            .Select(e => ($"{e.From}→{e.To}", e.Version))];
}

public sealed class OnSqlite : ParcelsApp
{
    protected override Task<string?> MariaDbConnection() => Task.FromResult<string?>(null);
}

public sealed class OnMariaDb : ParcelsApp
{
    protected override async Task<string?> MariaDbConnection() => await MariaDb.NewDatabase();
}

internal static class Numbers
{
    /// <summary>Our own number with this serial, check digit included.</summary>
    public static WaybillNumber Own(long serial)
    {
        var digits = serial.ToString("d12");
        return WaybillNumber.Parse("CY" + digits + CheckDigits.Luhn(digits));
    }
}

internal static class Reports
{
    public static WaybillReport Waybill(string number, string sender = "13700001111", string recipient = "13800002222") => new()
    {
        Waybill = number, Product = "standard", WeightGrams = 1200, PromisedBy = "2026-11-24T18:00:00+08:00",
        Sender = new() { Name = "王小明", Phone = sender, Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" },
        Recipient = new() { Name = "李雷", Phone = recipient, Province = "上海市", City = "上海市", District = "浦东新区", Detail = "世纪大道 2 号" },
    };
}

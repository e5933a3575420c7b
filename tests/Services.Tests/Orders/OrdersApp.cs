using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Network;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Courier.Testing;

namespace Courier.Services.Tests.Orders;

/// <summary>The product on one database, and what the order suites do with it.</summary>
public abstract class OrdersApp(CourierApp? app = null) : IAsyncLifetime
{
    private CourierApp? _app = app;
    private int _last;

    public CourierApp App => _app!;
    public Db Db => App.Get<Db>();
    public DataKeys Keys => App.Get<DataKeys>();
    public FakeClock Clock => App.Clock;
    public OrdersOptions Options => App.Get<OrdersOptions>();
    public PlaceOrder Orders => App.Get<PlaceOrder>();

    protected abstract Task<string?> MariaDbConnection();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new()
    {
        MariaDb = await MariaDbConnection(),
        Settings = new Dictionary<string, string> { ["Orders:Slots:Capacity"] = "2", ["Orders:Slots:Capacities:3301"] = "100000", ["Orders:Slots:Capacities:11"] = "100000", ["Orders:Slots:Capacities:440305"] = "1" },
    });

    public async Task DisposeAsync() => await App.DisposeAsync();

    public string Next() => $"n{Interlocked.Increment(ref _last)}";

    public string NewPhone() => $"135{Interlocked.Increment(ref _last):d4}{3000 + _last % 6000:d4}";

    public async Task<CustomerId> ACustomer(string? phone = null)
    {
        var customer = await RecogniseCustomer.Execute(Db, Clock, new WechatIdentity("wx-orders", OpenId.Parse($"o-{Next()}"), null), default);
        if (phone is not null) await BindPhone.Execute(Db, Keys, Clock, customer, Phone.Parse(phone), PhoneSource.Sms, default);
        return customer;
    }

    /// <summary>Keeps a quote, as an earlier request of the customer did.</summary>
    public async Task<string> AQuote(ContactWish from, ContactWish to, string pickup = "door", long grams = 1200, int minutes = 30, long fen = 1500)
    {
        var id = Ids.New(Clock);
        var request = new
        {
            from = new { from.Province, from.City, from.District }, to = new { to.Province, to.City, to.District },
            goods = new { kind = "clothing", weightGrams = grams }, pickup, at = Clock.GetUtcNow(),
        };
        object[] options =
        [
            new
            {
                product = "standard", name = "标准快递", totalFen = fen, listFen = fen + 200, chargeableGrams = 2000, volumetricGrams = 0, promisedBy = Clock.GetUtcNow().AddDays(2),
                cheaper = Array.Empty<object>(),
                lines = new object[] { new { code = "first", name = "首重", fen = fen + 200, explanation = "首重 1 公斤" }, new { code = "member", name = "会员", fen = -200, explanation = "会员优惠" } },
            },
        ];
        await Db.Execute("insert into rates_quotes (id, card_id, request, options, created_at, valid_until) values (@id, @card, @request, @options, @now, @until)",
            new { id, card = (await App.Get<RateBook>().Current(default)).Id, request = JsonSerializer.Serialize(request, KernelJson.Options), options = JsonSerializer.Serialize(options, KernelJson.Options),
                now = Clock.GetUtcNow(), until = Clock.GetUtcNow().AddMinutes(minutes) });
        return id;
    }

    /// <summary>A quote by the card in force, as a customer gets it.</summary>
    public async Task<StoredQuote> ARealQuote(ContactWish from, ContactWish to, PickupWay pickup = PickupWay.Door, long grams = 1200) =>
        (await MakeQuote.Execute(Db, App.Get<RateBook>(), App.Get<LaneStatistics>(), Clock, App.Get<RatesOptions>(), new QuoteRequest
        {
            From = new QuotePlace(from.Province!, from.City!, from.District!), To = new QuotePlace(to.Province!, to.City!, to.District!), Goods = new QuoteGoods("clothing", grams),
            Pickup = pickup, At = Clock.GetUtcNow(),
        }, default)).Quote;

    public static ContactWish Someone(string name, string phone, string place = "浙江省,杭州市,西湖区") =>
        new() { Name = name, Phone = phone, Province = place.Split(',')[0], City = place.Split(',')[1], District = place.Split(',')[2], Detail = "文三路 1 号" };

    /// <summary>A wish to be collected at the door, with a quote of its own.</summary>
    public async Task<OrderWish> AWish(string place = "浙江省,杭州市,西湖区", string sender = "13700001111", string recipient = "13800002222", string name = "李小雷", DateTimeOffset? slot = null)
    {
        var (from, to) = (Someone("王小明", sender, place), Someone(name, recipient, "上海市,上海市,浦东新区"));
        return new OrderWish
        {
            Kind = OrderKind.Door, Sender = from, Slot = slot ?? Slot(13),
            Shipments = [new ShipmentWish { Recipient = to, Goods = new GoodsWish { Kind = "clothing", Name = "毛衣", WeightGrams = 1200 }, QuoteId = await AQuote(from, to), Product = "standard" }],
        };
    }

    /// <summary>A locker with cells of each size.</summary>
    public Task<LockerCode> ALocker(int small = 2, int medium = 1, int large = 1)
    {
        var code = LockerCode.Parse($"T{Next().ToUpperInvariant()}");
        var locker = new NewLocker(code, $"测试柜{code}", "330106", "文三路 3 号", 30.27, 120.15, DailyHours.Parse("00:00-24:00"), "", "", 24, small, medium, large);
        return Db.InTransaction(async tx =>
        {
            await RegisterLockers.Execute(tx, Clock, [locker], default);
            return code;
        });
    }

    /// <summary>A wish to put a parcel into a locker.</summary>
    public async Task<OrderWish> ALockerWish(LockerCode locker, string size = "S")
    {
        var wish = await AWish();
        var parcel = wish.Shipments![0]!;
        return wish with
        {
            Kind = OrderKind.Locker, Slot = null, LockerCode = locker.Text, CellSize = size, Shipments = [parcel with { QuoteId = await AQuote(wish.Sender!, parcel.Recipient!, "locker") }],
        };
    }

    /// <summary>How many cells of a locker are kept for somebody.</summary>
    public Task<long> Kept(LockerCode locker) => Db.First<long>("select count(*) from network_cells where locker_code = @locker and state = 'reserved'", new { locker });

    /// <summary>How many small cells a locker shows as free.</summary>
    public Task<long> Free(LockerCode locker) => Db.First<long>("select free_small from network_lockers where code = @locker", new { locker });

    /// <summary>An outlet that takes parcels in.</summary>
    public Task AnOutlet(string code) => Db.InTransaction(tx => tx.InsertRows("network_outlets",
        ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "services", "max_weight_g"],
        [[code, "文三路网点", "330106", "文三路 2 号", 30.27, 120.15, "08:00-20:00", "", "send|pickup", 30_000]], ifAbsent: true));

    /// <summary>The district that an outlet serves, and no other; null for none.</summary>
    public async Task Covers(string outlet, string? district)
    {
        await Db.InTransaction(async tx =>
        {
            await tx.Execute("delete from network_coverage where outlet_code = @outlet", new { outlet });
            if (district is not null) await tx.InsertRows("network_coverage", ["outlet_code", "division_code", "place", "kind"], [[outlet, district, "", "serves"]]);
            await tx.Execute("update network_versions set version = version + 1 where name = 'outlets'");
        });
        Clock.Advance(TimeSpan.FromSeconds(6)); // by then every process has looked
    }

    /// <summary>A slot's begin, today or some days later, China time.</summary>
    public DateTimeOffset Slot(int hour, int days = 0) => new(Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date.AddDays(days).AddHours(hour), TimeSpan.FromHours(8));

    public async Task<string> AnOrder(CustomerId customer, OrderWish? wish = null) =>
        (await Orders.Execute(customer, Next(), wish ?? await AWish(), default)).ShouldBeOfType<Placing.Placed>().OrderId;

    public async Task<ShownOrder> Show(CustomerId customer, string id) => (await ShowOrder.Execute(Db, Keys, customer, id, default)).ShouldNotBeNull();

    public async Task<long> Taken(string area, DateTimeOffset slot) =>
        await Db.First<long?>("select taken from orders_slots where area = @area and starts_at = @slot", new { area, slot }) ?? 0;

    public async Task<IReadOnlyList<string>> Told(string orderId, string name) =>
        await Db.Query<string>("select body from outbox_messages where name = @name and aggregate = @aggregate order by version", new { name, aggregate = "order:" + orderId });
}

public sealed class OrdersOnSqlite : OrdersApp
{
    protected override Task<string?> MariaDbConnection() => Task.FromResult<string?>(null);
}

public sealed class OrdersOnMariaDb : OrdersApp
{
    protected override async Task<string?> MariaDbConnection() => await MariaDb.NewDatabase();
}

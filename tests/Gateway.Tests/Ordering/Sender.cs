using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Orders;
using Courier.Services.Rates;
using Courier.Testing;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>The product with its demo network, for people who send.</summary>
public sealed class SendingGateway : IAsyncLifetime
{
    public CourierApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await CourierApp.Start(new() { Demo = true });

    public async Task DisposeAsync() => await App.DisposeAsync();
}

/// <summary>Somebody who sends parcels by the chat, and what they did on the pages.</summary>
internal sealed class Sender(CourierApp app)
{
    private static int _number;

    private static readonly ContactAddress Home = new("王小明", Phone.Parse("13700001111"), null, new PostalAddress("广东省", "深圳市", "南山区", "粤海街道", "粤海街道科苑路8号"));

    private CustomerId? _customer;

    public Pushes Chat { get; } = Pushes.ToOfficial(app);

    public async Task<string> Say(string text)
    {
        var answer = await Chat.Say(text);
        System.Text.Encoding.UTF8.GetByteCount(answer).ShouldBeLessThanOrEqualTo(2048);
        return answer;
    }

    public async Task<CustomerId> Customer() =>
        _customer ??= await RecogniseCustomer.Execute(app.Get<Db>(), app.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(Chat.OpenId), null), default);

    public async Task LivesInShenzhen() =>
        await KeepAddress.Execute(app.Get<Db>(), app.Get<DataKeys>(), app.Clock, await Customer(), Home, "家", defaultSend: true, defaultReceive: false, default);

    /// <summary>Has spent so much that a rule makes a member of this tier of them; the card gives tiers a discount by their codes.</summary>
    public async Task IsOfTier(string code)
    {
        var (db, now) = (app.Get<Db>(), app.Clock.GetUtcNow());
        var rule = System.Text.Json.JsonDocument.Parse("""{"fact":"spend_12m_fen","op":">=","value":1000000}""").RootElement;
        var version = await db.First<long?>("select version from customers_segments where code = @code", new { code }) ?? 0; // the demo has some
        await SaveSegment.Execute(db, app.Clock, new SegmentDraft(code, SegmentKind.Tier, "会员", 50, true, rule), version, Courier.Services.Staff.StaffId.Parse(new string('c', 32)), "test", default);
        var me = await Customer();
        await db.InTransaction(tx => CustomerFacts.Add(tx, app.Clock, me, CustomerMeasure.Spent, now, 1_000_000, default));
        await app.RunJob("customers.judge");
    }

    public async Task<AddressPage> Book() => await AddressBook.List(app.Get<Db>(), app.Get<DataKeys>(), await Customer(), "", null, 50, default);

    /// <summary>Orders a pickup for tomorrow at a quoted price.</summary>
    public async Task<ShownOrder> Orders(int hour = 13, OrderKind kind = OrderKind.Door, string recipient = "李小雷")
    {
        var (from, to) = (Wish(Home.Name, Home.Phone.Text, "广东省", "深圳市", "南山区"), Wish(recipient, "13800002222", "上海市", "上海市", "浦东新区"));
        var pickup = kind == OrderKind.Door ? PickupWay.Door : PickupWay.Outlet;
        var (quote, _) = await MakeQuote.Execute(app.Get<Db>(), app.Get<RateBook>(), app.Get<LaneStatistics>(), app.Clock, app.Get<RatesOptions>(), new QuoteRequest
        {
            From = new QuotePlace("广东省", "深圳市", "南山区"), To = new QuotePlace("上海市", "上海市", "浦东新区"), Goods = new QuoteGoods("clothing", 1000), Pickup = pickup, At = app.Clock.GetUtcNow(),
        }, default);
        var wish = new OrderWish
        {
            Kind = kind, Sender = from, Slot = kind == OrderKind.Door ? Slot(hour) : null, OutletCode = kind == OrderKind.Outlet ? "SZ001" : null,
            Shipments = [new ShipmentWish { Recipient = to, Goods = new GoodsWish { Kind = "clothing", Name = "毛衣", WeightGrams = 1000 }, QuoteId = quote.Id.Text, Product = "standard" }],
        };
        var placed = (await app.Get<PlaceOrder>().Execute(await Customer(), $"chat-{Interlocked.Increment(ref _number)}", wish, default)).ShouldBeOfType<Placing.Placed>();
        return await Show(placed.OrderId);
    }

    public async Task<ShownOrder> Show(string id) => (await ShowOrder.Execute(app.Get<Db>(), app.Get<DataKeys>(), await Customer(), id, default)).ShouldNotBeNull();

    /// <summary>Tomorrow at this hour in China.</summary>
    public DateTimeOffset Slot(int hour) => new(app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date.AddDays(1).AddHours(hour), TimeSpan.FromHours(8));

    private static ContactWish Wish(string name, string phone, string province, string city, string district) =>
        new() { Name = name, Phone = phone, Province = province, City = city, District = district, Detail = "世纪大道 1 号" };
}

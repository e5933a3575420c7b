using System.Net;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Staff;

namespace Courier.MiniProgramApi.Tests;

/// <summary>What a customer does decides tier, groups and prices: from events alone, nobody adds facts by hand.</summary>
public sealed class BecomingAMember : IAsyncLifetime
{
    private static readonly StaffId Operator = StaffId.Parse(new string('b', 32));

    private readonly ApiApp _app = new() { Demo = true, Settings = new Dictionary<string, string> { ["Orders:Core"] = "first" } };

    private Db Db => _app.App.Get<Db>();

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Who_has_sent_three_parcels_that_were_picked_up_is_a_silver_member_and_the_order_takes_the_members_price_also_when_the_tier_is_lost_meanwhile()
    {
        using var me = await _app.ACustomer(_app.NewPhone());
        var guest = Standard(await _app.Send(HttpMethod.Post, "quotes", Question()));
        for (var i = 0; i < 3; i++)
        {
            var id = (await Ordered(me, Standard(await Quote(me)))).GetProperty("id").GetString();
            (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/cancel", new { })).Status.ShouldBe(HttpStatusCode.OK);
        }
        var orders = new List<JsonElement>();
        for (var i = 0; i < 3; i++) orders.Add(await Ordered(me, Standard(await Quote(me))));
        await Judge();
        (await Get(me, "privacy")).GetProperty("tier").GetProperty("code").GetString().ShouldNotBe("silver", "nothing was picked up yet");
        foreach (var order in orders) await PickedUp(order);
        await Judge();
        (await Get(me, "privacy")).GetProperty("tier").GetProperty("code").GetString().ShouldBe("silver");

        var member = Standard(await Quote(me));
        var line = member.Option.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("code").GetString() == "member");
        line.GetProperty("name").GetString().ShouldBe("银卡会员优惠");
        line.GetProperty("explanation").GetString()!.ShouldContain("3%");
        var saved = -line.GetProperty("fen").GetInt64();
        saved.ShouldBeGreaterThan(0);
        member.Option.GetProperty("listFen").GetInt64().ShouldBe(guest.TotalFen);
        member.TotalFen.ShouldBe(guest.TotalFen - saved);

        using var another = await _app.ACustomer(_app.NewPhone());
        (await Place(another, member)).ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_unknown");
        (await Ordered(another, guest)).GetProperty("totalFen").GetInt64().ShouldBe(guest.TotalFen, "what is nobody's discount is for all");

        var (silver, kept) = ((await Segments.All(Db, default)).Single(s => s.Code == "silver"), Standard(await Quote(me)));
        using var rule = JsonDocument.Parse(silver.Rule);
        await SaveSegment.Execute(Db, _app.App.Clock, new SegmentDraft("silver", SegmentKind.Tier, silver.Name, silver.Rank, IsActive: false, rule.RootElement), silver.Version, Operator, "暂停", default);
        await Judge();
        Standard(await Quote(me)).TotalFen.ShouldBe(guest.TotalFen, "the tier is gone");
        (await Ordered(me, kept)).GetProperty("totalFen").GetInt64().ShouldBe(member.TotalFen, "a price that was said holds");

        var late = Standard(await Quote(me)) with { Id = await Expired(kept.Id) };
        var refused = await Place(me, late);
        refused.ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_expired");
        refused.Json.GetProperty("quote").GetProperty("options").EnumerateArray().Single(o => o.GetProperty("product").GetString() == "standard").GetProperty("totalFen").GetInt64()
            .ShouldBe(guest.TotalFen, "a renewed quote asks for the tier anew");
    }

    [Fact]
    public async Task Six_parcels_sent_and_an_open_complaint_put_somebody_into_the_group_until_the_complaint_is_over()
    {
        using var me = await _app.ACustomer(_app.NewPhone());
        var customer = await Who(me);
        for (var i = 0; i < 6; i++) await PickedUp(await Ordered(me, Standard(await Quote(me))));
        await Judge();
        (await CustomerGroups.Of(Db, customer, default)).ShouldBeEmpty();

        var channel = new ChannelAddress("wechat", "wxdemo0000000001", "complaining");
        await RequestHuman.Execute(Db, _app.App.Clock, _app.App.Get<CalendarsOptions>(), customer, channel, "人工", "c1", default);
        await Said(customer, channel, "我不投诉，只想问问", "c2");
        await Judge();
        (await CustomerGroups.Of(Db, customer, default)).ShouldBeEmpty();
        await Said(customer, channel, "太慢了，我要投诉", "c3");
        await Said(customer, channel, "我要投诉你们", "c4");
        await Judge();
        var member = (await CustomerGroups.Memberships(Db, customer, default)).ShouldHaveSingleItem();
        (member.Code, member.Reason).ShouldBe(("busy_and_upset", "近30天寄件 6（多于 5）；未结投诉 1（不少于 1）"));

        await LeaveQueue.Execute(Db, _app.App.Clock, customer, default);
        await Judge();
        (await CustomerGroups.Of(Db, customer, default)).ShouldBeEmpty();
        var sums = (await ExportCustomer.Execute(Db, [.. Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<IPersonalData>(_app.App.Services)], customer, default))["profile"]!["sums"]!.ToJsonString();
        sums.ShouldContain("""{"what":"complaints","amount":1}""");
        sums.ShouldContain("""{"what":"open_complaints","amount":0}""");
    }

    private async Task Judge()
    {
        await _app.App.Settle();
        await _app.App.RunJob("customers.judge");
    }

    private Task Said(CustomerId customer, ChannelAddress channel, string words, string key) =>
        AddCustomerMessage.Execute(Db, _app.App.Get<DataKeys>(), _app.App.Clock, customer, channel, "text", words, null, key, default);

    internal static async Task<CustomerId> Who(HttpClient me) => CustomerId.Parse((await Get(me, "session")).GetProperty("customer").GetProperty("id").GetString()!);

    private static async Task<JsonElement> Get(HttpClient me, string path) => (await ApiApp.Send(me, HttpMethod.Get, path)).Json;

    internal static Task<Answer> Quote(HttpClient me) => ApiApp.Send(me, HttpMethod.Post, "quotes", Question());

    private static object Question() => new
    {
        from = new { province = "浙江省", city = "杭州市", district = "西湖区" }, to = new { province = "上海市", city = "上海市", district = "浦东新区" }, goods = new { kind = "clothing", weightGrams = 2600 }, pickup = "door",
    };

    internal static Quoted Standard(Answer quote)
    {
        quote.Status.ShouldBe(HttpStatusCode.OK, quote.Text);
        return new Quoted(quote.Json.GetProperty("quoteId").GetString()!, quote.Json.GetProperty("options").EnumerateArray().Single(o => o.GetProperty("product").GetString() == "standard"));
    }

    private async Task<JsonElement> Ordered(HttpClient me, Quoted quote)
    {
        var placed = await Place(me, quote);
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        placed.Json.GetProperty("totalFen").GetInt64().ShouldBe(quote.TotalFen);
        return placed.Json;
    }

    private async Task PickedUp(JsonElement order)
    {
        var report = new { id = "up-" + order.GetProperty("id").GetString(), order = order.GetProperty("number").GetString(), code = "picked_up" };
        (await _app.Post("orders", ApiApp.Json(new { events = new[] { report } }))).Json.GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    private Task<Answer> Place(HttpClient me, Quoted quote) => ApiApp.Send(me, HttpMethod.Post, "orders", new
    {
        kind = "door", sender = Contact("王小明", "浙江省", "杭州市", "西湖区"), recipient = Contact("李小雷", "上海市", "上海市", "浦东新区"), goods = new { kind = "clothing", weightGrams = 2600 },
        quoteId = quote.Id, product = "standard", slot = $"{_app.App.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(1):yyyy-MM-dd}T13:00:00+08:00",
    });

    private async Task<string> Expired(string quote)
    {
        await Db.Execute("update rates_quotes set valid_until = @now where id = @quote", new { quote, now = _app.App.Clock.GetUtcNow() });
        return quote;
    }

    private static object Contact(string name, string province, string city, string district) => new { name, phone = "13700001111", province, city, district, detail = "文三路 1 号" };

    internal sealed record Quoted(string Id, JsonElement Option)
    {
        public long TotalFen => Option.GetProperty("totalFen").GetInt64();
    }
}

/// <summary>A group has its price when the card in force names its code among the tiers.</summary>
public sealed class PayingAsAMemberOfAGroup(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task The_discount_that_saves_most_counts_and_ends_with_the_membership()
    {
        var phone = app.NewPhone();
        using var me = await app.ACustomer(phone);
        await Save("silver", SegmentKind.Tier, rank: 1, version: 0);
        await Save("gold", SegmentKind.Group, rank: 0, version: 0);
        (await Discount(me)).ShouldBeEmpty();
        await Receives(phone);
        (await Discount(me)).ShouldContain("5%", Case.Sensitive, "the group saves more than the tier");
        await Save("gold", SegmentKind.Group, rank: 0, version: 1, isActive: false);
        (await Discount(me)).ShouldContain("3%");
    }

    private static async Task<string> Discount(HttpClient me) =>
        BecomingAMember.Standard(await BecomingAMember.Quote(me)).Option.GetProperty("lines").EnumerateArray()
            .Where(l => l.GetProperty("code").GetString() == "member").Select(l => l.GetProperty("explanation").GetString()).FirstOrDefault() ?? "";

    private async Task Receives(string phone)
    {
        var waybill = await app.AParcel(recipient: phone);
        (await app.Events(app.Event(waybill, "picked_up", -60), app.Event(waybill, "out_for_delivery", -30), app.Event(waybill, "signed", -5))).Status.ShouldBe(HttpStatusCode.OK);
        await app.App.Settle();
        await app.App.RunJob("customers.judge");
    }

    private async Task Save(string code, SegmentKind kind, long rank, long version, bool isActive = true)
    {
        using var rule = JsonDocument.Parse("""{"fact":"parcels_received_30d","op":">=","value":1}""");
        await SaveSegment.Execute(app.App.Get<Db>(), app.App.Clock, new SegmentDraft(code, kind, "收件达人", rank, isActive, rule.RootElement), version, StaffId.Parse(new string('b', 32)), "活动", default);
    }
}

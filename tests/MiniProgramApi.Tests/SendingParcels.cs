using System.Net;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Rates;

namespace Courier.MiniProgramApi.Tests;

public sealed class SendingParcels(ApiApp app) : IClassFixture<ApiApp>
{
    private static readonly object From = Contact("王小明", "13700001111", "浙江省", "杭州市", "西湖区");
    private static readonly object To = Contact("李小雷", "13800002222", "上海市", "上海市", "浦东新区");

    [Fact]
    public async Task A_guest_sees_the_slots_of_a_district_and_a_wrong_place_or_day_is_told()
    {
        var answer = await app.Send(HttpMethod.Get, $"slots?province=浙江省&city=杭州市&district=西湖区&date={Day(1)}");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Json.GetProperty("slots").GetArrayLength().ShouldBe(5);
        answer.Json.GetProperty("bookable").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("slots")[0].GetProperty("state").GetString().ShouldBe("open");
        answer.Json.GetProperty("next").GetProperty("from").GetString().ShouldBe($"{Day(1)}T09:00:00+08:00");
        (await app.Send(HttpMethod.Get, "slots?province=亚特兰蒂斯")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await app.Send(HttpMethod.Get, "slots?province=浙江省&city=杭州市&date=tomorrow")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public async Task An_order_is_placed_shown_listed_moved_and_called_off()
    {
        var me = await app.ACustomer();
        var placed = await Place(me, await Body());
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        var id = placed.Json.GetProperty("id").GetString()!;
        placed.Json.GetProperty("statusText").GetString().ShouldBe("待接单");
        placed.Json.GetProperty("actions").EnumerateArray().Select(a => a.GetString()).ShouldBe(["reschedule", "change", "cancel"]);
        placed.Json.GetProperty("shipments")[0].GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("fen").GetInt64()).ShouldBe(1300);
        (await ApiApp.Send(me, HttpMethod.Get, $"orders/{id}")).Text.ShouldBe(placed.Text);
        (await ApiApp.Send(me, HttpMethod.Get, "orders?role=sender&state=open")).Json.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(id);

        var moved = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/reschedule", new { slot = $"{Day(2)}T09:00:00+08:00" });
        moved.Status.ShouldBe(HttpStatusCode.OK, moved.Text);
        moved.Json.GetProperty("slot").GetProperty("from").GetString().ShouldBe($"{Day(2)}T09:00:00+08:00");
        var cancelled = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/cancel", new { reason = "不寄了" });
        cancelled.Json.GetProperty("status").GetString().ShouldBe("cancelled");
        cancelled.Json.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("action").GetString()).ShouldBe(["place", "reschedule", "cancel"]);
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/reschedule", new { slot = $"{Day(2)}T11:00:00+08:00" })).ShouldBeRefused(HttpStatusCode.Conflict, "order.action_not_allowed");
    }

    [Fact]
    public async Task The_extension_of_a_virtual_number_goes_along()
    {
        var recipient = new { name = "李小雷", phone = "18400001234", extension = "0021", province = "上海市", city = "上海市", district = "浦东新区", detail = "世纪大道 2 号" };
        object With(object to, string quote) => new
        {
            kind = "door", sender = From, recipient = to, goods = new { kind = "other", weightGrams = 900 }, quoteId = quote, product = "standard", slot = $"{Day(1)}T13:00:00+08:00",
        };
        var (me, quote) = (await app.ACustomer(), await AQuote(30));
        var refused = await Place(me, With(recipient with { extension = "转 21" }, quote));
        refused.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        refused.Json.GetProperty("field").GetString().ShouldBe("recipient.extension");
        var placed = await Place(me, With(recipient, quote));
        placed.Json.GetProperty("shipments")[0].GetProperty("recipient").GetProperty("extension").GetString().ShouldBe("0021", placed.Text);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_order_and_the_key_serves_no_other()
    {
        var me = await app.ACustomer();
        var body = await Body();
        var first = await Place(me, body, "key-1");
        var second = await Place(me, body, "key-1");
        second.Status.ShouldBe(HttpStatusCode.OK);
        second.Text.ShouldBe(first.Text);
        (await Place(me, await Body(), "key-1")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
    }

    [Fact]
    public async Task Orders_of_others_are_answered_like_none()
    {
        var id = (await Place(await app.ACustomer(), await Body())).Json.GetProperty("id").GetString()!;
        var stranger = await app.ACustomer();
        foreach (var order in new[] { id, new string('0', 32), "x" })
        {
            (await ApiApp.Send(stranger, HttpMethod.Get, $"orders/{order}")).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Post, $"orders/{order}/cancel", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
            (await ApiApp.Send(stranger, HttpMethod.Post, $"orders/{order}/reschedule", new { slot = $"{Day(1)}T09:00:00+08:00" })).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
        }
        (await app.Send(HttpMethod.Get, $"orders/{id}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Send(HttpMethod.Post, "orders", await Body())).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Closed_slots_are_refused_with_the_next_one()
    {
        var me = await app.ACustomer();
        var refused = await Place(me, await Body(slot: $"{Day(0)}T09:00:00+08:00")); // it is ten o'clock
        refused.ShouldBeRefused(HttpStatusCode.Conflict, "order.slot_closed");
        refused.Json.GetProperty("next").GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task An_expired_quote_is_refused_with_a_new_one_that_can_be_taken()
    {
        var me = await app.ACustomer();
        var body = await Body(minutes: 0);
        var refused = await Place(me, body);
        refused.ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_expired");
        var quote = refused.Json.GetProperty("quote");
        var option = quote.GetProperty("options")[0];
        var taken = await Place(me, await Body(quote: quote.GetProperty("quoteId").GetString(), product: option.GetProperty("product").GetString()!));
        taken.Status.ShouldBe(HttpStatusCode.Created, taken.Text);
        taken.Json.GetProperty("totalFen").GetInt64().ShouldBe(option.GetProperty("totalFen").GetInt64());
    }

    [Fact]
    public async Task Parties_and_remark_change_before_the_pickup_and_what_changes_the_price_needs_a_quote()
    {
        var me = await app.ACustomer();
        var id = (await Place(me, await Body())).Json.GetProperty("id").GetString()!;
        var changed = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new { remark = "放门卫", shipment = new { recipient = Contact("周梅", "13900001234", "上海市", "上海市", "浦东新区") } });
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        changed.Json.GetProperty("remark").GetString().ShouldBe("放门卫");
        changed.Json.GetProperty("shipments")[0].GetProperty("recipient").GetProperty("name").GetString().ShouldBe("周梅");
        var elsewhere = new { shipment = new { recipient = Contact("周梅", "13900001234", "北京市", "北京市", "朝阳区") } };
        var refused = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", elsewhere);
        refused.ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_needed");
        var option = refused.Json.GetProperty("quote").GetProperty("options")[0];
        var moved = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new
        {
            shipment = new { elsewhere.shipment.recipient, quoteId = refused.Json.GetProperty("quote").GetProperty("quoteId").GetString(), product = option.GetProperty("product").GetString() },
        });
        moved.Status.ShouldBe(HttpStatusCode.OK, moved.Text);
        moved.Json.GetProperty("totalFen").GetInt64().ShouldBe(option.GetProperty("totalFen").GetInt64(), "the price that was shown with the refusal");
        moved.Json.GetProperty("shipments")[0].GetProperty("recipient").GetProperty("district").GetString().ShouldBe("朝阳区");
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new { sender = Contact("王", "13700001111", "北京市", "北京市", "朝阳区") }))
            .ShouldBeRefused(HttpStatusCode.Conflict, "order.sender_elsewhere");
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new { })).ShouldBeRefused(HttpStatusCode.Conflict, "order.nothing_to_change");
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, $"orders/{id}/change", new { remark = "x" })).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
        var again = await ApiApp.Send(me, HttpMethod.Get, $"orders/{id}/prefill");
        again.Json.GetProperty("shipments")[0].GetProperty("recipient").GetProperty("phone").GetString().ShouldBe("13900001234");
        (await ApiApp.Send(await app.ACustomer(), HttpMethod.Get, $"orders/{id}/prefill")).ShouldBeRefused(HttpStatusCode.NotFound, "order.unknown");
    }

    [Fact]
    public async Task One_pickup_serves_many_recipients()
    {
        var me = await app.ACustomer();
        var quote = await AQuote(30);
        object Parcel(string name) => new { recipient = Contact(name, "13800002222", "上海市", "上海市", "浦东新区"), goods = new { kind = "other", weightGrams = 900 }, quoteId = quote, product = "standard" };
        var placed = await ApiApp.Send(me, HttpMethod.Post, "orders/batch",
            new { kind = "door", sender = From, slot = $"{Day(1)}T13:00:00+08:00", shipments = new[] { Parcel("赵一"), Parcel("钱二"), Parcel("孙三") } });
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        placed.Json.GetProperty("totalFen").GetInt64().ShouldBe(3900);
        placed.Json.GetProperty("shipments").EnumerateArray().Select(s => s.GetProperty("waybill").GetString()).Distinct().Count().ShouldBe(3);
        (await ApiApp.Send(me, HttpMethod.Post, "orders/batch", new { kind = "door", sender = From, shipments = Array.Empty<object>() })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
    }

    [Fact]
    public async Task Forbidden_goods_are_refused_and_conditional_ones_must_be_confirmed()
    {
        var me = await app.ACustomer();
        (await Place(me, await Body(goods: "汽油"))).ShouldBeRefused(HttpStatusCode.Conflict, "order.goods_forbidden");
        (await Place(me, await Body(goods: "充电宝"))).ShouldBeRefused(HttpStatusCode.Conflict, "order.goods_conditional");
        var confirmed = await Place(me, await Body(goods: "充电宝", confirmed: true));
        confirmed.Status.ShouldBe(HttpStatusCode.Created, confirmed.Text);
        confirmed.Json.GetProperty("goodsStanding").GetString().ShouldBe("conditional");
    }

    [Theory]
    [InlineData("煙花", "other", "order.goods_forbidden")]
    [InlineData("汽 油", "other", "order.goods_forbidden")]
    [InlineData("汽·油", "other", "order.goods_forbidden")]
    [InlineData("Gasoline", "other", "order.goods_forbidden")]
    [InlineData("two bottles of petrol", "other", "order.goods_forbidden")]
    [InlineData("打火機", "other", "order.goods_forbidden")]
    [InlineData("power banks", "other", "order.goods_conditional")]
    [InlineData(null, "烟花", "order.goods_forbidden")]
    [InlineData(null, "酒", "order.goods_conditional")]
    public async Task Goods_are_known_however_they_are_written_and_whatever_field_they_stand_in(string? name, string kind, string code)
    {
        var me = await app.ACustomer();
        (await Place(me, await Body(goods: name, kind: kind))).ShouldBeRefused(HttpStatusCode.Conflict, code);
        if (code != "order.goods_forbidden") return;
        var id = (await Place(me, await Body())).Json.GetProperty("id").GetString();
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new { shipment = new { goods = new { kind, name, weightGrams = 900 } } })).ShouldBeRefused(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task A_kind_that_nobody_knows_is_told()
    {
        var refused = await Place(await app.ACustomer(), await Body(kind: "随便什么"));
        refused.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        refused.Json.GetProperty("field").GetString().ShouldBe("goods.kind");
    }

    [Fact]
    public async Task Without_a_key_nothing_is_ordered()
    {
        var me = await app.ACustomer();
        (await Place(me, await Body(), key: "")).ShouldBeRefused(HttpStatusCode.BadRequest, "idempotency.key_missing");
        (await ApiApp.Send(me, HttpMethod.Get, "orders")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_left_out_of_a_party_stays()
    {
        var me = await app.ACustomer();
        var id = (await Place(me, await Body())).Json.GetProperty("id").GetString();
        var changed = await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new { sender = new { phone = "13700009999" }, shipment = new { recipient = new { name = "周梅" } } });
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        var (sender, recipient) = (changed.Json.GetProperty("sender"), changed.Json.GetProperty("shipments")[0].GetProperty("recipient"));
        (sender.GetProperty("name").GetString(), sender.GetProperty("phone").GetString(), sender.GetProperty("detail").GetString()).ShouldBe(("王小明", "13700009999", "文三路 1 号"));
        (recipient.GetProperty("name").GetString(), recipient.GetProperty("phone").GetString(), recipient.GetProperty("district").GetString()).ShouldBe(("周梅", "13800002222", "浦东新区"));
        (await ApiApp.Send(me, HttpMethod.Post, $"orders/{id}/change", new { shipment = new { recipient = new { province = "北京市", city = "北京市", district = "朝阳区" } } }))
            .ShouldBeRefused(HttpStatusCode.Conflict, "order.quote_needed");
    }

    [Fact]
    public async Task The_names_of_places_are_those_that_exist()
    {
        var quote = await AQuote(30);
        var placed = await Place(await app.ACustomer(), new
        {
            kind = "door", sender = Contact("王小明", "13700001111", "浙江", "火星市", "西湖区"), recipient = Contact("李小雷", "13800002222", "上海", "市辖区", "浦东新区"),
            goods = new { kind = "other", weightGrams = 900 }, quoteId = quote, product = "standard", slot = $"{Day(1)}T13:00:00+08:00",
        });
        placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
        Named(placed.Json.GetProperty("sender")).ShouldBe("浙江省,杭州市,西湖区");
        Named(placed.Json.GetProperty("shipments")[0].GetProperty("recipient")).ShouldBe("上海市,上海市,浦东新区");

        static string Named(System.Text.Json.JsonElement of) => $"{of.GetProperty("province").GetString()},{of.GetProperty("city").GetString()},{of.GetProperty("district").GetString()}";
    }

    [Theory]
    [InlineData("{}", "kind")]
    [InlineData("{\"kind\":\"balloon\"}", "kind")]
    [InlineData("{\"kind\":\"door\"}", "sender.name")]
    [InlineData("{\"kind\":\"door\",\"sender\":{\"name\":7}}", "sender.name")]
    public async Task A_malformed_order_is_told_by_its_field(string body, string field)
    {
        var refused = await ApiApp.Send(await app.ACustomer(), HttpMethod.Post, "orders", body);
        refused.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        refused.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    private static Task<Answer> Place(HttpClient me, object body, string? key = null) => ApiApp.Send(me, HttpMethod.Post, "orders", body, key);

    private string Day(int ahead) => app.App.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(ahead).ToString("yyyy-MM-dd");

    private async Task<object> Body(string? slot = null, string? goods = null, bool? confirmed = null, int minutes = 30, string? quote = null, string product = "standard", string kind = "other") => new
    {
        kind = "door", sender = From, recipient = To, goods = new { kind, name = goods, weightGrams = 900 }, quoteId = quote ?? await AQuote(minutes), product,
        slot = slot ?? $"{Day(1)}T13:00:00+08:00", goodsConfirmed = confirmed,
    };

    private async Task<string> AQuote(int minutes)
    {
        var id = Ids.New(app.App.Clock);
        var now = app.App.Clock.GetUtcNow();
        var request = new
        {
            from = new { province = "浙江省", city = "杭州市", district = "西湖区" }, to = new { province = "上海市", city = "上海市", district = "浦东新区" },
            goods = new { kind = "other", weightGrams = 900 }, pickup = "door", at = now,
        };
        object[] options =
        [
            new { product = "standard", name = "标准快递", totalFen = 1300, listFen = 1300, chargeableGrams = 1000, volumetricGrams = 0, promisedBy = now.AddDays(2), cheaper = Array.Empty<object>(),
                lines = new object[] { new { code = "first", name = "首重", fen = 1300, explanation = "首重 1 公斤" } } },
        ];
        await app.App.Get<Db>().Execute("insert into rates_quotes (id, card_id, request, options, created_at, valid_until) values (@id, @card, @request, @options, @now, @until)",
            new { id, card = (await app.App.Get<RateBook>().Current(default)).Id, request = ApiApp.Json(request), options = ApiApp.Json(options), now, until = now.AddMinutes(minutes) });
        return id;
    }

    private static object Contact(string name, string phone, string province, string city, string district) => new { name, phone, province, city, district, detail = "文三路 1 号" };
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Testing;

namespace Courier.Host.Tests.Journeys;

/// <summary>
/// A parcel sent from the chat, with WeChat, the SMS operator and the form as the sandbox, the simulator and the API play them: the ways to
/// send, a pasted address, the link, an order with the same phone, and then the order in the chat until it is called off.
/// </summary>
public sealed partial class SendingByChat
{
    private const string Official = "wxdemo0000000001", Phone = "13911119191", Recipient = "张三丰，13912345678，浙江省杭州市西湖区文三路478号华星时代广场B座1203室";

    [Fact]
    public async Task From_the_word_to_the_order_and_back()
    {
        await using var app = await CourierApp.Start(new() { Demo = true, Settings = new Dictionary<string, string> { ["Sandbox:Plays"] = "false" } });
        var me = Text(await Post(app.Http, "/sandbox/control/followers", new { appId = Official, phone = Phone, nickname = "寄件人" }), "openid");

        (await Say(app, me, "寄件")).ShouldContain("/app/#/pages/send/send?pickup=door");
        (await Say(app, me, "运费 深圳 杭州 1kg")).ShouldContain("标准快递");
        var understood = await Say(app, me, Recipient);
        understood.ShouldContain("张三丰 139****5678");
        var text = Uri.UnescapeDataString(Prefilled().Match(understood).Groups["text"].Value);
        (await Say(app, me, "存")).ShouldStartWith("存好了");

        (await Say(app, me, "绑定手机 " + Phone)).ShouldContain("验证码");
        (await Say(app, me, await Code(app, 0))).ShouldContain("成功");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        using var form = await SignedIn(app);
        var parsed = await Post(form, "/api/customer/v1/addresses/parse", new { text });
        parsed["district"]!.GetValue<string>().ShouldBe("西湖区", "the link carries what the chat has read");
        var order = await PlaceOrder(app, form);

        (await Say(app, me, "我的订单")).ShouldMatch(DoorOrder.BeforeThePickup().ToString());
        (await Say(app, me, "改时间 1")).ShouldContain("请回复数字");
        (await Say(app, me, "2")).ShouldStartWith("改好了");
        await Say(app, me, "我的订单");
        (await Say(app, me, "取消 1")).ShouldStartWith("要取消订单");
        (await Say(app, me, "是")).ShouldContain("已取消");
        JsonNode.Parse(await form.GetStringAsync("/api/customer/v1/orders/" + order))!["status"]!.GetValue<string>().ShouldBe("cancelled");
    }

    private static async Task<string> PlaceOrder(CourierApp app, HttpClient form)
    {
        var from = new { name = "王小明", phone = Phone, province = "广东省", city = "深圳市", district = "南山区", detail = "科苑路8号" };
        var to = new { name = "张三丰", phone = "13912345678", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路478号" };
        var goods = new { kind = "clothing", name = "毛衣", weightGrams = 1000 };
        var slots = JsonNode.Parse(await form.GetStringAsync("/api/customer/v1/slots?province=广东省&city=深圳市&district=南山区"))!;
        var quote = await Post(form, "/api/customer/v1/quotes", new { from = Place(from.province, from.city, from.district), to = Place(to.province, to.city, to.district), goods });
        var placed = await Post(form, "/api/customer/v1/orders", new
        {
            kind = "door", sender = from, recipient = to, goods, quoteId = Text(quote, "quoteId"), product = "standard", slot = slots["next"]!["from"]!.GetValue<string>(), payment = "on_pickup",
        });
        return Text(placed, "id");
    }

    private static object Place(string province, string city, string district) => new { province, city, district };

    private static async Task<HttpClient> SignedIn(CourierApp app)
    {
        await Send(app.Http, "/api/customer/v1/session/sms", new { phone = Phone });
        var session = await Post(app.Http, "/api/customer/v1/session/sms/verify", new { phone = Phone, code = await Code(app, 1) });
        var client = app.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(session, "token"));
        return client;
    }

    private static async Task<string> Code(CourierApp app, int position) =>
        JsonNode.Parse(await app.Http.GetStringAsync("/simulator/sms/" + Phone))!["messages"]!.AsArray()[position]!["code"]!.GetValue<string>();

    private static async Task<string> Say(CourierApp app, string openid, string text)
    {
        var answer = await Post(app.Http, "/sandbox/control/say", new { openid, message = new { type = "text", content = text } });
        return answer["reply"]?["text"]?.GetValue<string>() ?? "";
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<JsonNode> Post(HttpClient http, string path, object body) => JsonNode.Parse(await Send(http, path, body))!;

    private static async Task<string> Send(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Ids.New(TimeProvider.System));
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    [GeneratedRegex(@"/app/#/pages/send/send\?text=(?<text>\S+)")]
    private static partial Regex Prefilled();
}

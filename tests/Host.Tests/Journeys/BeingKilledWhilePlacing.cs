using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Courier.Testing;

namespace Courier.Host.Tests.Journeys;

/// <summary>
/// The running program is killed (SIGKILL) again and again while a customer places orders. Whoever repeats what was not answered has each order
/// once, and the slot holds as many places as there are orders.
/// </summary>
public sealed class BeingKilledWhilePlacing
{
    private const int Kills = 3, Parallel = 4;

    private static readonly object Home = new { province = "浙江省", city = "杭州市", district = "西湖区" };
    private static readonly object Sender = new { name = "王小明", phone = "13700001111", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路 1 号" };
    private static readonly object Recipient = new { name = "李小雷", phone = "13800002222", province = "浙江省", city = "杭州市", district = "西湖区", detail = "古翠路 2 号" };

    private readonly Dictionary<string, object> _asked = [];
    private readonly HashSet<string> _answered = [];

    [Fact]
    public async Task Each_order_is_there_once_and_takes_one_place_however_often_it_was_asked_for()
    {
        using var data = new TemporaryDirectory();
        string? token = null, slot = null;
        for (var round = 0; round < Kills; round++)
        {
            await using var courier = await Start(data.Path, token);
            if (token is null) (token, slot) = (await SignIn(courier), await ASlot(courier));
            using var stop = new CancellationTokenSource();
            var quote = await AQuote(courier);
            var placing = Task.WhenAll(Enumerable.Range(0, Parallel).Select(n => PlaceOrders(courier, quote, slot!, $"r{round}-{n}", stop.Token)));
            var enough = Answered() + 8 + 5 * round;
            await Wait.Until(() => Answered() >= enough, "some orders were taken", TimeSpan.FromMinutes(2));
            await courier.Kill(); // while others are under way
            await stop.CancelAsync();
            await placing;
        }

        await using var after = await Start(data.Path, token);
        var ids = new HashSet<string>();
        foreach (var (key, body) in _asked)
        {
            var (status, id) = await Place(after, key, body);
            if (_answered.Contains(key)) status.ShouldBe(HttpStatusCode.OK, "what was answered is there");
            ids.Add(id.ShouldNotBeNull(key)).ShouldBeTrue("each key has an order of its own");
        }
        (await AllOrders(after)).ShouldBe(ids, ignoreOrder: true);
        var left = (await Slots(after, slot![..10])).Single(s => s["from"]!.GetValue<string>() == slot)["left"]!.GetValue<int>();
        left.ShouldBe(1000 - ids.Count, "a place an order");
    }

    private static async Task<CourierProcess> Start(string data, string? token)
    {
        var courier = await CourierProcess.Start(data, "Demo:Enabled=true", "Sandbox:Plays=false", "Orders:Slots:Capacity=1000", "Limits:CustomerPerMinute=100000");
        if (token is not null) courier.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return courier;
    }

    private int Answered()
    {
        lock (_asked) return _answered.Count;
    }

    private async Task PlaceOrders(CourierProcess courier, string quoteId, string slot, string who, CancellationToken ct)
    {
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            try
            {
                var body = new { kind = "door", sender = Sender, recipient = Recipient, goods = new { kind = "clothing", weightGrams = 1000 }, quoteId, product = "standard", slot };
                lock (_asked) _asked[$"{who}-{i}"] = body;
                var (_, id) = await Place(courier, $"{who}-{i}", body);
                if (id is null) return;
                lock (_asked) _answered.Add($"{who}-{i}");
            }
            catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException)
            {
                return; // killed
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string? Id)> Place(CourierProcess courier, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/customer/v1/orders") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await courier.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return (answer.StatusCode, JsonNode.Parse(text)!["id"]!.GetValue<string>());
    }

    private static async Task<string> AQuote(CourierProcess courier) =>
        (await Post(courier, "/api/customer/v1/quotes", new { from = Home, to = Home, goods = new { kind = "clothing", weightGrams = 1000 }, pickup = "door" }))["quoteId"]!.GetValue<string>();

    private static async Task<string> SignIn(CourierProcess courier)
    {
        var openid = (await Post(courier, "/sandbox/control/followers", new { appId = "wxdemo0000000002", openid = "mKilled0001", nickname = "寄件人" }))["openid"]!.GetValue<string>();
        var login = (await Post(courier, "/sandbox/control/login-code", new { openid }))["code"]!.GetValue<string>();
        var token = (await Post(courier, "/api/customer/v1/session/wechat", new { appId = "wxdemo0000000002", code = login }))["token"]!.GetValue<string>();
        courier.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    // The last one that can be booked: it closes in no run of this test.
    private static async Task<string> ASlot(CourierProcess courier)
    {
        var day = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return (await Slots(courier, day))[^1]["from"]!.GetValue<string>();
    }

    private static async Task<IReadOnlyList<JsonNode>> Slots(CourierProcess courier, string day)
    {
        return [.. JsonNode.Parse(await courier.Http.GetStringAsync($"/api/customer/v1/slots?province=浙江省&city=杭州市&district=西湖区&date={day}"))!["slots"]!.AsArray().Select(s => s!)];
    }

    private static async Task<IReadOnlyList<string>> AllOrders(CourierProcess courier)
    {
        var ids = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = JsonNode.Parse(await courier.Http.GetStringAsync($"/api/customer/v1/orders?limit=100&cursor={cursor}"))!;
            ids.AddRange(page["items"]!.AsArray().Select(o => o!["id"]!.GetValue<string>()));
            cursor = page["next"]?.GetValue<string>();
        }
        return ids;
    }

    private static async Task<JsonNode> Post(CourierProcess courier, string path, object body)
    {
        using var answer = await courier.Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Testing;

namespace Courier.Host.Tests.Journeys;

/// <summary>
/// The running program is killed (SIGKILL) again and again while the carrier core posts routes and a customer writes messages.
/// What it accepted is there afterwards, once.
/// </summary>
public sealed class BeingKilled
{
    private const int Kills = 4;
    private const string Tail = "2222", Customer = "oKilled0001", Account = "wxdemo0000000001";

    private readonly List<string> _acceptedWaybills = [];
    private readonly List<string> _acceptedMessages = [];

    [Fact]
    public async Task Nothing_that_was_accepted_is_missing_after_the_process_was_killed_in_the_middle()
    {
        using var data = new TemporaryDirectory();
        var random = new Random(7);
        for (var round = 0; round < Kills; round++)
        {
            await using var courier = await Start(data.Path);
            if (round == 0) await AskForAHuman(courier);
            using var stop = new CancellationTokenSource();
            var posting = PostParcels(courier, round, stop.Token);
            var writing = WriteMessages(courier, round, stop.Token);
            var enough = _acceptedWaybills.Count + 5 + random.Next(10);
            await Wait.Until(() => _acceptedWaybills.Count >= enough && _acceptedMessages.Count > round * 3, "some work was accepted", TimeSpan.FromMinutes(2));
            await courier.Kill(); // while both are in the middle of something
            await stop.CancelAsync();
            await Task.WhenAll(posting, writing);
        }

        await using var after = await Start(data.Path);
        await Every_accepted_parcel_has_its_last_status(after);
        await Every_accepted_message_is_in_the_conversation_once(after);
    }

    private static Task<CourierProcess> Start(string data) => CourierProcess.Start(data, "Demo:Enabled=true", "Sandbox:Plays=false");

    private static async Task AskForAHuman(CourierProcess courier)
    {
        await Post(courier, "/sandbox/control/followers", new { appId = Account, openid = Customer, nickname = "旅客乙", phone = "13911114444" });
        await Wait.Until(async () => (await Post(courier, "/sandbox/control/say", new { openid = Customer, message = "人工" }))["reply"] is not null, "a person is asked for");
    }

    /// <summary>One waybill after the other, each with its whole way; only what was answered 200 counts as accepted.</summary>
    private async Task PostParcels(CourierProcess courier, int round, CancellationToken ct)
    {
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var waybill = $"KILL{round:00}{i:000000}";
            var party = new { name = "张三", phone = "13911111111", province = "浙江省", city = "杭州市", district = "西湖区", detail = "文三路1号" };
            var recipient = party with { name = "李四", phone = "1391111" + Tail };
            var registered = await Signed(courier, "/api/carrier/waybills", new { waybills = new[] { new { waybill, product = "standard", sender = party, recipient, weightGrams = 1000 } } });
            if (!registered) return;
            var at = TimeProvider.System.GetUtcNow();
            var events = new[] { "picked_up", "departed", "arrived", "out_for_delivery" }.Select((code, n) => new
            {
                id = $"{waybill}-{n}", waybill, code, time = at.AddMinutes(n - 10).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), city = "杭州市", place = "西湖网点", text = $"第{n + 1}步",
            });
            if (!await Signed(courier, "/api/carrier/routes", new { events })) return;
            _acceptedWaybills.Add(waybill);
        }
    }

    private async Task WriteMessages(CourierProcess courier, int round, CancellationToken ct)
    {
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var text = $"补充说明第{round}轮第{i}条";
            try
            {
                var said = await Post(courier, "/sandbox/control/say", new { openid = Customer, message = text });
                if (said["attempts"]!.AsArray().Any(a => a!["status"]?.GetValue<int>() == 200)) _acceptedMessages.Add(text);
            }
            catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException)
            {
                return; // killed
            }
        }
    }

    private async Task Every_accepted_parcel_has_its_last_status(CourierProcess courier)
    {
        foreach (var portion in _acceptedWaybills.Chunk(15))
        {
            using var answer = await courier.Http.PostAsJsonAsync("/api/customer/v1/parcels/lookup", new { waybills = portion, phoneTail = Tail });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var text = await answer.Content.ReadAsStringAsync();
            foreach (var waybill in portion) text.ShouldContain(waybill);
            text.Split("\"out_for_delivery\"").Length.ShouldBeGreaterThan(portion.Length, text);
        }
    }

    private async Task Every_accepted_message_is_in_the_conversation_once(CourierProcess courier)
    {
        using var staff = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = courier.Address };
        staff.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await staff.PostAsJsonAsync("/api/desk/v1/session", new { name = "agent1001", password = "demoagent1001" })).EnsureSuccessStatusCode();
        var open = JsonNode.Parse(await staff.GetStringAsync("/api/desk/v1/conversations"))!["items"]!.AsArray().ShouldHaveSingleItem()!;
        var messages = new List<string>();
        for (long after = 0; ;)
        {
            var items = JsonNode.Parse(await staff.GetStringAsync($"/api/desk/v1/conversations/{open["id"]}/messages?after={after}"))!["items"]!.AsArray();
            if (items.Count == 0) break;
            messages.AddRange(items.Select(m => m!["text"]!.GetValue<string>()));
            after = items[^1]!["sequence"]!.GetValue<long>();
        }
        foreach (var text in _acceptedMessages) messages.Count(m => m == text).ShouldBe(1, text);
    }

    /// <summary>Posts as the carrier core does; false when the process is gone.</summary>
    private static async Task<bool> Signed(CourierProcess courier, string path, object body)
    {
        var raw = JsonSerializer.Serialize(body);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes("demo-core-secret-for-development"), Encoding.UTF8.GetBytes(timestamp + "\n" + raw));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(raw, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Courier-Key", "demo-core");
        request.Headers.Add("X-Courier-Timestamp", timestamp);
        request.Headers.Add("X-Courier-Signature", Convert.ToHexStringLower(signature));
        try
        {
            using var answer = await courier.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }

    private static async Task<JsonNode> Post(CourierProcess courier, string path, object body)
    {
        using var answer = await courier.Http.PostAsJsonAsync(path, body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}

using System.Net;
using System.Net.Http.Json;
using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public class ReadingTexts
{
    [Fact]
    public async Task A_text_is_kept_for_its_phone_with_the_code_found_in_it()
    {
        await using var app = await WorldApp.Start();
        await app.Posted("/sms", new { phone = "13800000001", text = "【快递服务】您的快件已签收" });
        await app.Posted("/sms", new { phone = "13800000001", text = "【快递服务】验证码482913，请在5分钟内输入" });
        await app.Posted("/sms", new { phone = "13800000002", text = "给别人的1234" });

        var messages = (await app.Get("/sms/13800000001"))["messages"]!.AsArray();

        messages.Count.ShouldBe(2);
        messages[0]!["code"].ShouldBeNull();
        messages[1]!["code"]!.GetValue<string>().ShouldBe("482913");
        messages[1]!["text"]!.GetValue<string>().ShouldContain("5分钟");
        messages[1]!["at"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThanOrEqualTo(messages[0]!["at"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task The_same_idempotency_key_sends_one_text()
    {
        await using var app = await WorldApp.Start();

        var ids = new[] { await SendWithKey(app, "key-1"), await SendWithKey(app, "key-1"), await SendWithKey(app, "key-2") };

        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldNotBe(ids[0]);
        (await app.Get("/sms/13800000003"))["messages"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Texts_survive_a_restart()
    {
        var app = await WorldApp.Start();
        await app.Posted("/sms", new { phone = "13800000004", text = "验证码 7788" });
        await app.DisposeAsync();

        await using var again = await WorldApp.Start(directory: app.Directory);

        (await again.Get("/sms/13800000004"))["messages"]!.AsArray().Single()!["code"]!.GetValue<string>().ShouldBe("7788");
    }

    [Theory]
    [InlineData("down", HttpStatusCode.ServiceUnavailable)]
    [InlineData("refuse", HttpStatusCode.UnprocessableEntity)]
    public async Task The_operator_fails_on_purpose_until_it_is_repaired(string fault, HttpStatusCode answer)
    {
        await using var app = await WorldApp.Start();
        await app.Posted("/faults", new { sms = fault });

        (await app.Post("/sms", new { phone = "13800000005", text = "一" })).StatusCode.ShouldBe(answer);
        await app.Http.DeleteAsync("/simulator/faults");
        (await app.Post("/sms", new { phone = "13800000005", text = "二" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await app.Get("/sms/13800000005"))["messages"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "rebound.example")]
    public async Task Nobody_from_outside_reads_texts(string header, string value)
    {
        await using var app = await WorldApp.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/simulator/sms/13800000001");
        request.Headers.Add(header, value);

        (await app.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_text_without_a_phone_is_refused()
    {
        await using var app = await WorldApp.Start();

        (await app.Post("/sms", new { text = "没有号码" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    static async Task<string> SendWithKey(WorldApp app, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/simulator/sms") { Content = JsonContent.Create(new { phone = "13800000003", text = "验证码123456" }) };
        request.Headers.Add("Idempotency-Key", key);
        var answer = await (await app.Http.SendAsync(request)).Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>();
        return answer!["id"]!.GetValue<string>();
    }
}

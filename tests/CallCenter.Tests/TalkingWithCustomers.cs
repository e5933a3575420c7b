using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;

namespace Courier.CallCenter.Tests;

public sealed class TalkingWithCustomers(DeskApp desk) : IClassFixture<DeskApp>
{
    private static int _customers;

    [Fact]
    public async Task A_waiting_customer_is_seen_taken_answered_and_the_conversation_closed()
    {
        var number = await ACustomerWaits("请问我的快递到哪了，电话13800001234");
        using var browser = await desk.SignedIn("agent1001");

        var waiting = await Listed(browser, number);
        waiting.GetProperty("owner").GetString().ShouldBe("queue");
        waiting.GetProperty("lastMessage").GetString()!.ShouldContain("138****1234");
        var id = waiting.GetProperty("id").GetString();

        (await Post(browser, $"{id}/take")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Listed(browser, number)).GetProperty("mine").GetBoolean().ShouldBeTrue();
        (await Reply(browser, id!, "您好，正在为您查询", "key-00000001")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Messages(browser, id!)).Count(m => m.GetProperty("text").GetString() == "您好，正在为您查询").ShouldBe(1);
        (await Post(browser, $"{id}/close")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await All(browser)).ShouldNotContain(c => c.GetProperty("number").GetString() == number);

        using var supervisor = await desk.SignedIn("supervisor");
        var audit = (await Desk.Get(supervisor, $"/audit?subject=conversation:{id}")).GetProperty("items").EnumerateArray().ToList();
        audit.Select(e => e.GetProperty("action").GetString()).ShouldBe(["conversation.closed", "conversation.replied", "conversation.taken"]);
        audit.ShouldAllBe(e => e.GetProperty("whoName").GetString() == "agent1001");
    }

    [Fact]
    public async Task A_reply_that_is_sent_twice_with_its_key_is_one_message()
    {
        var number = await ACustomerWaits("人工");
        using var browser = await desk.SignedIn("agent1002");
        var id = (await Listed(browser, number)).GetProperty("id").GetString()!;
        await Post(browser, $"{id}/take");

        var first = await Desk.Json(await Reply(browser, id, "在的", "key-00000002"));
        var second = await Desk.Json(await Reply(browser, id, "在的", "key-00000002"));

        second.GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        (await Messages(browser, id)).Count(m => m.GetProperty("text").GetString() == "在的").ShouldBe(1);
    }

    [Fact]
    public async Task What_another_agent_has_can_neither_be_taken_nor_answered_nor_closed()
    {
        var number = await ACustomerWaits("人工");
        using var one = await desk.SignedIn("agent1003");
        using var two = await desk.SignedIn("agent1004");
        var id = (await Listed(one, number)).GetProperty("id").GetString()!;
        await Post(one, $"{id}/take");

        (await All(two)).ShouldNotContain(c => c.GetProperty("number").GetString() == number);
        (await Desk.Code(await Post(two, $"{id}/take"), HttpStatusCode.Conflict)).ShouldBe("conversation.taken");
        (await Desk.Code(await Reply(two, id, "您好", "key-00000003"), HttpStatusCode.Conflict)).ShouldBe("conversation.not_yours");
        (await Desk.Code(await Post(two, $"{id}/close"), HttpStatusCode.Conflict)).ShouldBe("conversation.not_yours");
    }

    [Fact]
    public async Task A_supervisor_sees_everybodys_conversations_and_an_agent_does_not()
    {
        var number = await ACustomerWaits("人工");
        using var agent = await desk.SignedIn("agent1005");
        var id = (await Listed(agent, number)).GetProperty("id").GetString()!;
        await Post(agent, $"{id}/take");
        using var supervisor = await desk.SignedIn("supervisor");
        using var colleague = await desk.SignedIn("agent1004");

        (await All(supervisor, "?all=true")).ShouldContain(c => c.GetProperty("number").GetString() == number && !c.GetProperty("mine").GetBoolean());
        (await All(colleague, "?all=true")).ShouldNotContain(c => c.GetProperty("number").GetString() == number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task An_empty_reply_or_one_that_WeChat_would_refuse_is_answered_with_the_field(string? text)
    {
        using var browser = await desk.SignedIn("agent1001");

        using var answer = await Reply(browser, new string('0', 32), text ?? new string('长', 683), "key-00000004");

        (await Desk.Json(answer, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("text");
    }

    private async Task<string> ACustomerWaits(string text)
    {
        var app = desk.App;
        var nr = Interlocked.Increment(ref _customers);
        var openId = OpenId.Parse($"oDeskCustomer{nr:000000}");
        var customer = await RecogniseCustomer.Execute(app.Get<Db>(), app.Clock, new("wxdemo0000000001", openId, null), default);
        var address = new ChannelAddress("wechat", "wxdemo0000000001", openId.Text);
        await AddCustomerMessage.Execute(app.Get<Db>(), app.Get<DataKeys>(), app.Clock, customer, address, "text", text, null, $"message-{nr}", default);
        return (await RequestHuman.Execute(app.Get<Db>(), app.Clock, app.Get<CalendarsOptions>(), customer, address, "查询", $"handoff-{nr}", default)).Number;
    }

    private static async Task<List<JsonElement>> All(HttpClient browser, string query = "") =>
        [.. (await Desk.Get(browser, "/conversations" + query)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> Listed(HttpClient browser, string number) =>
        (await All(browser)).Single(c => c.GetProperty("number").GetString() == number);

    private static async Task<List<JsonElement>> Messages(HttpClient browser, string id) =>
        [.. (await Desk.Get(browser, $"/conversations/{id}/messages?after=0")).GetProperty("items").EnumerateArray()];

    private static Task<HttpResponseMessage> Post(HttpClient browser, string path) => browser.PostAsJsonAsync($"/api/desk/v1/conversations/{path}", new { });

    private static Task<HttpResponseMessage> Reply(HttpClient browser, string id, string text, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/desk/v1/conversations/{id}/replies") { Content = JsonContent.Create(new { text }) };
        request.Headers.Add("Idempotency-Key", key);
        return browser.SendAsync(request);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Routing;
using Courier.Services.Staff;

namespace Courier.CallCenter.Tests.Routing;

/// <summary>What supervisors and agents do about queues, by the page's endpoints.</summary>
public sealed class KeepingQueues(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task A_supervisor_changes_a_queue_and_the_next_call_is_served_by_it()
    {
        await Refresh();
        using var browser = await desk.SignedIn("supervisor");
        var main = Queue(await Desk.Get(browser, "/queues"), "main");
        main.GetProperty("tiers").EnumerateArray().Select(t => t.GetProperty("tier").GetString()).ShouldContain("gold");
        var saved = await Desk.Json(await Put(browser, "main", Body(main, wrapUp: 33)));
        (saved.GetProperty("wrapUpSeconds").GetInt32(), saved.GetProperty("version").GetInt64()).ShouldBe((33, main.GetProperty("version").GetInt64() + 1));
        desk.App.Get<QueueBook>().Of("main").WrapUp.ShouldBe(TimeSpan.FromSeconds(33));
        (await Desk.Code(await Put(browser, "main", Body(main, wrapUp: 44)), HttpStatusCode.Conflict)).ShouldBe("queue.changed_meanwhile");
        (await Desk.Get(browser, "/audit?subject=queue:main")).GetProperty("items").EnumerateArray().ShouldContain(e => e.GetProperty("action").GetString() == "queue.saved");
    }

    [Fact]
    public async Task A_new_queue_takes_calls_at_once()
    {
        using var browser = await desk.SignedIn("supervisor");
        await Desk.Json(await browser.PutAsJsonAsync("/api/desk/v1/queues/claims", new { name = "理赔专席", skills = new[] { new { skill = "claims", level = 3 } }, hours = "00:00-24:00", version = 0 }));
        var book = desk.App.Get<QueueBook>();
        (book.Of("claims").Name, book.Of("claims").Skills[0]).ShouldBe(("理赔专席", new SkillNeed("claims", 3)));
        book.Of("unheard-of").Code.ShouldBe("main");
    }

    [Theory]
    [InlineData("Bad Code", """{"name":"x"}""", "code")]
    [InlineData("q", """{"name":" "}""", "name")]
    [InlineData("q", """{"name":"x","hours":"25:00-26:00"}""", "hours")]
    [InlineData("q", """{"name":"x","levelShare":101}""", "levelShare")]
    [InlineData("q", """{"name":"x","ringSeconds":1}""", "ringSeconds")]
    [InlineData("q", """{"name":"x","skills":[{"skill":"english","level":11}]}""", "skills")]
    [InlineData("q", """{"name":"x","skills":[{"skill":"english","level":1},{"skill":"english","level":2}]}""", "skills")]
    [InlineData("q", """{"name":"x","tiers":[{"tier":"gold","headStartSeconds":-1}]}""", "tiers")]
    [InlineData("q", """{"name":"x","overflowTo":"q"}""", "overflowTo")]
    [InlineData("q", """{"name":"x","overflowTo":"nowhere"}""", "overflowTo")]
    public async Task A_wrong_queue_names_its_field(string code, string body, string field)
    {
        using var browser = await desk.SignedIn("supervisor");
        var answer = await Desk.Json(await browser.PutAsync("/api/desk/v1/queues/" + code, new StringContent(body, null, "application/json")), HttpStatusCode.BadRequest);
        answer.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task What_an_agent_can_do_is_changed_and_counts_after_the_next_look()
    {
        using var browser = await desk.SignedIn("supervisor");
        var agent = Agent(await Desk.Get(browser, "/agents"), "agent1003");
        (await browser.PutAsJsonAsync($"/api/desk/v1/agents/{agent}/skills", new { skills = new[] { new { skill = "english", level = 8 } }, reason = "考核通过" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Refresh();
        desk.App.Get<AgentBoard>().Find(StaffId.Parse(agent))!.Skills["english"].ShouldBe(8);
        (await browser.PutAsJsonAsync($"/api/desk/v1/agents/{new string('0', 32)}/skills", new { skills = Array.Empty<object>() })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Desk.Code(await browser.PutAsJsonAsync($"/api/desk/v1/agents/{agent}/skills", new { skills = new[] { new { skill = "english", level = 0 } } }), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
    }

    [Fact]
    public async Task An_agent_is_ready_or_not_for_a_reason_and_goes_home()
    {
        await Refresh();
        using var browser = await desk.SignedIn("agent1002");
        State(await Desk.Get(browser, "/live/me")).ShouldBe("logged_out");
        desk.App.Get<AgentBoard>().SignedOn("agent1002");
        var mine = await Desk.Get(browser, "/live/me");
        (State(mine), mine.GetProperty("hasPhone").GetBoolean(), mine.GetProperty("agent").GetProperty("reason").GetString()).ShouldBe(("not_ready", true, "signed_on"));
        State(await Post(browser, "/live/me/ready")).ShouldBe("ready");
        (await Post(browser, "/live/me/not-ready", new { reason = "meal" })).GetProperty("agent").GetProperty("reason").GetString().ShouldBe("meal");
        (await Desk.Code(await browser.PostAsJsonAsync("/api/desk/v1/live/me/not-ready", new { reason = "no_answer" }), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await Desk.Code(await browser.PostAsJsonAsync("/api/desk/v1/live/me/wrap-up/end", new { }), HttpStatusCode.Conflict)).ShouldBe("agent.not_wrapping_up");
        await Post(browser, "/live/me/ready");
        var entry = desk.App.Get<CallQueues>().Join(new QueueTicket(new string('c', 32), "main", [], "gold", null, null, desk.App.Clock.GetUtcNow()));
        var reservation = await entry.NextAgent(default);
        (await Desk.Code(await browser.PostAsJsonAsync("/api/desk/v1/live/me/sign-off", new { }), HttpStatusCode.Conflict)).ShouldBe("agent.in_call");
        reservation.Answered();
        desk.App.Get<AgentBoard>().TalkEnded(reservation.Agent, entry.CallId);
        State(await Post(browser, "/live/me/wrap-up/end")).ShouldBe("ready");
        State(await Post(browser, "/live/me/sign-off")).ShouldBe("logged_out");
    }

    [Fact]
    public async Task A_supervisor_sees_the_floor_and_takes_an_agent_out()
    {
        await Refresh();
        using var agents = await desk.SignedIn("agent1004");
        using var browser = await desk.SignedIn("supervisor");
        var board = desk.App.Get<AgentBoard>();
        board.SignedOn("agent1004");
        var entry = desk.App.Get<CallQueues>().Join(new QueueTicket(new string('d', 32), "main", [], "gold", null, null, desk.App.Clock.GetUtcNow()));
        desk.App.Clock.Advance(TimeSpan.FromSeconds(7));
        var floor = await Desk.Get(browser, "/live/queues");
        var call = floor.GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("callId").GetString() == entry.CallId);
        (call.GetProperty("waitedSeconds").GetInt32(), call.GetProperty("tier").GetString(), call.GetProperty("position").GetInt32()).ShouldBe((7, "gold", 1));
        Queue(floor.GetProperty("queues"), "main").GetProperty("waiting").GetInt32().ShouldBe(1);
        var id = Agent(floor.GetProperty("agents"), "agent1004");
        (await browser.PostAsJsonAsync($"/api/desk/v1/live/agents/{id}/state", new { state = "not_ready", reason = "离岗" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Desk.Get(agents, "/live/me")).GetProperty("agent").GetProperty("reason").GetString().ShouldBe("by_supervisor");
        (await browser.PostAsJsonAsync($"/api/desk/v1/live/agents/{id}/state", new { state = "talking" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsJsonAsync($"/api/desk/v1/live/agents/{new string('0', 32)}/state", new { state = "ready" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Desk.Get(browser, $"/audit?subject=staff:{id}")).GetProperty("items").EnumerateArray().ShouldContain(e => e.GetProperty("action").GetString() == "agent.state_set");
        entry.Leave(QueueLeft.Abandoned);
    }

    [Fact]
    public async Task Reports_show_their_figures_and_open_their_calls_and_go_into_spreadsheets()
    {
        await Refresh();
        using var browser = await desk.SignedIn("supervisor");
        desk.App.Get<AgentBoard>().SignedOn("agent1005");
        var entry = desk.App.Get<CallQueues>().Join(new QueueTicket(new string('e', 32), "main", [], "standard", null, null, desk.App.Clock.GetUtcNow()));
        desk.App.Clock.Advance(TimeSpan.FromSeconds(9));
        entry.Leave(QueueLeft.Voicemail);
        (await desk.App.Get<CallJournal>().Drain(default)).ShouldBeTrue();
        var line = (await Desk.Get(browser, "/call-reports?by=queue")).GetProperty("items").EnumerateArray().Single(l => l.GetProperty("part").GetString() == "main");
        line.GetProperty("counts").GetProperty("voicemail").GetInt64().ShouldBe(1);
        var call = (await Desk.Get(browser, "/call-reports/calls?figure=voicemail&queue=main")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (call.GetProperty("callId").GetString(), call.GetProperty("waitedSeconds").GetInt64(), call.GetProperty("how").GetString()).ShouldBe((entry.CallId, 9, "voicemail"));
        System.Text.Encoding.UTF8.GetString(await browser.GetByteArrayAsync("/api/desk/v1/call-reports/csv?by=day")).ShouldStartWith("\uFEFF名称,进线");
        (await browser.GetStringAsync("/api/desk/v1/call-reports/calls/csv?figure=voicemail")).ShouldContain($"{entry.CallId},main,standard,1,9,转留言");
        foreach (var wrong in new[] { "?by=month", "?from=yesterday", "?from=2025-01-01&to=2026-01-01", "/calls?figure=luck" })
            (await browser.GetAsync("/api/desk/v1/call-reports" + wrong)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
    }

    [Fact]
    public async Task Agents_keep_no_queues_and_see_no_reports()
    {
        using var browser = await desk.SignedIn("agent1001");
        foreach (var path in new[] { "/queues", "/agents", "/call-backs", "/call-reports", "/live/queues" })
            (await browser.GetAsync("/api/desk/v1" + path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        using var supervisor = await desk.SignedIn("supervisor");
        (await supervisor.GetAsync("/api/desk/v1/live/me")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Desk.Get(supervisor, "/call-backs")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await supervisor.PostAsJsonAsync("/api/desk/v1/call-backs/nobody/cancel", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task Refresh() => desk.App.Get<RoutingData>().Refresh(default);

    private static string? State(JsonElement mine) => mine.GetProperty("agent").GetProperty("state").GetString();

    private static JsonElement Queue(JsonElement queues, string code) =>
        (queues.ValueKind == JsonValueKind.Array ? queues : queues.GetProperty("items")).EnumerateArray().Single(q => q.GetProperty("code").GetString() == code);

    private static string Agent(JsonElement agents, string user) =>
        (agents.ValueKind == JsonValueKind.Array ? agents : agents.GetProperty("items")).EnumerateArray().Single(a => a.GetProperty("phoneUser").GetString() == user).GetProperty("id").GetString()!;

    private static Dictionary<string, object?> Body(JsonElement queue, int wrapUp)
    {
        var body = queue.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value.Clone());
        body["wrapUpSeconds"] = wrapUp;
        return body;
    }

    private static Task<HttpResponseMessage> Put(HttpClient browser, string code, object body) => browser.PutAsJsonAsync("/api/desk/v1/queues/" + code, body);

    private static async Task<JsonElement> Post(HttpClient browser, string path, object? body = null) => await Desk.Json(await browser.PostAsJsonAsync("/api/desk/v1" + path, body ?? new { }));
}

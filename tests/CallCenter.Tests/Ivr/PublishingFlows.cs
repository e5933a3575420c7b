using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.CallCenter.Ivr;
using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Tests.Ivr;

/// <summary>Flows and prompts as operators and reviewers change them, over HTTP.</summary>
public sealed class PublishingFlows(DeskApp desk) : IClassFixture<DeskApp>
{
    private const string Editions = "/ivr/flows/survey/editions";

    [Fact]
    public async Task A_draft_is_reviewed_by_a_second_person_published_without_a_restart_and_rolled_back()
    {
        using var author = await desk.SignedIn("operator");
        using var second = await desk.SignedIn("supervisor");
        (await Heard()).ShouldBe("请为这次服务评分，非常满意请按五，满意请按四，一般请按三，不满意请按二，非常不满意请按一。");
        var view = await Sent(author, "", new { }, HttpStatusCode.Created);
        var number = view.GetProperty("edition").GetProperty("number").GetInt64();
        (await Refused(author, "", new { }, HttpStatusCode.Conflict)).ShouldBe("edition.open_exists");

        view = await Put(author, number, view, content => content["nodes"]![0]!["say"] = "");
        var problem = view.GetProperty("problems")[0];
        (problem.GetProperty("path").GetString(), problem.GetProperty("field").GetString()).ShouldBe(("nodes/0", "say"));
        (await Refused(author, $"/{number}/submit", Step(view), HttpStatusCode.Conflict)).ShouldBe("edition.problems");

        view = await Put(author, number, view, content => content["nodes"]![0]!["say"] = "请按一到五评分。");
        view.GetProperty("compared").EnumerateArray().ShouldContain(l => l.GetProperty("change").GetString() == "added" && l.GetProperty("text").GetString()!.Contains("请按一到五评分"));
        (await Refused(author, $"/{number}/publish", Step(view), HttpStatusCode.Conflict)).ShouldBe("edition.not_approved");
        var stale = Step(view);
        view = await Sent(author, $"/{number}/submit", new { version = Version(view), remark = "短一点" });
        (await Refused(author, $"/{number}/approve", Step(view), HttpStatusCode.Forbidden)).ShouldNotBeNull();
        (await Refused(second, $"/{number}/approve", stale, HttpStatusCode.Conflict)).ShouldBe("edition.changed");
        (await Refused(second, $"/{number}/send-back", Step(view), HttpStatusCode.Conflict)).ShouldBe("edition.comment_missing");
        view = await Sent(second, $"/{number}/approve", Step(view));
        view.GetProperty("may").GetProperty("publish").GetBoolean().ShouldBeFalse(); // the reviewer is no operator
        (await Heard()).ShouldStartWith("请为这次服务评分");

        view = await Sent(author, $"/{number}/publish", Step(view));
        view.GetProperty("edition").GetProperty("state").GetString().ShouldBe("published");
        (await Heard()).ShouldBe("请按一到五评分。");
        (await Desk.Get(author, "/ivr/flows")).GetProperty("items").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "survey").GetProperty("liveNumber").GetInt64().ShouldBe(number);

        var back = await Sent(author, "/1/rollback", new { remark = "还是原来的好" });
        back.GetProperty("edition").GetProperty("number").GetInt64().ShouldBe(number + 1);
        (await Sent(author, "/1/rollback", new { })).GetProperty("edition").GetProperty("number").GetInt64().ShouldBe(number + 1);
        (await Heard()).ShouldStartWith("请为这次服务评分");
        back.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("action").GetString()).ShouldBe(["flow.rolled_back"]);
        (await Desk.Get(second, Editions)).GetProperty("items")[0].GetProperty("origin").GetString().ShouldBe("rollback");
        (await author.GetAsync("/api/desk/v1/ivr/flows/nowhere/editions/1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Refused(author, "/99/rollback", new { }, HttpStatusCode.NotFound)).ShouldBe("request.not_found");
    }

    [Fact]
    public async Task A_preview_says_what_callers_hear_and_shows_no_customer()
    {
        using var someone = await desk.SignedIn("supervisor");

        var first = await Played(someone, []);
        first.GetProperty("waits").GetString().ShouldBe("outcome"); // who calls is chosen, nobody is looked up
        Lines(first, "said").ShouldBe(["您好，欢迎致电快递服务热线。"]);
        first.GetProperty("outcomes").EnumerateArray().Select(o => o.GetProperty("name").GetString()).ShouldBe(["known", "unknown"]);

        object[] steps = [new { outcome = "known" }, new { outcome = "none" }, new { outcome = "one" }, new { keys = "1" }, new { keys = "1234567890123#" }, new { outcome = "found" }, new { keys = "0" }, new { outcome = "open" }, new { outcome = "none" }, new { outcome = "gold" }];
        var played = await Played(someone, steps);
        Lines(played, "said").ShouldContain("〔快件的状态〕");
        Lines(played, "said").ShouldContain("感谢您一直以来的支持，将优先为您接通。");
        Lines(played, "end").ShouldBe(["转人工：main"]);
        Lines(played, "node").Take(5).ShouldBe(["welcome", "who", "incident", "mine", "say_one"]);
        (await Played(someone, steps[..3])).GetProperty("waits").GetString().ShouldBe("keys");

        foreach (var wrong in new object[] { new { steps = (object?)null }, new { steps = new object[] { new { keys = "x" } } }, new { steps = new object[] { new { keys = "1", outcome = "known" } } }, new { steps = new object[] { new { keys = "1" } } } })
            (await Desk.Code(await someone.PostAsJsonAsync("/api/desk/v1/ivr/flows/main/editions/1/preview", wrong), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
    }

    [Fact]
    public async Task The_report_of_nodes_is_read_by_edition_and_days()
    {
        using var someone = await desk.SignedIn("supervisor");
        using (var caller = new ScriptedCaller(await desk.App.Get<Prompts>().Current(default), ScriptedCaller.Call(desk.App.Clock, "13900009999"), ["3"]))
            await Should.ThrowAsync<OperationCanceledException>(() => desk.App.Get<Flows>().Run(caller, default));
        await desk.App.Get<NodeCounts>().Flush(default);

        var report = await Desk.Get(someone, "/ivr/flows/main/editions/1/report");
        report.GetProperty("items").EnumerateArray().Single(n => n.GetProperty("node").GetString() == "wish_menu").GetProperty("hungUp").GetInt64().ShouldBe(1);
        (await Desk.Get(someone, "/ivr/flows/main/editions/2/report")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Desk.Code(await someone.GetAsync("/api/desk/v1/ivr/flows/main/editions/1/report?since=2026-01-01"), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");

        await desk.App.RunJob("ivr.purge_counts");
        (await Desk.Get(someone, "/ivr/flows/main/editions/1/report")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_prompt_is_rewritten_listened_to_and_replaced_by_a_recording()
    {
        using var someone = await desk.SignedIn("operator");
        (await someone.PutAsJsonAsync("/api/desk/v1/ivr/prompts/main.goodbye", new { text = "再会，祝您愉快。" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var prompt = await Prompt(someone, "main.goodbye");
        (prompt.GetProperty("text").GetString(), prompt.GetProperty("isRecorded").GetBoolean()).ShouldBe(("再会，祝您愉快。", false));
        prompt.GetProperty("changedBy").GetString().ShouldNotBeNullOrEmpty();
        var spoken = await someone.GetByteArrayAsync("/api/desk/v1/ivr/prompts/main.goodbye/sound");
        System.Text.Encoding.ASCII.GetString(spoken, 0, 4).ShouldBe("RIFF");

        (await Desk.Code(await someone.PutAsJsonAsync("/api/desk/v1/ivr/prompts/main.goodbye/recording", new { content = new byte[] { 1, 2, 3 } }), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await someone.PutAsJsonAsync("/api/desk/v1/ivr/prompts/main.goodbye/recording", new { content = spoken })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Prompt(someone, "main.goodbye")).GetProperty("isRecorded").GetBoolean().ShouldBeTrue();
        (await someone.DeleteAsync("/api/desk/v1/ivr/prompts/main.goodbye/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await someone.DeleteAsync("/api/desk/v1/ivr/prompts/main.goodbye/recording")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await someone.PutAsJsonAsync("/api/desk/v1/ivr/prompts/season.greeting", new { text = "新年快乐。" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Prompt(someone, "season.greeting")).GetProperty("text").GetString().ShouldBe("新年快乐。");
        foreach (var (name, text) in new[] { ("UPPER", "您好"), ("main.goodbye", ""), ("main.goodbye", "一\n二"), ("main.goodbye", new string('好', 301)) })
            (await Desk.Code(await someone.PutAsJsonAsync("/api/desk/v1/ivr/prompts/" + name, new { text }), HttpStatusCode.BadRequest)).ShouldBe("request.field_invalid");
        (await someone.PutAsJsonAsync("/api/desk/v1/ivr/prompts/no.such/recording", new { content = spoken })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await someone.GetAsync("/api/desk/v1/ivr/prompts/no.such/sound")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var admin = await desk.SignedIn("admin");
        (await Desk.Get(admin, "/audit?subject=prompt:main.goodbye")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString())
            .ShouldBe(["prompt.recording_removed", "prompt.recorded", "prompt.changed"]);
    }

    // What the next caller hears first: without a restart, a second at most after it was published.
    private async Task<string> Heard()
    {
        desk.App.Clock.Advance(TimeSpan.FromSeconds(1));
        using var caller = new ScriptedCaller(await desk.App.Get<Prompts>().Current(default), ScriptedCaller.Call(desk.App.Clock, ""), []);
        await Should.ThrowAsync<OperationCanceledException>(() => desk.App.Get<Flows>().RunSurvey(caller, default));
        return caller.Heard[0];
    }

    private static long Version(JsonElement view) => view.GetProperty("edition").GetProperty("version").GetInt64();

    private static object Step(JsonElement view) => new { version = Version(view) };

    private static async Task<JsonElement> Put(HttpClient browser, long number, JsonElement view, Action<JsonNode> change)
    {
        var content = JsonNode.Parse(view.GetProperty("content").GetRawText())!;
        change(content);
        return await Desk.Json(await browser.PutAsJsonAsync($"/api/desk/v1{Editions}/{number}", new { version = Version(view), content }));
    }

    private static async Task<JsonElement> Sent(HttpClient browser, string path, object body, HttpStatusCode status = HttpStatusCode.OK) => await Desk.Json(await Post(browser, path, body), status);

    private static async Task<string?> Refused(HttpClient browser, string path, object body, HttpStatusCode status) => await Desk.Code(await Post(browser, path, body), status);

    private static Task<HttpResponseMessage> Post(HttpClient browser, string path, object body) =>
        browser.PostAsJsonAsync($"/api/desk/v1{Editions}{path}", body);

    private static async Task<JsonElement> Played(HttpClient browser, object[] steps) => await Desk.Json(await browser.PostAsJsonAsync("/api/desk/v1/ivr/flows/main/editions/1/preview", new { steps }));

    private static List<string?> Lines(JsonElement played, string kind) =>
        [.. played.GetProperty("lines").EnumerateArray().Where(l => l.GetProperty("kind").GetString() == kind).Select(l => l.GetProperty("text").GetString())];

    private static async Task<JsonElement> Prompt(HttpClient browser, string name) =>
        (await Desk.Get(browser, "/ivr/prompts")).GetProperty("items").EnumerateArray().Single(p => p.GetProperty("name").GetString() == name);
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Two hundred callers within two seconds, and three agents.</summary>
public sealed class ManyCallersAtOnce(TelephoneApp telephone) : IClassFixture<TelephoneApp>
{
    private const int Callers = 200, Served = 3;

    [Fact]
    public async Task Each_is_answered_in_the_one_order_or_gives_up_none_is_lost_and_the_reports_agree()
    {
        await using var one = await telephone.AnAgent("agent1001", "demo-1001", hertz: 400);
        await using var two = await telephone.AnAgent("agent1002", "demo-1002", hertz: 500);
        await using var three = await telephone.AnAgent("agent1003", "demo-1003", hertz: 600);
        await NoWorkAfterCalls();
        var scenario = new SippScenario().From("sip:13800138500@carrier.example").Invite().ExpectRinging().Expect(200).Ack().Info('0', 2).Expect(200).WaitForBye(20_000, ownCseq: 3);
        using var sipp = telephone.Sipp("95300", scenario, "-m", $"{Callers}", "-r", "100", "-l", $"{Callers}");

        await Task.WhenAll(Serve("agent1001"), Serve("agent1002"), Serve("agent1003"));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);

        var (answered, abandoned) = await Entries();
        answered.Concat(abandoned).Select(e => e.GetProperty("callId").GetString()).Distinct().Count().ShouldBe(Callers);
        foreach (var passed in abandoned) answered.ShouldNotContain(e => IsBefore(e, passed), passed.ToString());
        foreach (var by in new[] { "queue", "hour" })
        {
            var lines = (await Desk.Get(telephone.Supervisor, "/call-reports?by=" + by)).GetProperty("items").EnumerateArray().Where(l => l.GetProperty("part").GetString() != "").Select(l => l.GetProperty("counts")).ToList();
            lines.Sum(c => c.GetProperty("offered").GetInt64()).ShouldBe(Callers);
            lines.Sum(c => c.GetProperty("answered").GetInt64()).ShouldBe(answered.Count);
            lines.Sum(c => c.GetProperty("abandoned").GetInt64() + c.GetProperty("shortAbandoned").GetInt64()).ShouldBe(abandoned.Count);
        }
        var now = await Desk.Get(telephone.Supervisor, "/live/telephone");
        now.GetProperty("calls").GetInt32().ShouldBe(0);
    }

    // An agent whose calls end at once, until there were some.
    private async Task Serve(string agent)
    {
        using var browser = await telephone.SignedIn(agent);
        var served = new HashSet<string>();
        await Wait.Until(async () =>
        {
            var me = (await Desk.Get(browser, "/live/me")).GetProperty("agent");
            if (me.GetProperty("state").GetString() == "talking" && me.GetProperty("callId").GetString() is { } call && served.Add(call))
                (await telephone.Supervisor.PostAsync($"/api/desk/v1/live/calls/{call}/hangup", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            return served.Count == Served;
        }, agent + " has served some");
    }

    // Somebody who joined later was answered while the other still waited. Two at one moment have no order, and who is being rung for waits no more.
    private static bool IsBefore(JsonElement answered, JsonElement waiting) =>
        At(answered, "joinedAt") > At(waiting, "joinedAt").AddMilliseconds(200) && At(answered, "leftAt").AddSeconds(2) < At(waiting, "leftAt");

    private static DateTimeOffset At(JsonElement entry, string field) => entry.GetProperty(field).GetDateTimeOffset();

    private async Task NoWorkAfterCalls()
    {
        var queue = JsonNode.Parse((await Desk.Get(telephone.Supervisor, "/queues")).GetProperty("items").EnumerateArray().Single(q => q.GetProperty("code").GetString() == "main").GetRawText())!;
        (queue["wrapUpSeconds"], queue["maxLength"], queue["reason"]) = (0, Callers, "试用");
        await Desk.Json(await telephone.Supervisor.PutAsJsonAsync("/api/desk/v1/queues/main", queue));
    }

    private async Task<(List<JsonElement> Answered, List<JsonElement> Abandoned)> Entries()
    {
        (List<JsonElement> Answered, List<JsonElement> Abandoned) all = ([], []);
        await Wait.Until(async () => (all = (await All("answered"), await All("abandoned"))).Answered.Count + all.Abandoned.Count == Callers, "every caller is counted");
        return all;
    }

    private async Task<List<JsonElement>> All(string figure)
    {
        List<JsonElement> all = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = await Desk.Get(telephone.Supervisor, $"/call-reports/calls?figure={figure}&limit=100{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        return all;
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Courier.Testing;

namespace Courier.Host.Tests.Journeys;

/// <summary>A short day from a file against the whole product on SQLite: played, reported, and doubled by no second run.</summary>
public sealed class ReplayingADay
{
    private const string OpenId = "oDay0001CustomerOfTheShortDay";
    private const string Waybill = "CY2606180000012";
    private const string Phone = "13900030001";

    [Fact]
    public async Task A_day_is_answered_and_pushed_and_playing_it_again_doubles_nothing()
    {
        await using var app = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Sandbox:Plays"] = "false", ["Notifications:QuietHours"] = "" } });
        var report = await Play(app, again: false);
        Text(report, "state").ShouldBe("done", report.ToJsonString());
        Number(report, "errorCount").ShouldBe(0, report.ToJsonString());
        Number(report, "movesRejected").ShouldBe(0, report.ToJsonString());
        Number(report, "movesWaiting").ShouldBe(0);
        Number(report, "questions").ShouldBe(5);
        Number(report, "answered").ShouldBe(5, report.ToJsonString());
        Number(report, "moves").ShouldBe(4);

        var pushed = await Pushes(app);
        pushed.ShouldBeGreaterThan(0, "somebody who asked for a parcel is told when it moves");
        var customers = (await Inbox(app)).Count;

        (await Play(app, again: false))["played"]!.GetValue<int>().ShouldBe(1, "only following is asked for once more");
        (await Pushes(app)).ShouldBe(pushed);
        (await Inbox(app)).Count.ShouldBe(customers);

        Number(await Play(app, again: true), "movesRejected").ShouldBe(0);
        (await Pushes(app)).ShouldBe(pushed, "the same events under the same ids tell nobody anything again");
    }

    [Fact]
    public async Task What_happened_can_be_recorded_and_is_a_day_that_another_product_plays()
    {
        string recorded;
        await using (var first = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Sandbox:Plays"] = "false" } }))
        {
            var from = first.Clock.GetUtcNow().AddMinutes(-5);
            await Play(first, again: false);
            recorded = await first.Http.GetStringAsync($"/simulator/recording?from={Uri.EscapeDataString(from.ToString("O"))}&to={Uri.EscapeDataString(from.AddHours(1).ToString("O"))}&name=recorded");
        }
        recorded.ShouldContain("\"kind\":\"click\"".Replace("kind", "type", StringComparison.Ordinal));
        await using var second = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Sandbox:Plays"] = "false" } });
        var report = await Play(second, again: false, recorded);
        Number(report, "errorCount").ShouldBe(0, report.ToJsonString());
        (Number(report, "parcels"), Number(report, "moves"), Number(report, "answered")).ShouldBe((1, 4, 5), report.ToJsonString());
    }

    private static async Task<JsonNode> Play(CourierApp app, bool again, string? lines = null)
    {
        using var answer = await app.Http.PostAsJsonAsync("/simulator/replay", new { lines = lines ?? Day, speed = 0, again, wait = true });
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        for (var minute = 0; minute < 3; minute++)   // Several changes at once are told together after a while.
        {
            await app.Settle();
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await app.Settle();
        return JsonNode.Parse(text)!;
    }

    private static async Task<int> Pushes(CourierApp app) => (await Inbox(app)).Count(entry => entry["kind"]!.GetValue<string>() != "passive");

    private static async Task<IReadOnlyList<JsonNode>> Inbox(CourierApp app) =>
        [.. JsonNode.Parse(await app.Http.GetStringAsync($"/sandbox/control/inbox/{OpenId}"))!["entries"]!.AsArray().Select(entry => entry!)];

    private static string Text(JsonNode report, string name) => report[name]!.GetValue<string>();
    private static int Number(JsonNode report, string name) => report[name]!.GetValue<int>();

    private static string Day { get; } = new StringBuilder()
        .AppendLine("""{"kind":"day","at":0,"name":"a short day","seconds":86400}""")
        .AppendLine($$"""{"kind":"parcel","at":-7200,"waybill":"{{Waybill}}","from":"上海","to":"杭州","recipientPhone":"{{Phone}}","weightGrams":1200,"promisedAfter":172800}""")
        .AppendLine(Move(-3600, "picked_up", "上海市", "上海张江营业点", "【上海市】快件已由【上海张江营业点】揽收"))
        .AppendLine($$"""{"kind":"customer","at":1,"openId":"{{OpenId}}","nickname":"甲","phone":"{{Phone}}"}""")
        .AppendLine(Say(3600, $"\"{Waybill}\""))
        .AppendLine(Say(3630, $"\"{Phone[^4..]}\""))
        .AppendLine(Move(7200, "departed", "上海市", "上海浦江转运中心", "快件在【上海浦江转运中心】完成分拣，已发往【杭州萧山转运中心】"))
        .AppendLine(Move(28800, "out_for_delivery", "杭州市", "杭州文三路营业点", "【杭州市】快件正在派送途中，请您准备签收"))
        .AppendLine(Say(30000, $$"""{"type":"scancode_waitmsg","key":"scan","code":"CODE_128,{{Waybill}}"}"""))
        .AppendLine(Say(31000, """{"type":"click","key":"my_parcels"}"""))
        .AppendLine(Say(32000, """{"type":"location","lat":30.2331,"lng":120.1852,"label":"杭州"}"""))
        .AppendLine(Move(36000, "signed", "杭州市", "杭州文三路营业点", "快件已签收，签收人：本人"))
        .ToString();

    private static string Move(int at, string code, string city, string place, string text) =>
        $$"""{"kind":"move","at":{{at}},"waybill":"{{Waybill}}","code":"{{code}}","city":"{{city}}","place":"{{place}}","text":"{{text}}"}""";

    private static string Say(int at, string message) => $$"""{"kind":"say","at":{{at}},"openId":"{{OpenId}}","message":{{message}}}""";
}

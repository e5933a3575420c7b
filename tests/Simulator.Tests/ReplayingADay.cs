using System.Text.Json.Nodes;
using Courier.Simulator.Tests.Kit;

namespace Courier.Simulator.Tests;

public sealed class ReplayingADay
{
    const string Day = """
        {"kind":"day","at":0,"name":"a short day","seconds":600}
        {"kind":"parcel","at":-60,"waybill":"CY2606180000012","from":"上海","to":"杭州","recipientPhone":"13900030001","weightGrams":1200,"promisedAfter":172800}
        {"kind":"move","at":-30,"waybill":"CY2606180000012","code":"picked_up","city":"上海市","place":"张江营业点","text":"快件已揽收"}
        {"kind":"customer","at":1,"openId":"oDay0001","nickname":"甲","phone":"13900030001"}
        {"kind":"say","at":10,"openId":"oDay0001","message":{"type":"text","content":"CY2606180000012"}}
        {"kind":"say","at":20,"openId":"oDay0001","message":{"type":"text","content":"0001"}}
        {"kind":"move","at":30,"waybill":"CY2606180000012","code":"signed","city":"杭州市","place":"文三路营业点","text":"快件已签收"}
        {"kind":"sms","at":31,"phone":"13900030001","text":"这一行只供对照"}
        """;

    [Fact]
    public async Task A_day_is_played_in_its_order_and_reported()
    {
        await using var app = await WorldApp.Start(Still);
        var report = await Play(app);
        report["state"]!.GetValue<string>().ShouldBe("done");
        Numbers(report, "played", "playedBefore", "customers", "parcels", "moves", "movesWaiting", "questions", "errorCount").ShouldBe([6, 0, 1, 1, 2, 0, 2, 0]);
        app.Product.EventsOf("CY2606180000012").Select(event_ => ReceivingProduct.Text(event_, "code")).ShouldBe(["picked_up", "signed"]);
        app.Product.Waybills.ShouldHaveSingleItem()["recipient"]!["phone"]!.GetValue<string>().ShouldBe("13900030001");
        app.Phones.Said.ShouldBe([("oDay0001", "CY2606180000012"), ("oDay0001", "0001")]);
    }

    [Fact]
    public async Task A_second_run_plays_nothing_and_telling_all_again_gives_the_product_the_same_ids()
    {
        await using var app = await WorldApp.Start(Still);
        await Play(app);
        var batches = app.Product.EventBatches.Count;
        Numbers(await Play(app), "played", "playedBefore").ShouldBe([1, 5], "following is asked for again, which changes nothing");
        app.Product.EventBatches.Count.ShouldBe(batches);
        app.Phones.Said.Count.ShouldBe(2);

        await Play(app, again: true);
        app.Product.EventBatches.Count.ShouldBeGreaterThan(batches);
        app.Product.Events.Count.ShouldBe(2, "the same ids again");
        app.Product.Waybills.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_program_on_the_same_directory_goes_on_where_the_old_one_was()
    {
        var product = new ReceivingProduct(TimeProvider.System);
        var phones = new PhonePlatform();
        string directory;
        await using (var first = await WorldApp.Start(Still, product: product, phones: phones))
        {
            directory = first.Directory;
            await Play(first);
        }
        await using var second = await WorldApp.Start(Still, directory: directory, product: product, phones: phones);
        Numbers(await Play(second), "played", "playedBefore").ShouldBe([1, 5]);
        phones.Said.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_day_can_be_played_faster_than_it_was()
    {
        await using var app = await WorldApp.Start(Still);
        var report = await Play(app, speed: 600);
        report["seconds"]!.GetValue<double>().ShouldBeInRange(0.05, 20);
        var events = app.Product.EventsOf("CY2606180000012");
        events.Count.ShouldBe(2);
        ReceivingProduct.Time(events[1]).ShouldBeGreaterThan(ReceivingProduct.Time(events[0]));
    }

    [Fact]
    public async Task A_line_to_the_product_that_breaks_only_delays_the_day()
    {
        await using var app = await WorldApp.Start(Still);
        app.Product.RefuseNext = 2;
        Numbers(await Play(app), "moves", "movesWaiting").ShouldBe([2, 0]);
        app.Product.Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_the_product_refuses_and_what_goes_wrong_is_in_the_report()
    {
        await using var app = await WorldApp.Start(Still);
        app.Product.RejectedCode = "signed";
        app.Phones.FailNext = 1;
        var report = await Play(app);
        Numbers(report, "movesRejected", "errorCount").ShouldBe([1, 1]);
        report["errors"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("503");
    }

    [Theory]
    [InlineData("""{"kind":"move"}""", "第一行")]
    [InlineData("""{"kind":"day","at":0,"name":"x","seconds":1}_{"kind":"dance","at":1}""", "第 2 行")]
    [InlineData("""{"kind":"day","at":0,"name":"x","seconds":1}_what""", "第 2 行")]
    public async Task A_file_that_cannot_be_read_says_which_line(string lines, string words)
    {
        await using var app = await WorldApp.Start(Still);
        using var answer = await app.Post("/replay", new { lines = lines.Replace('_', '\n') });
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Fact]
    public async Task Before_any_run_there_is_no_report_and_a_file_must_exist()
    {
        await using var app = await WorldApp.Start(Still);
        ((int)(await app.Http.GetAsync("/simulator/replay")).StatusCode).ShouldBe(404);
        ((int)(await app.Post("/replay", new { file = "/no/such/file" })).StatusCode).ShouldBe(400);
        ((int)(await app.Post("/replay", new { speed = -1 })).StatusCode).ShouldBe(400);
    }

    static void Still(SimulatorOptions options) => options.Plays = false;

    static Task<JsonNode> Play(WorldApp app, double speed = 0, bool again = false) => app.Posted("/replay", new { lines = Day, speed, again, wait = true });

    static IReadOnlyList<int> Numbers(JsonNode report, params string[] names) => [.. names.Select(name => report[name]!.GetValue<int>())];
}

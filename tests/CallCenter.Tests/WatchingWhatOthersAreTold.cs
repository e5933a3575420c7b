using System.Net;
using System.Net.Http.Json;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Tests;

/// <summary>The delivery log of messages to other systems, as operators see it.</summary>
public sealed class WatchingWhatOthersAreTold(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task What_waits_is_listed_without_what_it_says()
    {
        var (waiting, done) = (await AMessage("a1", "waiting"), await AMessage("a2", "done"));
        using var browser = await desk.SignedIn("operator");
        var all = (await Desk.Get(browser, "/operations/webhooks")).GetProperty("items").EnumerateArray().ToList();
        all.Select(w => w.GetProperty("id").GetString()).ShouldContain(done);
        var row = (await Desk.Get(browser, "/operations/webhooks?state=waiting")).GetProperty("items").EnumerateArray().Single(w => w.GetProperty("id").GetString() == waiting);
        (row.GetProperty("event").GetString(), row.GetProperty("lastStatus").GetInt32(), row.GetProperty("lastError").GetString()).ShouldBe(("order.placed.v1", 503, "HTTP 503"));
        row.ToString().ShouldNotContain("a-cipher");
        (await Desk.Get(browser, "/operations/webhooks?state=waiting")).ToString().ShouldNotContain(done);
    }

    [Fact]
    public async Task It_is_tried_again_or_given_up_by_people_and_that_is_on_record()
    {
        var id = await AMessage("b1", "waiting");
        using var browser = await desk.SignedIn("operator");
        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/webhooks/{id}/retry", new { reason = "对方已恢复" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.App.Get<Db>().First<long>("select next_at from orders_webhooks where id = @id", new { id })).ShouldBe(desk.App.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/webhooks/{id}/drop", new { reason = "已人工录入" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.App.Get<Db>().First<string>("select status from orders_webhooks where id = @id", new { id })).ShouldBe("dropped");
        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/webhooks/{id}/drop", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/webhooks/{id}/retry", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var admin = await desk.SignedIn("admin");
        (await Desk.Get(admin, $"/audit?subject=webhook:{id}")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()).Order()
            .ShouldBe(["webhooks.dropped", "webhooks.retried"]);
    }

    [Fact]
    public async Task Agents_do_not_see_it()
    {
        using var browser = await desk.SignedIn("agent1001");
        (await browser.GetAsync("/api/desk/v1/operations/webhooks")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    // For a target that is not configured: nothing sends it meanwhile.
    private async Task<string> AMessage(string mark, string status)
    {
        var id = mark.PadRight(32, '0');
        await desk.App.Get<Db>().InTransaction(tx => tx.InsertRows("orders_webhooks",
            ["id", "target", "event", "aggregate", "version", "body_cipher", "status", "attempts", "next_at", "last_status", "last_error", "created_at"],
            [[id, "a-target-of-nobody", "order.placed.v1", "order:" + mark, 1, "a-cipher", status, 3, 0, 503, "HTTP 503", 0]]));
        return id;
    }
}

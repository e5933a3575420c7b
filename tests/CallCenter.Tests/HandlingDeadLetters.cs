using System.Net;
using System.Net.Http.Json;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Tests;

public sealed class HandlingDeadLetters(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task A_dead_delivery_is_listed_with_its_error_and_without_telephone_numbers()
    {
        var id = await ADeadDelivery("a1");
        using var browser = await desk.SignedIn("operator");

        var letter = (await Desk.Get(browser, "/operations/dead-letters")).GetProperty("items").EnumerateArray().Single(l => l.GetProperty("id").GetString() == id);

        letter.GetProperty("handler").GetString().ShouldBe("test.fails");
        letter.GetProperty("lastError").GetString().ShouldBe("no answer for 138****1234");
    }

    [Fact]
    public async Task Requeued_it_is_pending_again_and_on_record()
    {
        var id = await ADeadDelivery("b2");
        using var browser = await desk.SignedIn("operator");

        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/dead-letters/{id}/requeue", new { reason = "对方已恢复" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await Status(id)).ShouldBe("pending");
        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/dead-letters/{id}/requeue", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var entry = (await Audit(id)).Single();
        (entry.Action, entry.Who, entry.Reason).ShouldBe(("events.requeued", "operator", "对方已恢复"));
    }

    [Fact]
    public async Task Dropped_it_is_gone_for_good_and_on_record()
    {
        var id = await ADeadDelivery("c3");
        using var browser = await desk.SignedIn("admin");

        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/dead-letters/{id}/drop", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await Status(id)).ShouldBe("superseded");
        (await browser.PostAsJsonAsync($"/api/desk/v1/operations/dead-letters/{id}/drop", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Audit(id)).Select(e => (e.Action, e.Who)).ShouldBe([("events.dropped", "admin")]);
    }

    private async Task<string> ADeadDelivery(string mark)
    {
        var id = mark.PadRight(32, '0');
        await desk.App.Get<Db>().InTransaction(async tx =>
        {
            await tx.Execute("insert into outbox_messages (id, name, aggregate, version, body, created_at) values (@id, 'test.happened.v1', 'test:1', 1, '{}', 0)", new { id });
            await tx.Execute(
                """
                insert into outbox_deliveries (id, message_id, handler, aggregate, version, delivery_order, status, attempts, next_at, last_error, finished_at)
                values (@id, @id, 'test.fails', 'test:1', 1, 'none', 'dead', 9, 0, 'no answer for 13800001234', 1)
                """, new { id });
        });
        return id;
    }

    private Task<string?> Status(string id) => desk.App.Get<Db>().First<string>("select status from outbox_deliveries where id = @id", new { id });

    private async Task<IReadOnlyList<(string Action, string Who, string Reason)>> Audit(string id)
    {
        using var admin = await desk.SignedIn("admin");
        return [.. (await Desk.Get(admin, $"/audit?subject=delivery:{id}")).GetProperty("items").EnumerateArray()
            .Select(e => (e.GetProperty("action").GetString()!, e.GetProperty("whoName").GetString()!, e.GetProperty("reason").GetString()!))];
    }
}

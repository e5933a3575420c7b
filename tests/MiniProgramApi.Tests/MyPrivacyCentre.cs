using System.IO.Compression;
using System.Net;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Insight;
using Courier.Services.Staff;

namespace Courier.MiniProgramApi.Tests;

public sealed class MyPrivacyCentre(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task An_export_is_a_zip_with_a_receipt_and_five_a_day_are_enough()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        using var answer = await me.GetAsync("/api/customer/v1/privacy/export");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var receipt = answer.Headers.GetValues("X-Courier-Receipt").Single();
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);
        zip.Entries.Select(e => e.Name).ShouldBe(["README.txt", "customers.json", "profile.json"], ignoreOrder: true);
        using var reader = new StreamReader(zip.GetEntry("customers.json")!.Open());
        (await reader.ReadToEndAsync()).ShouldContain(phone);
        for (var i = 0; i < 4; i++) (await me.GetAsync("/api/customer/v1/privacy/export")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ApiApp.Send(me, HttpMethod.Get, "privacy/export")).ShouldBeRefused(HttpStatusCode.Conflict, "privacy.export_too_often");
        var kept = await app.Send(HttpMethod.Get, "privacy/receipts/" + receipt);
        kept.Json.GetProperty("state").GetString().ShouldBe("done");
        (await app.Send(HttpMethod.Get, "privacy/receipts/C20261122-AAAAAAAA")).ShouldBeRefused(HttpStatusCode.NotFound, "receipt.unknown");
    }

    [Fact]
    public async Task Closing_the_account_can_be_undone_until_it_is_due_and_then_the_person_is_gone()
    {
        var me = await app.ACustomer(app.NewPhone());
        var closing = await ApiApp.Send(me, HttpMethod.Delete, "privacy/account", idempotencyKey: "close-1");
        var receipt = closing.Json.GetProperty("receipt").GetString()!;
        closing.Json.GetProperty("state").GetString().ShouldBe("waiting");
        closing.Json.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(app.App.Clock.GetUtcNow().AddDays(7));
        (await ApiApp.Send(me, HttpMethod.Get, "privacy")).Json.GetProperty("closure").GetProperty("receipt").GetString().ShouldBe(receipt);
        (await ApiApp.Send(me, HttpMethod.Post, "privacy/account/restore")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(me, HttpMethod.Post, "privacy/account/restore")).ShouldBeRefused(HttpStatusCode.Conflict, "privacy.no_closure");
        var again = (await ApiApp.Send(me, HttpMethod.Delete, "privacy/account")).Json.GetProperty("receipt").GetString()!;
        again.ShouldNotBe(receipt);
        app.App.Clock.Sleep(TimeSpan.FromDays(7));
        await app.App.RunJob("customers.close_accounts");
        (await ApiApp.Send(me, HttpMethod.Get, "privacy")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Send(HttpMethod.Get, "privacy/receipts/" + again)).Json.GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task A_correction_waits_for_staff_and_bad_ones_name_their_field()
    {
        var me = await app.ACustomer();
        var asked = await ApiApp.Send(me, HttpMethod.Post, "privacy/corrections", new { field = "name", value = "王小明" });
        asked.Json.GetProperty("state").GetString().ShouldBe("asked");
        asked.Json.GetProperty("receipt").GetString()!.ShouldStartWith("R");
        (await ApiApp.Send(me, HttpMethod.Post, "privacy/corrections", new { field = "Na me", value = "x" })).Json.GetProperty("field").GetString().ShouldBe("field");
        (await ApiApp.Send(me, HttpMethod.Post, "privacy/corrections", new { field = "name" })).Json.GetProperty("field").GetString().ShouldBe("value");
        for (var i = 0; i < 9; i++) await ApiApp.Send(me, HttpMethod.Post, "privacy/corrections", new { field = "name", value = "x" });
        (await ApiApp.Send(me, HttpMethod.Post, "privacy/corrections", new { field = "name", value = "x" })).ShouldBeRefused(HttpStatusCode.Conflict, "privacy.too_many_corrections");
    }

    [Fact]
    public async Task Guesses_are_switched_off_and_accesses_are_shown_by_role()
    {
        var me = await app.ACustomer();
        (await ApiApp.Send(me, HttpMethod.Put, "privacy/personalisation", new { on = false })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(me, HttpMethod.Get, "privacy")).Json.GetProperty("personalisation").GetBoolean().ShouldBeFalse();
        (await ApiApp.Send(me, HttpMethod.Put, "privacy/personalisation", new { })).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        var customer = CustomerId.Parse((await ApiApp.Send(me, HttpMethod.Get, "session")).Json.GetProperty("customer").GetProperty("id").GetString()!);
        var (one, other) = (StaffId.Parse(new string('1', 32)), StaffId.Parse(new string('2', 32)));
        foreach (var by in (StaffId[])[one, one, other]) await app.App.Get<CustomerAccesses>().Note(by, "agent", LookedAtWhat.ConversationList, [customer], default);
        var log = (await ApiApp.Send(me, HttpMethod.Get, "privacy/access-log")).Json.GetProperty("items").EnumerateArray().ToList();
        log.Count.ShouldBe(2, "the same person at the same thing counts once a day, another person by herself");
        log.ShouldAllBe(l => l.GetProperty("role").GetString() == "agent" && l.GetProperty("what").GetString() == "conversation_list");
        app.App.Clock.Sleep(TimeSpan.FromDays(1));
        await app.App.Get<CustomerAccesses>().Note(one, "agent", LookedAtWhat.ConversationList, [customer], default);
        (await CustomerAccesses.Of(app.App.Get<Db>(), customer, default)).Count.ShouldBe(3, "and again on the next day");
    }

    [Fact]
    public async Task Each_use_is_counted_without_anything_personal()
    {
        var usage = app.App.Get<UsageEvents>();
        var me = await app.ACustomer();
        me.DefaultRequestHeaders.Add("X-Courier-From", "menu-parcels");
        me.DefaultRequestHeaders.Add("X-Courier-Page", "privacy/privacy");
        await ApiApp.Send(me, HttpMethod.Get, "privacy/access-log");
        await ApiApp.Send(me, HttpMethod.Post, "privacy/corrections", new { field = "" });
        me.DefaultRequestHeaders.Remove("X-Courier-From");
        me.DefaultRequestHeaders.Add("X-Courier-From", "13800001234");
        await ApiApp.Send(me, HttpMethod.Get, "privacy/access-log");
        await usage.Flush(default);
        await usage.Flush(default); // writes nothing twice
        var today = ChinaTime.DayNumber(app.App.Clock.GetUtcNow());
        var log = await UsageTrend.Execute(app.App.Get<Db>(), today, today, "show_access_log", default);
        log.Single(l => l.Source == "menu-parcels").ShouldSatisfyAllConditions(l => l.Done.ShouldBe(1), l => l.Channel.ShouldBe(UsageChannel.MiniProgram), l => l.Page.ShouldBe("privacy/privacy"));
        log.ShouldAllBe(l => !l.Source.Contains("1380"));
        (await UsageTrend.Execute(app.App.Get<Db>(), today, today, "ask_correction", default)).Single(l => l.Source == "menu-parcels").Refused.ShouldBe(1);
    }
}

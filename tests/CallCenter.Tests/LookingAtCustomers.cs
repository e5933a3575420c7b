using System.Net.Http.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter.Tests;

/// <summary>Whoever of the staff is shown a customer's data is noted, and the customer can see it.</summary>
public sealed class LookingAtCustomers(DeskApp desk) : IClassFixture<DeskApp>
{
    /// <summary>Endpoints that show a customer's data, and what the customer reads about it.</summary>
    private static readonly Dictionary<string, LookedAtWhat> Noted = new()
    {
        ["GET /conversations"] = LookedAtWhat.ConversationList, ["GET /conversations/{id}/messages"] = LookedAtWhat.Conversation,
        ["GET /conversations/{id}/messages/{message}/medium"] = LookedAtWhat.Medium, ["GET /customers/{id}/profile"] = LookedAtWhat.Profile,
        ["GET /customers/merges"] = LookedAtWhat.Merge, ["GET /corrections"] = LookedAtWhat.Correction, ["POST /privacy/customers/{id}/export"] = LookedAtWhat.Export,
        ["GET /operations/notifications"] = LookedAtWhat.Notification, ["GET /organisations/{id}"] = LookedAtWhat.Organisation,
        ["GET /customers/{id}/fields"] = LookedAtWhat.Record, ["GET /customers/{id}/timeline"] = LookedAtWhat.Record, ["GET /imports/conflicts"] = LookedAtWhat.Record, ["GET /imports/{id}/lines"] = LookedAtWhat.Record,
        ["GET /segments/{code}/members"] = LookedAtWhat.Group,
        ["GET /calls"] = LookedAtWhat.Call, ["GET /calls/{id}"] = LookedAtWhat.Call, ["GET /live/calls"] = LookedAtWhat.Call, ["GET /live/me"] = LookedAtWhat.Call, ["POST /calls/recordings/{id}/listen"] = LookedAtWhat.Recording,
    };

    /// <summary>Endpoints that show nobody's data, by how they begin, and why not.</summary>
    private static readonly Dictionary<string, string> ShowingNobody = new()
    {
        ["/session"] = "the member of staff", ["/accounts"] = "staff", ["/audit"] = "what staff did; subjects are ids", ["/incidents"] = "numbers of people, no person", ["/divisions"] = "places",
        ["/outlets"] = "shops", ["/rates"] = "prices", ["/segments"] = "rules and numbers", ["/usage"] = "counts", ["/deposits"] = "parcels by number", ["/consents"] = "ids of broken links of the chain",
        ["/wechat/"] = "menus, keywords, tags and counts of followers", ["/operations/dead-letters"] = "events by id", ["/operations/webhooks"] = "orders by number", ["/operations/notification-sums"] = "sums",
        ["/operations/wechat-ledgers"] = "sums", ["/ivr"] = "flows, prompts and counts", ["/privacy/receipts"] = "a receipt says nothing about the person",
        ["GET /operations/notifications/{id}/sends"] = "attempts of one push; the ledger above it noted the customer",
        ["/phones"] = "telephones of staff", ["/live/telephone"] = "ports, trunks, telephones of staff and counts",
        ["/queues"] = "rules", ["/agents"] = "staff and their skills", ["/call-backs"] = "calls by id", ["/call-reports"] = "figures, and calls by id",
        ["/live/queues"] = "calls by id, and staff",
        ["/imports"] = "counts of rows, keys of other systems, a report with the middle of values hidden", ["GET /organisations"] = "companies and numbers of people",
    };

    [Fact]
    public void Each_endpoint_that_answers_with_something_notes_the_look_or_shows_nobody()
    {
        var shown = Routes().Where(r => r.StartsWith("GET ", StringComparison.Ordinal) || Noted.ContainsKey(r)).ToList();
        shown.Count.ShouldBeGreaterThan(30);
        shown.Where(r => !Noted.ContainsKey(r) && !ShowingNobody.ContainsKey(r) && !ShowingNobody.Keys.Any(p => r[(r.IndexOf(' ') + 1)..].StartsWith(p, StringComparison.Ordinal)))
            .ShouldBeEmpty("does it show a customer's data? Then it notes the look (CustomerAccesses) and is tried below");
        Noted.Keys.Except(shown).ShouldBeEmpty("there are no such endpoints");
    }

    [Fact]
    public async Task Each_of_them_is_seen_in_the_customers_list_once_however_often_the_page_asks()
    {
        var (customer, conversation) = await SomebodyAtTheDesk();
        using var supervisor = await desk.SignedIn("supervisor");
        using var admin = await desk.SignedIn("admin");
        for (var i = 0; i < 3; i++)
        {
            await Desk.Get(supervisor, "/conversations?all=true");
            await Desk.Get(supervisor, $"/conversations/{conversation}/messages");
            await Desk.Get(supervisor, $"/customers/{customer}/profile");
            await Desk.Get(supervisor, $"/customers/{customer}/fields");
            await Desk.Get(supervisor, "/corrections");
            await Desk.Get(admin, "/operations/notifications?limit=100");
            await Desk.Json(await admin.PostAsJsonAsync($"/api/desk/v1/privacy/customers/{customer}/export", new { reason = "客户要求" }));
        }
        (await CustomerAccesses.Of(desk.App.Get<Db>(), customer, default)).Select(a => (a.Role, a.What)).ShouldBe(
        [
            ("supervisor", LookedAtWhat.ConversationList), ("supervisor", LookedAtWhat.Conversation), ("supervisor", LookedAtWhat.Profile), ("supervisor", LookedAtWhat.Record),
            ("supervisor", LookedAtWhat.Correction),
            ("admin", LookedAtWhat.Notification), ("admin", LookedAtWhat.Export),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task A_merge_is_looked_at_too()
    {
        var (db, clock) = (desk.App.Get<Db>(), desk.App.Clock);
        var first = await RecogniseCustomer.Execute(db, clock, new WechatIdentity("wx-l1", OpenId.Parse("looked-1"), null), default);
        clock.Advance(TimeSpan.FromSeconds(1));
        await RecogniseCustomer.Execute(db, clock, new WechatIdentity("wx-l2", OpenId.Parse("looked-2"), "union-looked"), default);
        await RecogniseCustomer.Execute(db, clock, new WechatIdentity("wx-l1", OpenId.Parse("looked-1"), "union-looked"), default);
        using var supervisor = await desk.SignedIn("supervisor");
        await Desk.Get(supervisor, "/customers/merges");
        (await CustomerAccesses.Of(db, first, default)).ShouldHaveSingleItem().What.ShouldBe(LookedAtWhat.Merge);
    }

    private async Task<(CustomerId Customer, string Conversation)> SomebodyAtTheDesk()
    {
        var (app, db, clock) = (desk.App, desk.App.Get<Db>(), desk.App.Clock);
        var customer = await RecogniseCustomer.Execute(db, clock, new WechatIdentity("wx-desk", OpenId.Parse("looked-at"), null), default);
        var channel = new ChannelAddress("wechat", "wx-desk", "looked-at");
        await RequestHuman.Execute(db, clock, app.Get<Services.Calendars.CalendarsOptions>(), customer, channel, "查件", "looked-at-1", default);
        await PrivacyRequests.AskCorrection(db, app.Get<DataKeys>(), clock, customer, "name", "李小雷", default);
        var conversation = (await CurrentConversation.Of(db, customer, default))!.Id;
        using var agent = await desk.SignedIn("agent1002");
        (await agent.PostAsync($"/api/desk/v1/conversations/{conversation}/take", null)).IsSuccessStatusCode.ShouldBeTrue();
        (await agent.PostAsJsonAsync($"/api/desk/v1/conversations/{conversation}/replies", new { text = "您好" })).IsSuccessStatusCode.ShouldBeTrue();
        await app.Settle(); // the answer is planned, so the ledger of pushes knows the customer
        return (customer, conversation);
    }

    private IEnumerable<string> Routes() => desk.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText?.StartsWith("/api/desk/v1", StringComparison.Ordinal) == true)
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} {e.RoutePattern.RawText!["/api/desk/v1".Length..].TrimEnd('/')}"))
        .Distinct();
}

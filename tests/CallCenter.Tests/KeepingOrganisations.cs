using System.Net;
using System.Net.Http.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.CallCenter.Tests;

public sealed class KeepingOrganisations(DeskApp desk) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task An_operator_creates_one_invites_its_owner_renames_it_and_everything_is_audited()
    {
        using var browser = await desk.SignedIn("operator");
        var made = await Desk.Json(await Post(browser, "organisations", new { name = "杭州某某有限公司", creditCode = "91350100M000100Y43", contractNumber = "YJ-7", reason = "签约" }));
        var id = made.GetProperty("id").GetString();
        var invite = (await Desk.Json(await Post(browser, $"organisations/{id}/invites", new { phone = "13900002468", role = "owner", reason = "签约" }))).GetProperty("invite");
        invite.GetProperty("phoneTail").GetString().ShouldBe("2468");
        var owner = await RecogniseCustomer.Execute(desk.App.Get<Db>(), desk.App.Clock, new WechatIdentity("wx-desk", OpenId.Parse("boss"), null), default);
        await BindPhone.Execute(desk.App.Get<Db>(), desk.App.Get<DataKeys>(), desk.App.Clock, owner, Phone.Parse("13900002468"), PhoneSource.Sms, default);
        await OrganisationMembers.Accept(desk.App.Get<Db>(), desk.App.Clock, owner, invite.GetProperty("id").GetString()!, default);

        var line = (await Desk.Get(browser, "/organisations?text=某某")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (line.GetProperty("persons").GetInt64(), line.GetProperty("owners").GetInt64()).ShouldBe((1, 1));
        var shown = await Desk.Get(browser, "/organisations/" + id);
        var member = shown.GetProperty("persons")[0].GetProperty("id").GetString();
        (await CustomerAccesses.Of(desk.App.Get<Db>(), owner, default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.Role.ShouldBe("operator"), a => a.What.ShouldBe(LookedAtWhat.Organisation));
        var version = shown.GetProperty("organisation").GetProperty("version").GetInt64();
        var changed = await Desk.Json(await browser.PutAsJsonAsync($"/api/desk/v1/organisations/{id}", new { name = "杭州新名称有限公司", creditCode = "91350100M000100Y43", contractNumber = "", version, reason = "更名" }));
        changed.GetProperty("name").GetString().ShouldBe("杭州新名称有限公司");
        (await Desk.Code(await Post(browser, $"organisations/{id}/members/{member}/send-away", new { reason = "离职" }), HttpStatusCode.Conflict)).ShouldBe("organisation.last_owner");

        var second = (await Desk.Json(await Post(browser, $"organisations/{id}/invites", new { phone = "13900001357", role = "viewer", reason = "新同事" }))).GetProperty("invite").GetProperty("id").GetString();
        (await Post(browser, $"organisations/{id}/invites/{second}/withdraw", new { reason = "错了" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Post(browser, $"organisations/{id}/invites/{second}/withdraw", new { reason = "错了" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var admin = await desk.SignedIn("admin");
        var actions = (await Desk.Get(admin, "/audit?limit=100")).GetProperty("items").EnumerateArray().Where(e => e.GetProperty("subject").GetString() == "organisation:" + id).Select(e => e.GetProperty("action").GetString()).Reverse();
        actions.ShouldBe(["organisation.created", "organisation.invited", "organisation.changed", "organisation.invited", "organisation.invite_withdrawn"]);
    }

    [Theory]
    [InlineData("""{"name":"","creditCode":"91350100M000100Y43","reason":"r"}""", "name")]
    [InlineData("""{"name":"x","creditCode":"91350100M000100Y44","reason":"r"}""", "creditCode")]
    [InlineData("""{"name":"x","creditCode":"91350100M000100Y43","contractNumber":"月结一","reason":"r"}""", "contractNumber")]
    [InlineData("""{"name":"x","creditCode":"91330106MA2B000211"}""", "reason")]
    public async Task A_wrong_one_names_its_field(string body, string field)
    {
        using var browser = await desk.SignedIn("operator");
        var answer = await Desk.Json(await browser.PostAsync("/api/desk/v1/organisations", new StringContent(body, null, "application/json")), HttpStatusCode.BadRequest);
        answer.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Agents_look_and_change_nothing()
    {
        using var agent = await desk.SignedIn("agent1001");
        await Desk.Get(agent, "/organisations");
        (await Post(agent, "organisations", new { name = "x", creditCode = "91330106MA2B000110", reason = "r" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await agent.GetAsync("/api/desk/v1/organisations/" + new string('0', 32))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var browser = await desk.SignedIn("operator");
        (await browser.GetAsync("/api/desk/v1/organisations/" + new string('0', 32))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> Post(HttpClient browser, string path, object body) => browser.PostAsJsonAsync("/api/desk/v1/" + path, body);
}

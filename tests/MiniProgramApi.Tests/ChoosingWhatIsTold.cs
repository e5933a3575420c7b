using System.Net;
using System.Text.Json;

namespace Courier.MiniProgramApi.Tests;

/// <summary>What customers want to be told, as the mini-program sets it.</summary>
public sealed class ChoosingWhatIsTold(ApiApp app) : IClassFixture<ApiApp>
{
    private const string Template = "SandboxTemplate_ParcelUpdate_0000000000001", Path = "notification-preferences";

    [Fact]
    public async Task Everything_is_told_until_the_customer_says_otherwise()
    {
        using var me = await app.ACustomer();
        var before = await ApiApp.Send(me, HttpMethod.Get, Path);
        before.Status.ShouldBe(HttpStatusCode.OK, before.Text);
        foreach (var name in new[] { "parcelStatus", "parcelWarning", "incident", "sms" }) before.Json.GetProperty(name).GetBoolean().ShouldBeTrue(name);
        before.Json.TryGetProperty("quietHours", out var own).ShouldBe(own.ValueKind != JsonValueKind.Undefined);

        var wanted = new { parcelStatus = true, parcelWarning = false, incident = false, quietHours = "22:30-07:00", sms = false };
        (await ApiApp.Send(me, HttpMethod.Put, Path, wanted)).Status.ShouldBe(HttpStatusCode.OK);
        var after = (await ApiApp.Send(me, HttpMethod.Get, Path)).Json;
        (Is(after, "parcelStatus"), Is(after, "parcelWarning"), Is(after, "incident"), Is(after, "sms")).ShouldBe((true, false, false, false));
        after.GetProperty("quietHours").GetString().ShouldBe("22:30-07:00");

        using var another = await app.ACustomer();
        Is((await ApiApp.Send(another, HttpMethod.Get, Path)).Json, "sms").ShouldBeTrue("somebody else's stay as they are");
    }

    [Theory]
    [InlineData("""{"parcelStatus":true,"parcelWarning":true,"incident":true,"quietHours":"25:00-8","sms":true}""", "quietHours")]
    [InlineData("""{"parcelStatus":true,"parcelWarning":true,"incident":true,"quietHours":"00:00-24:00","sms":true}""", "quietHours")]
    [InlineData("""{"parcelStatus":true,"parcelWarning":true,"incident":true,"quietHours":"08:00-20:00,20:00-08:00","sms":true}""", "quietHours")]
    [InlineData("""{"parcelStatus":true,"parcelWarning":true,"incident":true}""", "sms")]
    [InlineData("""{"parcelWarning":true,"incident":true,"sms":true}""", "parcelStatus")]
    public async Task A_value_that_means_nothing_is_named_and_nothing_changes(string body, string field)
    {
        using var me = await app.ACustomer();
        var answer = await ApiApp.Send(me, HttpMethod.Put, Path, body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.MediaType.ShouldBe("application/problem+json");
        answer.Text.ShouldContain(field);
        Is((await ApiApp.Send(me, HttpMethod.Get, Path)).Json, "parcelStatus").ShouldBeTrue();
    }

    [Fact]
    public async Task A_switch_that_is_neither_on_nor_off_is_a_problem()
    {
        using var me = await app.ACustomer();
        var answer = await ApiApp.Send(me, HttpMethod.Put, Path, """{"parcelStatus":"often","parcelWarning":true,"incident":true,"sms":true}""");
        (answer.Status, answer.MediaType).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"));
    }

    [Fact]
    public async Task Agreements_are_counted_once_a_report_and_only_for_templates_of_ours()
    {
        using var me = await app.ACustomer();
        (await Left(await ApiApp.Send(me, HttpMethod.Get, "subscriptions"))).ShouldBe(0);
        var report = new { reportId = "report-0001", results = new Dictionary<string, string> { [Template] = "accept", ["somebody-elses"] = "accept" } };
        (await Left(await ApiApp.Send(me, HttpMethod.Post, "subscriptions", report))).ShouldBe(1);
        (await Left(await ApiApp.Send(me, HttpMethod.Post, "subscriptions", report))).ShouldBe(1, "the same report again");
        (await Left(await ApiApp.Send(me, HttpMethod.Post, "subscriptions", report with { reportId = "report-0002" }))).ShouldBe(2);
        foreach (var no in new[] { "reject", "ban", "filter", "whatever" })
            (await Left(await ApiApp.Send(me, HttpMethod.Post, "subscriptions", new { reportId = "report-" + no, results = new Dictionary<string, string> { [Template] = no } }))).ShouldBe(2, no);
        (await ApiApp.Send(me, HttpMethod.Get, "subscriptions")).Text.ShouldNotContain("somebody-elses");
    }

    [Theory]
    [InlineData("""{"results":{"t":"accept"}}""", "reportId")]
    [InlineData("""{"reportId":"short","results":{"t":"accept"}}""", "reportId")]
    [InlineData("""{"reportId":"report-0009","results":{}}""", "results")]
    [InlineData("""{"reportId":"report-0009"}""", "results")]
    public async Task A_report_without_its_parts_is_a_problem(string body, string field)
    {
        using var me = await app.ACustomer();
        var answer = await ApiApp.Send(me, HttpMethod.Post, "subscriptions", body);
        (answer.Status, answer.MediaType).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"));
        answer.Text.ShouldContain(field);
    }

    [Fact]
    public async Task Guests_have_neither()
    {
        (await app.Send(HttpMethod.Get, Path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Send(HttpMethod.Get, "subscriptions")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Task<long> Left(Answer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return Task.FromResult(answer.Json.GetProperty("templates").EnumerateArray().Single(t => t.GetProperty("templateId").GetString() == Template).GetProperty("sendsLeft").GetInt64());
    }

    private static bool Is(JsonElement json, string name) => json.GetProperty(name).GetBoolean();
}

using System.Net;
using System.Net.Http.Json;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The agents' telephones and their passwords, kept by administrators.</summary>
public sealed class KeepingPhones(DeskApp desk) : IClassFixture<DeskApp>
{
    private const string Phones = "/api/desk/v1/phones";

    [Fact]
    public async Task An_administrator_sets_makes_and_removes_passwords_and_each_is_noted_and_none_is_shown_twice()
    {
        using var admin = await desk.SignedIn("admin");
        (await Users(admin)).ShouldBe(["agent1001", "agent1002", "agent1003", "agent1004", "agent1005"]);

        (await admin.PutAsJsonAsync(Phones + "/agent2001", new { password = "a-long-enough-one" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var listed = await Desk.Get(admin, "/phones");
        var phone = listed.GetProperty("phones").EnumerateArray().Single(p => p.GetProperty("user").GetString() == "agent2001");
        phone.GetProperty("domain").GetString().ShouldBe("courier.local");
        listed.ToString().ShouldNotContain("a-long-enough-one");

        var made = await Desk.Json(await admin.PostAsync(Phones + "/agent2001/secret", null));
        made.GetProperty("user").GetString().ShouldBe("agent2001");
        made.GetProperty("password").GetString()!.Length.ShouldBe(24);
        (await Desk.Json(await admin.PostAsync(Phones + "/agent2001/secret", null))).GetProperty("password").GetString().ShouldNotBe(made.GetProperty("password").GetString());

        (await admin.PostAsJsonAsync(Phones + "/agent2001/remove", new { reason = "离职" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await admin.PostAsJsonAsync(Phones + "/agent2001/remove", new { reason = "离职" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Users(admin)).ShouldNotContain("agent2001");

        var noted = (await Desk.Get(admin, "/audit?subject=phone:agent2001")).GetProperty("items").EnumerateArray().ToList();
        noted.Select(n => n.GetProperty("action").GetString()).ShouldBe(["calls.remove_phone", "calls.set_phone_secret", "calls.set_phone_secret", "calls.set_phone_secret"], ignoreOrder: true);
        noted.Select(n => n.GetProperty("reason").GetString()).ShouldContain("离职");
    }

    [Theory]
    [InlineData("agent2002", "short")]
    [InlineData("agent2002", null)]
    public async Task A_password_that_is_too_short_is_refused_with_the_name_of_its_field(string user, string? password)
    {
        using var admin = await desk.SignedIn("admin");
        var problem = await Desk.Json(await admin.PutAsJsonAsync($"{Phones}/{user}", new { password }), HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe("request.field_invalid");
        problem.GetProperty("field").GetString().ShouldBe("password");
        (await Users(admin)).ShouldNotContain(user);
    }

    [Theory]
    [InlineData("agent1001")]
    [InlineData("operator")]
    [InlineData("supervisor")]
    public async Task Nobody_else_sees_or_changes_them(string who)
    {
        using var other = await desk.SignedIn(who);
        (await other.GetAsync(Phones)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PutAsJsonAsync(Phones + "/agent1001", new { password = "mine-from-now-on" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync(Phones + "/agent1001/secret", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsJsonAsync(Phones + "/agent1001/remove", new { reason = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_name_that_no_telephone_can_have_is_refused()
    {
        using var admin = await desk.SignedIn("admin");
        (await admin.PutAsJsonAsync(Phones + "/Agent%201", new { password = "a-long-enough-one" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<List<string?>> Users(HttpClient admin) =>
        [.. (await Desk.Get(admin, "/phones")).GetProperty("phones").EnumerateArray().Select(p => p.GetProperty("user").GetString())];
}

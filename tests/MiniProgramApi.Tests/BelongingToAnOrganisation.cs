using System.Net;

namespace Courier.MiniProgramApi.Tests;

public sealed class BelongingToAnOrganisation(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task An_owner_invites_by_phone_the_colleague_accepts_and_both_see_what_is_theirs_to_see()
    {
        var (ownerPhone, phone) = (app.NewPhone(), app.NewPhone());
        var id = await app.AnOrganisation("91350100M000100Y43", ownerPhone);
        using var owner = await app.ACustomer(ownerPhone);
        var invited = (await Get(owner, "organisations")).Json.GetProperty("invites")[0];
        (await Post(owner, $"organisations/invites/{invited.GetProperty("id").GetString()}/accept")).Json.GetProperty("role").GetString().ShouldBe("owner");

        var invite = await Post(owner, $"organisations/{id}/invites", new { phone, role = "sender" });
        (invite.Json.GetProperty("told").GetBoolean(), invite.Json.GetProperty("phoneTail").GetString()).ShouldBe((true, phone[^4..]));
        var inviteId = invite.Json.GetProperty("id").GetString();
        using var stranger = await app.ACustomer(app.NewPhone());
        (await Post(stranger, $"organisations/invites/{inviteId}/accept")).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.invite_unknown");
        (await Get(stranger, "organisations/" + id)).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await Post(stranger, $"organisations/{id}/invites", new { phone, role = "owner" })).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.unknown");

        using var sender = await app.ACustomer(phone);
        var accepted = await ApiApp.Send(sender, HttpMethod.Post, $"organisations/invites/{inviteId}/accept", idempotencyKey: "accept-once");
        accepted.Json.GetProperty("name").GetString().ShouldBe("测试企业");
        (await ApiApp.Send(sender, HttpMethod.Post, $"organisations/invites/{inviteId}/accept", idempotencyKey: "accept-once")).Text.ShouldBe(accepted.Text);
        (await Get(sender, "organisations/" + id)).Json.GetProperty("persons").GetArrayLength().ShouldBe(0, "who is no owner sees no colleagues");
        (await Post(sender, $"organisations/{id}/invites", new { phone = app.NewPhone(), role = "viewer" })).ShouldBeRefused(HttpStatusCode.Conflict, "organisation.not_owner");

        var shown = (await Get(owner, "organisations/" + id)).Json;
        shown.GetProperty("creditCode").GetString().ShouldBe("91350100M000100Y43");
        var persons = shown.GetProperty("persons").EnumerateArray().ToList();
        persons.Count.ShouldBe(2);
        var (me, colleague) = (persons.Single(p => p.GetProperty("isMe").GetBoolean()), persons.Single(p => !p.GetProperty("isMe").GetBoolean()));
        colleague.GetProperty("phoneTail").GetString().ShouldBe(phone[^4..]);
        var colleagueId = colleague.GetProperty("id").GetString();
        (await ApiApp.Send(owner, HttpMethod.Delete, $"organisations/{id}/members/me")).ShouldBeRefused(HttpStatusCode.Conflict, "organisation.last_owner");
        (await ApiApp.Send(owner, HttpMethod.Put, $"organisations/{id}/members/{me.GetProperty("id").GetString()}", new { role = "viewer" })).ShouldBeRefused(HttpStatusCode.Conflict, "organisation.last_owner");
        (await ApiApp.Send(owner, HttpMethod.Put, $"organisations/{id}/members/{colleagueId}", new { role = "owner" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(owner, HttpMethod.Delete, $"organisations/{id}/members/me")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Get(owner, "organisations")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await ApiApp.Send(owner, HttpMethod.Delete, $"organisations/{id}/members/me")).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.unknown");
        (await ApiApp.Send(sender, HttpMethod.Delete, $"organisations/{id}/members/{new string('0', 32)}")).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.member_unknown");
    }

    [Fact]
    public async Task Wrong_input_names_its_field_an_invitation_that_is_taken_back_is_none_and_a_failed_message_is_said()
    {
        var (ownerPhone, phone) = (app.NewPhone(), app.NewPhone());
        var id = await app.AnOrganisation("91330106MA2B00001Y", ownerPhone);
        using var owner = await app.ACustomer(ownerPhone);
        await Post(owner, $"organisations/invites/{(await Get(owner, "organisations")).Json.GetProperty("invites")[0].GetProperty("id").GetString()}/accept");
        (await Post(owner, $"organisations/{id}/invites", new { phone = "0571-88886666", role = "sender" })).Json.GetProperty("field").GetString().ShouldBe("phone");
        (await Post(owner, $"organisations/{id}/invites", new { phone, role = "boss" })).Json.GetProperty("field").GetString().ShouldBe("role");
        app.Sms.Down = true;
        var invite = await Post(owner, $"organisations/{id}/invites", new { phone, role = "viewer" });
        app.Sms.Down = false;
        invite.Json.GetProperty("told").GetBoolean().ShouldBeFalse();
        var inviteId = invite.Json.GetProperty("id").GetString();
        (await ApiApp.Send(owner, HttpMethod.Delete, $"organisations/{id}/invites/{inviteId}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(owner, HttpMethod.Delete, $"organisations/{id}/invites/{inviteId}")).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.invite_unknown");
        using var late = await app.ACustomer(phone);
        (await Post(late, $"organisations/invites/{inviteId}/accept")).ShouldBeRefused(HttpStatusCode.NotFound, "organisation.invite_unknown");
        (await Get(app.App.Http, "organisations")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Task<Answer> Get(HttpClient client, string path) => ApiApp.Send(client, HttpMethod.Get, path);

    private static Task<Answer> Post(HttpClient client, string path, object? body = null) => ApiApp.Send(client, HttpMethod.Post, path, body);
}

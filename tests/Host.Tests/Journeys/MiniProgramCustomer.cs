using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Courier.Testing;

namespace Courier.Host.Tests.Journeys;

/// <summary>A customer of the mini-program, with WeChat and the SMS operator as the sandbox and the simulator play them.</summary>
public sealed class MiniProgramCustomer
{
    private const string MiniProgram = "wxdemo0000000002", Phone = "13911116666";

    [Fact]
    public async Task Signs_in_with_WeChats_code_binds_the_phone_and_finds_the_own_parcels()
    {
        await using var app = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Sandbox:Plays"] = "false" } });
        var openid = Text(await Post(app.Http, "/sandbox/control/followers", new { appId = MiniProgram, phone = Phone, nickname = "小程序用户", follow = false }), "openid");
        var waybill = Text(await Post(app.Http, "/simulator/parcels", new { recipientPhone = Phone }), "waybill");

        var code = Text(await Post(app.Http, "/sandbox/control/login-code", new { openid }), "code");
        var session = await Post(app.Http, "/api/customer/v1/session/wechat", new { appId = MiniProgram, code });
        using var me = app.NewClient();
        me.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(session, "token"));
        (await me.GetStringAsync("/api/customer/v1/parcels")).ShouldNotContain(waybill);

        var phoneCode = Text(await Post(app.Http, "/sandbox/control/phone-code", new { openid }), "code");
        await Post(me, "/api/customer/v1/session/phone", new { code = phoneCode });
        (await me.GetStringAsync("/api/customer/v1/parcels")).ShouldContain(waybill);

        (await me.DeleteAsync("/api/customer/v1/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await me.GetAsync("/api/customer/v1/parcels")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_guest_signs_in_with_the_code_of_a_text_message()
    {
        await using var app = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Sandbox:Plays"] = "false" } });
        using var asked = await app.Http.PostAsJsonAsync("/api/customer/v1/session/sms", new { phone = Phone });
        asked.StatusCode.ShouldBe(HttpStatusCode.NoContent, await asked.Content.ReadAsStringAsync());
        var texts = JsonNode.Parse(await app.Http.GetStringAsync("/simulator/sms/" + Phone))!["messages"]!.AsArray();
        var code = texts.ShouldHaveSingleItem()!["code"]!.GetValue<string>();
        var session = await Post(app.Http, "/api/customer/v1/session/sms/verify", new { phone = Phone, code });
        Text(session, "token").ShouldNotBeEmpty();

        await Post(app.Http, "/simulator/faults", new { sms = "down" });
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        using var refused = await app.Http.PostAsJsonAsync("/api/customer/v1/session/sms", new { phone = Phone });
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<JsonNode> Post(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}

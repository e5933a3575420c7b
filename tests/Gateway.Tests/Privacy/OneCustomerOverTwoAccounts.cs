using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Testing;

namespace Courier.Gateway.Tests.Privacy;

/// <summary>Somebody uses the mini-program and the official account, and proves the same number on both.</summary>
public sealed class OneCustomerOverTwoAccounts : IAsyncLifetime
{
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { Demo = true });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_chat_asks_and_merges_on_the_customers_word()
    {
        var inMini = await SignedIn("mTwice", "13900002222");
        var openId = await _app.AddFollower(Pushes.Official, "13900002222");
        (await Proved(openId, "13900002222")).ShouldContain("回复“合并”");
        (await Recognised(openId)).ShouldNotBe(inMini);
        (await _app.Say(openId, "合并")).ShouldContain("合并好了");
        (await Recognised(openId)).ShouldBe(inMini);
        (await _app.Say(openId, "合并")).ShouldNotContain("合并好了");
    }

    [Theory]
    [InlineData("合并吧")]
    [InlineData("是的")]
    [InlineData("是我本人")]
    [InlineData("是的，合并")]
    public async Task Other_words_of_consent_merge_too(string words)
    {
        await SignedIn("mTwice", "13900002222");
        var openId = await _app.AddFollower(Pushes.Official, "13900002222");
        (await _app.Say(openId, words)).ShouldNotContain("合并好了", Case.Sensitive, "nobody was asked");
        await Proved(openId, "13900002222");
        (await _app.Say(openId, words)).ShouldContain("合并好了");
    }

    [Fact]
    public async Task Whoever_says_nothing_stays_apart()
    {
        var inMini = await SignedIn("mApart", "13900003333");
        var openId = await _app.AddFollower(Pushes.Official, "13900003333");
        await Proved(openId, "13900003333");
        _app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await _app.Say(openId, "合并")).ShouldNotContain("合并好了");
        (await Recognised(openId)).ShouldNotBe(inMini);
    }

    [Fact]
    public async Task Who_says_that_it_is_somebody_else_is_not_asked_again()
    {
        var inMini = await SignedIn("mRefused", "13900006666");
        var openId = await _app.AddFollower(Pushes.Official, "13900006666");
        (await _app.Say(openId, "不是我")).ShouldNotContain("各用各的", Case.Sensitive, "nobody was asked");
        (await Proved(openId, "13900006666")).ShouldContain("回复“不是我”");
        (await _app.Say(openId, "不是我")).ShouldContain("不再问您了");
        (await _app.Say(openId, "合并")).ShouldNotContain("合并好了");
        _app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await Proved(openId, "13900006666")).ShouldNotContain("合并");
        (await Recognised(openId)).ShouldNotBe(inMini);
    }

    [Fact]
    public async Task A_number_that_nobody_else_holds_asks_nothing()
    {
        var openId = await _app.AddFollower(Pushes.Official, "13900004444");
        (await Proved(openId, "13900004444")).ShouldNotContain("合并");
    }

    [Fact]
    public async Task A_supervisor_undoes_a_merge_with_a_reason_and_an_agent_may_not()
    {
        var inMini = await SignedIn("mUndone", "13900005555");
        var openId = await _app.AddFollower(Pushes.Official, "13900005555");
        await Proved(openId, "13900005555");
        await _app.Say(openId, "合并");
        using var agent = await _app.AtTheDesk("agent1001");
        (await agent.GetAsync("/api/desk/v1/customers/merges")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        using var desk = await _app.AtTheDesk("supervisor");
        var merge = (await desk.GetFromJsonAsync<JsonElement>("/api/desk/v1/customers/merges")).GetProperty("items")[0].GetProperty("id").GetString();
        using var silent = await desk.PostAsJsonAsync($"/api/desk/v1/customers/merges/{merge}/undo", new { });
        ((int)silent.StatusCode).ShouldBe(400);
        using var undone = await desk.PostAsJsonAsync($"/api/desk/v1/customers/merges/{merge}/undo", new { reason = "客户来电说不是他的" });
        ((int)undone.StatusCode).ShouldBe(204);
        await _app.Settle();
        (await Recognised(openId)).ShouldNotBe(inMini);
    }

    private async Task<string> Proved(string openId, string phone)
    {
        await _app.Say(openId, $"绑定手机 {phone}");
        var sms = await _app.Http.GetFromJsonAsync<JsonElement>($"/simulator/sms/{phone}");
        return await _app.Say(openId, Regex.Match(sms.GetProperty("messages").EnumerateArray().Last().GetProperty("text").GetString()!, @"\d{6}").Value);
    }

    private async Task<CustomerId> SignedIn(string openid, string phone)
    {
        var miniId = (await _app.Post("followers", new { appId = Pushes.MiniProgram, openid, phone, nickname = "某人" })).GetProperty("openid").GetString()!;
        var customer = await RecogniseCustomer.Execute(_app.Get<Db>(), _app.Clock, new WechatIdentity(Pushes.MiniProgram, OpenId.Parse(miniId), null), default);
        await BindPhone.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, customer, Kernel.Phone.Parse(phone), PhoneSource.Wechat, default);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        return customer;
    }

    private Task<CustomerId> Recognised(string openId) =>
        RecogniseCustomer.Execute(_app.Get<Db>(), _app.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(openId), null), default);
}

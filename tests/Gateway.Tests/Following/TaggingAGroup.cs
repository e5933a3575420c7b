using System.Net.Http.Json;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Testing;

namespace Courier.Gateway.Tests.Following;

/// <summary>Who comes into a group of customers gets its tag at WeChat, in batches, and who leaves it loses it.</summary>
public sealed class TaggingAGroup(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private const string Account = "wxdemo0000000001";

    private CourierApp App => gateway.App;

    [Fact]
    public async Task Members_get_the_tag_and_lose_it_when_they_leave()
    {
        var tag = await NewTag("常寄客户");
        string[] people = [await App.AddFollower(Account), await App.AddFollower(Account)];
        await Save(tag, 0, isActive: true);
        foreach (var person in people)
            await Add(await RecogniseCustomer.Execute(App.Get<Db>(), App.Clock, new WechatIdentity(Account, OpenId.Parse(person), null), default), 1);
        await App.RunJob("customers.judge");
        await App.Fault(new { call = "/cgi-bin/tags/members/batchtagging", errcode = 40003, times = 1 }); // then one by one
        await Send();
        foreach (var person in people) (await TagsOf(person)).ShouldBe([tag]);
        await Save(tag, 1, isActive: false);
        await App.RunJob("customers.judge");
        await Send();
        foreach (var person in people) (await TagsOf(person)).ShouldBeEmpty();
        (await App.Get<Db>().First<long>("select count(*) from wechat_tag_wishes")).ShouldBe(0);
    }

    private async Task Send()
    {
        await App.Settle();
        for (var i = 0; i < 2; i++) await App.RunJob("wechat.send_tag_wishes");
    }

    private async Task<long> NewTag(string name)
    {
        using var token = await App.Http.PostAsJsonAsync("/sandbox/wechat/cgi-bin/stable_token", new { grant_type = "client_credential", appid = Account, secret = "demo-official-account-secret-0001" });
        var access = (await token.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        using var made = await App.Http.PostAsJsonAsync($"/sandbox/wechat/cgi-bin/tags/create?access_token={access}", new { tag = new { name } });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("tag").GetProperty("id").GetInt64();
    }

    private Task<IReadOnlyList<long>> TagsOf(string person) => App.Get<Db>().Query<long>("select tag_id from wechat_follower_tags where openid = @person", new { person });

    private Task Add(CustomerId who, long amount) =>
        App.Get<Db>().InTransaction(tx => CustomerFacts.Add(tx, App.Clock, who, CustomerMeasure.Praises, App.Clock.GetUtcNow(), amount, default));

    private Task<long> Save(long tag, long version, bool isActive) => SaveSegment.Execute(App.Get<Db>(), App.Clock,
        new SegmentDraft("tagged", SegmentKind.Group, "常寄", 0, isActive, JsonDocument.Parse("""{"fact":"praises_12m","op":">=","value":1}""").RootElement) { TagAppId = Account, TagId = tag },
        version, StaffId.Parse(new string('d', 32)), "test", default);
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Testing;
using Courier.Wechat.Client.Calls;
using Courier.WechatGateway.Followers;

namespace Courier.Gateway.Tests.Following;

/// <summary>An account that has followers already meets the product: all of them become known, in pages, whatever happens on the way. On both databases.</summary>
public abstract class SynchronisingFollowers : IAsyncLifetime
{
    private const string Path = "/api/desk/v1/wechat/followers";

    private CourierApp _app = null!;
    private HttpClient _desk = null!;

    private Db Db => _app.Get<Db>();

    public async Task InitializeAsync()
    {
        _app = await CourierApp.Start(new() { MariaDb = await Database(), Demo = true });
        _desk = await _app.AtTheDesk("operator");
    }

    public async Task DisposeAsync()
    {
        _desk.Dispose();
        await _app.DisposeAsync();
    }

    protected abstract Task<string?> Database();

    [Fact]
    public async Task Everybody_who_followed_before_becomes_known_and_one_customer_with_the_mini_program()
    {
        var people = await Following(5);
        var mini = await RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity(Pushes.MiniProgram, OpenId.Parse("mFirst"), "uSync0"), default);
        await Post("start");
        await ToTheEnd();

        var sync = await View();
        (sync.GetProperty("state").GetString(), sync.GetProperty("seen").GetInt64(), sync.GetProperty("known").GetInt64()).ShouldBe(("done", 5, 5));
        sync.GetProperty("finishedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await Db.First<long>("select count(*) from wechat_followers where followed = 1")).ShouldBe(5);
        (await Db.First<long>("select count(*) from wechat_follower_profiles where state = 'known' and unionid <> '' and subscribed_at > 0")).ShouldBe(5);
        (await Recognised(people[0])).ShouldBe(mini);
        (await CustomerIdentities.Wechat(Db, [mini], default)).Count.ShouldBe(2);
        (await Db.First<long>("select count(*) from customers_customers")).ShouldBe(5);
        (await Db.Query<string>("select action from staff_audit where action like 'wechat.followers%'")).ShouldBe(["wechat.followers_sync_started"]);
    }

    [Fact]
    public async Task Again_from_the_beginning_changes_nothing()
    {
        await Following(3);
        await Post("start");
        await ToTheEnd();
        var customers = await Db.Query<string>("select id from customers_customers order by id");
        await Post("start");
        await ToTheEnd();
        (await Db.Query<string>("select id from customers_customers order by id")).ShouldBe(customers);
        (await View()).GetProperty("known").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task A_new_followers_UnionId_is_fetched_afterwards_and_joins_the_mini_programs_customer()
    {
        var mini = await RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity(Pushes.MiniProgram, OpenId.Parse("mNew"), "uNew"), default);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        var openId = (await _app.Post("followers", new { appId = Pushes.Official, openid = "oNew", unionid = "uNew", phone = "13912340000", nickname = "新人" })).GetProperty("openid").GetString()!;
        (await Recognised(openId)).ShouldNotBe(mini, "the event itself does not tell it");
        await _app.Settle();
        (await Recognised(openId)).ShouldBe(mini);
    }

    [Fact]
    public async Task Who_left_while_the_page_was_on_its_way_stays_gone_and_who_returned_unseen_is_back()
    {
        var people = await Following(2);
        await Post("start");
        var asked = _app.Clock.GetUtcNow();
        _app.Clock.Advance(TimeSpan.FromSeconds(2));
        var wechat = Pushes.ToOfficial(_app).As(people[0]);
        await wechat.Tell(wechat.EventXml("unsubscribe"));
        await Db.Execute("insert into wechat_followers (app_id, openid, followed, follow_changed_at) values (@app, @openId, 0, 1000)", new { app = Pushes.Official, openId = people[1] });
        await Take(new FollowerPage([.. people], null, 2), asked);
        (await Db.Query<string>("select openid from wechat_followers where followed = 1")).ShouldBe([people[1]]);
    }

    [Theory]
    [InlineData(true, "subscribe", "unsubscribe")]
    [InlineData(true, "unsubscribe", "subscribe")]
    [InlineData(false, "subscribe", "unsubscribe")]
    [InlineData(false, "unsubscribe", "subscribe")]
    public async Task Of_a_follow_and_a_farewell_in_one_second_WeChat_says_which_was_the_last_in_whichever_order_they_come(bool follows, string first, string second)
    {
        var wechat = Pushes.ToOfficial(_app).As(await _app.AddFollower(Pushes.Official));
        _app.Clock.Advance(TimeSpan.FromSeconds(10));
        if (!follows)
        {
            await _app.Fault(new { callback = "drop", times = 1 });
            await _app.Post("say", new { openid = wechat.OpenId, message = new { type = "unsubscribe" } });
        }
        await wechat.Tell(wechat.EventXml(first));
        await wechat.Tell(wechat.EventXml(second));
        await ToTheEnd();
        (await Db.First<long>("select followed from wechat_followers where openid = @openId", new { openId = wechat.OpenId })).ShouldBe(follows ? 1 : 0);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_page_and_a_second_process_take_nobody_twice_and_lose_nobody()
    {
        await Post("start");
        var page = new FollowerPage([.. Enumerable.Range(0, 3500).Select(i => $"oMany{i:0000}")], null, 3500);
        var sync = (await FollowerSync.Of(Db, Pushes.Official, default))!;
        var asked = _app.Clock.GetUtcNow();
        using (var crash = new CancellationTokenSource())
        {
            // The process dies while a portion is written: some are committed, the one under way is not.
            var dying = _app.Get<FollowerPages>().Take(sync, page, asked, crash.Token);
            await Wait.Until(async () => (await FollowerSync.Of(Db, Pushes.Official, default))!.Seen > 0, "the first portion is taken");
            await crash.CancelAsync();
            await Task.WhenAny(dying); // however it ends
        }
        var left = (await FollowerSync.Of(Db, Pushes.Official, default))!;
        var rest = new FollowerPage([.. page.OpenIds.Where(o => string.CompareOrdinal(o, left.CursorOpenId) > 0)], null, 3500);
        if (left.Listed == 0)
            (await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => _app.Get<FollowerPages>().Take(left, rest, asked, default)))).Count(took => took).ShouldBe(1);
        var end = (await FollowerSync.Of(Db, Pushes.Official, default))!;
        (end.Seen, end.Listed).ShouldBe((3500, 1));
        (await Db.First<long>("select count(*) from wechat_followers where openid like 'oMany%'")).ShouldBe(3500);
        (await Db.First<long>("select count(*) from wechat_follower_profiles where state = 'wanted'")).ShouldBe(3500);
    }

    [Fact]
    public async Task Two_processes_that_learn_the_same_profiles_count_them_once()
    {
        var people = await Following(4);
        await Post("start");
        await Take(new FollowerPage([.. people], null, 4), _app.Clock.GetUtcNow());
        var users = people.Select((openId, i) => new WechatUser { OpenId = openId, Subscribe = 1, UnionId = "uSync" + i, SubscribeTime = 1_700_000_000, TagidList = [2, 100] }).ToList();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _app.Get<FollowerProfiles>().Keep(Pushes.Official, people, users, _app.Clock.GetUtcNow(), default)));
        (await FollowerSync.Of(Db, Pushes.Official, default))!.Known.ShouldBe(4);
        (await Db.First<long>("select count(*) from customers_customers")).ShouldBe(4);
        (await Db.First<long>("select count(*) from wechat_follower_tags")).ShouldBe(8);
        // Tags that are gone at WeChat are gone here.
        await Db.InTransaction(tx => FollowerProfiles.Want(tx, Pushes.Official, people, "", _app.Clock.GetUtcNow(), default));
        await _app.Get<FollowerProfiles>().Keep(Pushes.Official, people, [.. users.Select(u => u with { TagidList = [100] })], _app.Clock.GetUtcNow(), default);
        (await Db.First<long>("select count(*) from wechat_follower_tags")).ShouldBe(4);
    }

    [Fact]
    public async Task A_used_up_quota_pauses_it_until_the_next_minute()
    {
        await Following(2);
        await _app.Fault(new { call = "/cgi-bin/user/get", errcode = 45009, times = 1 });
        await Post("start");
        await _app.Settle();
        var blocked = await View();
        blocked.GetProperty("state").GetString().ShouldBe("running");
        blocked.GetProperty("blockedUntil").ValueKind.ShouldBe(JsonValueKind.String);
        blocked.GetProperty("problem").GetString()!.ShouldContain("45009");
        blocked.GetProperty("seen").GetInt64().ShouldBe(0);
        _app.Clock.Advance(TimeSpan.FromSeconds(61));
        await ToTheEnd();
        (await View()).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task An_operator_pauses_it_and_lets_it_go_on_where_it_was()
    {
        await Following(2);
        await Post("start");
        await Post("pause");
        await ToTheEnd();
        (await View()).GetProperty("seen").GetInt64().ShouldBe(0);
        (await Status("pause")).ShouldBe(HttpStatusCode.Conflict);
        (await Status("start", "wxnobody")).ShouldBe(HttpStatusCode.NotFound);
        (await Status("start", Pushes.MiniProgram)).ShouldBe(HttpStatusCode.NotFound);
        await Post("resume");
        await ToTheEnd();
        (await View()).GetProperty("state").GetString().ShouldBe("done");
        (await Db.Query<string>("select action from staff_audit where action like 'wechat.followers%' order by sequence"))
            .ShouldBe(["wechat.followers_sync_started", "wechat.followers_sync_paused", "wechat.followers_sync_resumed"]);
        using var agent = await _app.AtTheDesk("agent1001");
        (await agent.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_name_that_WeChat_refuses_does_not_stop_the_others()
    {
        var people = await Following(3);
        await Db.InTransaction(tx => FollowerProfiles.Want(tx, Pushes.Official, [.. people, "oNobodyAtAll"], "", _app.Clock.GetUtcNow(), default));
        await ToTheEnd();
        (await Db.Query<string>("select openid from wechat_follower_profiles where state = 'known' order by openid")).ShouldBe(people.Order(StringComparer.Ordinal));
        (await Db.Query<string>("select openid from wechat_follower_profiles where state = 'gone'")).ShouldBe(["oNobodyAtAll"]);
    }

    [Fact]
    public async Task Many_people_at_once_are_the_same_customers_as_one_by_one()
    {
        var known = await RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity("wx-a", OpenId.Parse("k1"), null), default);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        var other = await RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity("wx-b", OpenId.Parse("k2"), "u-odd"), default);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        var odd = await RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity("wx-a", OpenId.Parse("k3"), null), default);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RecogniseCustomers.Execute(Db, _app.Clock,
        [
            new WechatIdentity("wx-a", OpenId.Parse("k1"), "u-known"), new WechatIdentity("wx-a", OpenId.Parse("k3"), "u-odd"),
            new WechatIdentity("wx-a", OpenId.Parse("n1"), "u-new"), new WechatIdentity("wx-a", OpenId.Parse("n2"), null),
        ], default)));
        (await Identity("wx-c", "x1", "u-known")).ShouldBe(known);
        (await Identity("wx-c", "x2", "u-odd")).ShouldBe(other, "the older one stays");
        (await Identity("wx-a", "k3", null)).ShouldBe(other);
        (await Identity("wx-a", "n1", null)).ShouldBe(await Identity("wx-c", "x3", "u-new"));
        (await Db.First<long>("select count(*) from customers_identities where openid = 'n2'")).ShouldBe(0);
        (await Db.First<long>("select count(*) from customers_customers where merged_into <> ''")).ShouldBe(1);
        odd.ShouldNotBe(other);
    }

    private Task<CustomerId> Identity(string app, string openId, string? union) =>
        RecogniseCustomer.Execute(Db, _app.Clock, new WechatIdentity(app, OpenId.Parse(openId), union), default);

    /// <summary>People who follow since before the product was there: their events reached nobody.</summary>
    private async Task<List<string>> Following(int count)
    {
        var people = new List<string>();
        for (var i = 0; i < count; i++)
        {
            await _app.Fault(new { callback = "drop", times = 1 });
            people.Add((await _app.Post("followers", new { appId = Pushes.Official, openid = $"oSync{i}", unionid = $"uSync{i}", phone = $"1391111000{i}", nickname = $"老粉{i}" })).GetProperty("openid").GetString()!);
        }
        (await Db.First<long>("select count(*) from wechat_followers")).ShouldBe(0);
        return people;
    }

    private async Task Take(FollowerPage page, DateTimeOffset asked) =>
        (await _app.Get<FollowerPages>().Take((await FollowerSync.Of(Db, Pushes.Official, default))!, page, asked, default)).ShouldBeTrue();

    private async Task ToTheEnd()
    {
        for (var i = 0; i < 5; i++)
        {
            await _app.Settle();
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<JsonElement> View() => (await _desk.GetFromJsonAsync<JsonElement>(Path)).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("appId").GetString() == Pushes.Official);

    private async Task Post(string what) => (await Status(what)).ShouldBe(HttpStatusCode.NoContent);

    private async Task<HttpStatusCode> Status(string what, string appId = Pushes.Official)
    {
        using var answer = await _desk.PostAsync($"{Path}/{appId}/{what}", null);
        return answer.StatusCode;
    }

    private Task<CustomerId> Recognised(string openId) => Identity(Pushes.Official, openId, null);
}

public sealed class SynchronisingFollowersOnSqlite : SynchronisingFollowers
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class SynchronisingFollowersOnMariaDb : SynchronisingFollowers
{
    protected override async Task<string?> Database() => await MariaDb.NewDatabase();
}

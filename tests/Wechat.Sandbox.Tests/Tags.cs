using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Tags
{
    [Fact]
    public async Task A_tag_is_made_given_to_followers_read_renamed_and_deleted()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var (one, two) = (await host.Follower(), await host.Follower());
        var tag = await Create(host, token, "大客户");
        (await Tagging(host, token, tag, one, two)).ShouldBe(0);
        (await Of(host, token, one)).ShouldBe([tag]);
        (await host.Call("/cgi-bin/user/info", token, query: $"openid={one}")).GetProperty("tagid_list")[0].GetInt32().ShouldBe(tag);
        (await Count(host, token, tag)).ShouldBe(2);
        (await host.Call("/cgi-bin/tags/update", token, new { tag = new { id = tag, name = "月结客户" } })).Errcode().ShouldBe(0);
        (await Names(host, token)).ShouldBe(["星标组", "月结客户"]);
        (await host.Call("/cgi-bin/tags/members/batchuntagging", token, new { openid_list = new[] { two }, tagid = tag })).Errcode().ShouldBe(0);
        (await Of(host, token, two)).ShouldBeEmpty();
        (await host.Call("/cgi-bin/tags/delete", token, new { tag = new { id = tag } })).Errcode().ShouldBe(0);
        (await Of(host, token, one)).ShouldBeEmpty();
        (await host.Call("/cgi-bin/tags/delete", token, new { tag = new { id = tag } })).Errcode().ShouldBe(45159);
    }

    [Theory]
    [InlineData("", 45158)]
    [InlineData("十一个汉字就超过三十字节了吧", 45158)]
    [InlineData("星标组", 45157)]
    [InlineData("十个汉字正好三十字节", 0)]
    public async Task A_name_has_limits(string name, int errcode)
    {
        await using var host = await SandboxHost.Start();
        (await host.Call("/cgi-bin/tags/create", await host.AccessToken(), new { tag = new { name } })).Errcode().ShouldBe(errcode);
    }

    [Fact]
    public async Task The_same_name_twice_and_the_platforms_own_tags_are_refused()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await Create(host, token, "大客户");
        (await host.Call("/cgi-bin/tags/create", token, new { tag = new { name = "大客户" } })).Errcode().ShouldBe(45157);
        (await host.Call("/cgi-bin/tags/update", token, new { tag = new { id = 2, name = "别的" } })).Errcode().ShouldBe(45058);
        (await host.Call("/cgi-bin/tags/delete", token, new { tag = new { id = 0 } })).Errcode().ShouldBe(45058);
    }

    [Fact]
    public async Task An_account_has_a_hundred_tags_at_most_and_a_follower_twenty()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var openid = await host.Follower();
        for (var number = 0; number < 100; number++)
        {
            var tag = await Create(host, token, $"标签{number}");
            if (number <= 20) (await Tagging(host, token, tag, openid)).ShouldBe(number < 20 ? 0 : 45059);
        }
        (await host.Call("/cgi-bin/tags/create", token, new { tag = new { name = "多了" } })).Errcode().ShouldBe(45056);
        (await Of(host, token, openid)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task Tagging_takes_fifty_followers_of_this_account_at_once()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var tag = await Create(host, token, "大客户");
        var openid = await host.Follower();
        (await Tagging(host, token, tag, [.. Enumerable.Repeat(openid, 51)])).ShouldBe(40032);
        (await Tagging(host, token, tag)).ShouldBe(40032);
        (await Tagging(host, token, tag, openid, "nobody")).ShouldBe(40003);
        (await Tagging(host, token, tag, openid, await host.Follower(SandboxHost.Mini))).ShouldBe(49003);
        (await Tagging(host, token, tag + 1, openid)).ShouldBe(45159);
        (await Of(host, token, openid)).ShouldBeEmpty("a refused batch tags nobody");
    }

    [Fact]
    public async Task Followers_come_in_pages_of_the_size_that_is_set()
    {
        await using var host = await SandboxHost.Start(configure: options => options.Limits = new() { UserPage = 3 });
        var token = await host.AccessToken();
        var tag = await Create(host, token, "大客户");
        var all = new List<string>();
        for (var number = 0; number < 7; number++) all.Add(await host.Follower());
        (await Tagging(host, token, tag, [.. all.Take(4)])).ShouldBe(0);
        var sizes = new List<int>();
        var seen = new List<string>();
        for (var next = ""; ;)
        {
            var page = await host.Call("/cgi-bin/user/get", token, query: $"next_openid={next}");
            page.GetProperty("total").GetInt32().ShouldBe(7);
            sizes.Add(page.GetProperty("count").GetInt32());
            next = page.GetProperty("next_openid").GetString()!;
            if (next.Length == 0) break;
            seen.AddRange(page.GetProperty("data").GetProperty("openid").EnumerateArray().Select(item => item.GetString()!));
        }
        sizes.ShouldBe([3, 3, 1, 0]);
        seen.ShouldBe(all, ignoreOrder: true);
        var tagged = await host.Call("/cgi-bin/user/tag/get", token, new { tagid = tag });
        tagged.GetProperty("count").GetInt32().ShouldBe(3);
        var rest = await host.Call("/cgi-bin/user/tag/get", token, new { tagid = tag, next_openid = tagged.GetProperty("next_openid").GetString() });
        rest.GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Batchget_tells_of_a_hundred_people_at_once_and_remarks_stay()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        var openid = await host.Follower();
        (await host.Call("/cgi-bin/user/info/updateremark", token, new { openid, remark = "常寄生鲜" })).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/user/info/updateremark", token, new { openid, remark = new string('长', 30) })).Errcode().ShouldBe(40097);
        var users = await host.Call("/cgi-bin/user/info/batchget", token, new { user_list = Enumerable.Repeat(new { openid, lang = "zh_CN" }, 100) });
        users.GetProperty("user_info_list").GetArrayLength().ShouldBe(100);
        users.GetProperty("user_info_list")[0].GetProperty("remark").GetString().ShouldBe("常寄生鲜");
        (await host.Call("/cgi-bin/user/info/batchget", token, new { user_list = Enumerable.Repeat(new { openid }, 101) })).Errcode().ShouldBe(40032);
    }

    [Fact]
    public async Task Tags_survive_a_restart()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var token = await host.AccessToken();
        var tag = await Create(host, token, "大客户");
        await Tagging(host, token, tag, openid);
        await host.Restart();
        (await Of(host, token, openid)).ShouldBe([tag]);
        (await Names(host, token)).ShouldBe(["星标组", "大客户"]);
    }

    public static async Task<int> Create(SandboxHost host, string token, string name) =>
        (await host.Call("/cgi-bin/tags/create", token, new { tag = new { name } })).GetProperty("tag").GetProperty("id").GetInt32();

    public static async Task<int> Tagging(SandboxHost host, string token, int tag, params string[] openids) =>
        (await host.Call("/cgi-bin/tags/members/batchtagging", token, new { openid_list = openids, tagid = tag })).Errcode();

    static async Task<IReadOnlyList<int>> Of(SandboxHost host, string token, string openid) =>
        [.. (await host.Call("/cgi-bin/tags/getidlist", token, new { openid })).GetProperty("tagid_list").EnumerateArray().Select(id => id.GetInt32())];

    static async Task<IReadOnlyList<string>> Names(SandboxHost host, string token) => [.. (await All(host, token)).Select(tag => tag.GetProperty("name").GetString()!)];

    static async Task<int> Count(SandboxHost host, string token, int tag) =>
        (await All(host, token)).Single(known => known.GetProperty("id").GetInt32() == tag).GetProperty("count").GetInt32();

    static async Task<IReadOnlyList<JsonElement>> All(SandboxHost host, string token) =>
        [.. (await host.Call("/cgi-bin/tags/get", token)).GetProperty("tags").EnumerateArray()];
}

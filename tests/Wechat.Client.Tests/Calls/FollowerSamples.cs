using Courier.Wechat.Client.Calls;
using static Courier.Wechat.Client.Tests.Calls.CallSamples;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Menus for some, tags, and followers in numbers.</summary>
static class FollowerSamples
{
    public static IEnumerable<CallSample> All =>
    [
        new CallSample<ConditionalMenuAdded>(new AddConditionalMenu([MenuButton.View("月结对账", "https://h5.example/a?b=1&c=2")], new MenuMatch(103, ClientPlatform.Android)),
            "POST", "/cgi-bin/menu/addconditional", $"?{Token}",
            """{"button":[{"type":"view","name":"月结对账","url":"https://h5.example/a?b=1&c=2"}],"matchrule":{"tag_id":103,"client_platform_type":2}}""",
            """{"menuid":"208379533"}""", new ConditionalMenuAdded(208379533)),
        new CallSample<ConditionalMenuAdded>(new AddConditionalMenu([MenuButton.WithKey("click", "寄件", "SEND")], new MenuMatch(2)),
            "POST", "/cgi-bin/menu/addconditional", $"?{Token}",
            """{"button":[{"type":"click","name":"寄件","key":"SEND"}],"matchrule":{"tag_id":2}}""", """{"menuid":208379534}""", new ConditionalMenuAdded(208379534)),
        new CallSample<Done>(new DeleteConditionalMenu(208379533), "POST", "/cgi-bin/menu/delconditional", $"?{Token}", """{"menuid":"208379533"}""", Ok, Done.Well),
        new CallSample<IReadOnlyList<MenuButton>>(new TryMenu("o1"), "POST", "/cgi-bin/menu/trymatch", $"?{Token}", """{"user_id":"o1"}""",
            """{"button":[{"type":"view","name":"月结对账","url":"https://h5.example/a","sub_button":[]}]}""",
            [new MenuButton { Type = "view", Name = "月结对账", Url = "https://h5.example/a", SubButton = [] }]),

        new CallSample<AccountTag>(new CreateTag("月结客户"), "POST", "/cgi-bin/tags/create", $"?{Token}", """{"tag":{"name":"月结客户"}}""",
            """{"tag":{"id":134,"name":"月结客户"}}""", new AccountTag(134, "月结客户")),
        new CallSample<IReadOnlyList<AccountTag>>(new GetTags(), "GET", "/cgi-bin/tags/get", $"?{Token}", null,
            """{"tags":[{"id":2,"name":"星标组","count":0},{"id":134,"name":"月结客户","count":72596}]}""", [new AccountTag(2, "星标组", 0), new AccountTag(134, "月结客户", 72596)]),
        new CallSample<Done>(new RenameTag(134, "月结"), "POST", "/cgi-bin/tags/update", $"?{Token}", """{"tag":{"id":134,"name":"月结"}}""", Ok, Done.Well),
        new CallSample<Done>(new DeleteTag(134), "POST", "/cgi-bin/tags/delete", $"?{Token}", """{"tag":{"id":134}}""", Ok, Done.Well),
        new CallSample<Done>(new TagFollowers(134, ["o1", "o2"]), "POST", "/cgi-bin/tags/members/batchtagging", $"?{Token}", """{"openid_list":["o1","o2"],"tagid":134}""", Ok, Done.Well),
        new CallSample<Done>(new UntagFollowers(134, ["o1"]), "POST", "/cgi-bin/tags/members/batchuntagging", $"?{Token}", """{"openid_list":["o1"],"tagid":134}""", Ok, Done.Well),
        new CallSample<IReadOnlyList<int>>(new GetTagsOfFollower("o1"), "POST", "/cgi-bin/tags/getidlist", $"?{Token}", """{"openid":"o1"}""", """{"tagid_list":[134,2]}""", [134, 2]),

        new CallSample<FollowerPage>(new GetFollowers(), "GET", "/cgi-bin/user/get", $"?{Token}", null,
            """{"total":23000,"count":2,"data":{"openid":["o1","o2"]},"next_openid":"o2"}""", new FollowerPage(["o1", "o2"], "o2", 23000)),
        new CallSample<FollowerPage>(new GetFollowers("o2"), "GET", "/cgi-bin/user/get", $"?{Token}&next_openid=o2", null,
            """{"total":23000,"count":0,"next_openid":""}""", new FollowerPage([], null, 23000)),
        new CallSample<FollowerPage>(new GetFollowersOfTag(134), "POST", "/cgi-bin/user/tag/get", $"?{Token}", """{"tagid":134,"next_openid":""}""",
            """{"count":2,"data":{"openid":["o1","o2"]},"next_openid":"o2"}""", new FollowerPage(["o1", "o2"], "o2")),
        new CallSample<FollowerPage>(new GetFollowersOfTag(134, "o2"), "POST", "/cgi-bin/user/tag/get", $"?{Token}", """{"tagid":134,"next_openid":"o2"}""",
            """{"count":0}""", new FollowerPage([], null)),
        new CallSample<IReadOnlyList<WechatUser>>(new GetUsers(["o1", "o2"]), "POST", "/cgi-bin/user/info/batchget", $"?{Token}",
            """{"user_list":[{"openid":"o1","lang":"zh_CN"},{"openid":"o2","lang":"zh_CN"}]}""",
            """{"user_info_list":[{"subscribe":1,"openid":"o1","unionid":"u1","language":"zh_CN","subscribe_time":1767225600,"remark":"","groupid":0,"tagid_list":[134],"subscribe_scene":"ADD_SCENE_SEARCH","qr_scene":0,"qr_scene_str":""},{"subscribe":0,"openid":"o2"}]}""",
            [
                new WechatUser { Subscribe = 1, OpenId = "o1", UnionId = "u1", Language = "zh_CN", SubscribeTime = 1767225600, SubscribeScene = "ADD_SCENE_SEARCH", QrScene = 0, QrSceneStr = "", Remark = "", TagidList = [134] },
                new WechatUser { OpenId = "o2" },
            ]),
        new CallSample<Done>(new SetRemark("o1", "老客户"), "POST", "/cgi-bin/user/info/updateremark", $"?{Token}", """{"openid":"o1","remark":"老客户"}""", Ok, Done.Well),
        new CallSample<Done>(new SetRemark("o1", ""), "POST", "/cgi-bin/user/info/updateremark", $"?{Token}", """{"openid":"o1","remark":""}""", Ok, Done.Well),
    ];
}

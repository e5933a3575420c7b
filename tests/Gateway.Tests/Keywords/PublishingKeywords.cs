using System.Text.Json.Nodes;
using Courier.Gateway.Tests.Editions;
using Courier.Kernel.Data;
using Courier.Testing;
using Courier.WechatGateway.Editions;
using Courier.WechatGateway.Keywords;

namespace Courier.Gateway.Tests.Keywords;

/// <summary>The keyword table in the chat: what a publication changes, for whom, and what a draft does not.</summary>
public sealed class PublishingKeywords : IAsyncLifetime
{
    private CourierApp _app = null!;
    private Operators _operator = null!, _supervisor = null!;

    public async Task InitializeAsync()
    {
        _app = await CourierApp.Start(new() { Demo = true });
        _operator = await Operators.SignIn(_app, "operator");
        _supervisor = await Operators.SignIn(_app, "supervisor");
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        _supervisor.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_published_word_answers_at_once_a_draft_does_not_and_a_rollback_takes_it_back()
    {
        var me = Pushes.ToOfficial(_app);
        var draft = await WithRow(Row("双十二", "高峰期会晚一两天。"));
        (await _operator.Post($"{draft.Path}/preview/say", new { text = "双十二" }))["text"]!.GetValue<string>().ShouldBe("高峰期会晚一两天。");
        (await me.Say("双十二")).ShouldContain("不太明白", Case.Sensitive, "an unknown word is shown the guidance");
        await Publish(draft);
        (await me.Say("双十二")).ShouldBe("高峰期会晚一两天。");
        (await me.Say("回复２")).ShouldContain("运单号");

        await _operator.Post("keywords/editions/1/rollback", new { });
        (await me.Say("双十二")).ShouldContain("回复 1");
    }

    [Fact]
    public async Task Another_process_knows_the_new_table_within_a_second()
    {
        var me = Pushes.ToOfficial(_app);
        (await me.Say("帮助")).ShouldContain("回复 1");
        var draft = await WithRow(Row("双十二", "高峰期会晚一两天。"));
        await draft.Take("submit");
        await (await draft.SeenBy(_supervisor)).Take("approve");
        var id = await _app.Get<Db>().First<string>("select id from wechat_editions where kind = 'keywords' and number = 2");
        await _app.Get<Db>().Execute("update wechat_contents set live_edition = @id, live_number = 2 where kind = 'keywords'", new { id }); // as another process does
        (await me.Say("双十二")).ShouldContain("不太明白");
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await me.Say("双十二")).ShouldBe("高峰期会晚一两天。");
    }

    [Fact]
    public async Task A_row_for_a_tag_answers_only_followers_who_have_it_and_stands_before_that_for_everybody()
    {
        var tags = await _operator.Post($"tags/{Pushes.Official}", new { name = "大客户" });
        var tag = tags["items"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() == "大客户")!["tagId"]!.GetValue<long>();
        var (vip, guest) = (await _app.AddFollower(Pushes.Official), await _app.AddFollower(Pushes.Official));
        await _operator.Put($"tags/{Pushes.Official}/{tag}/followers/{vip}", new { });
        await Publish(await WithRow(Row("寄件", "请直接联系您的客户经理。", tag)));
        (await Pushes.ToOfficial(_app).As(vip).Say("寄件")).ShouldBe("请直接联系您的客户经理。");
        (await Pushes.ToOfficial(_app).As(guest).Say("寄件")).ShouldContain("上门");

        await _operator.Delete($"tags/{Pushes.Official}/{tag}/followers/{vip}", System.Net.HttpStatusCode.OK);
        (await Pushes.ToOfficial(_app).As(vip).Say("寄件")).ShouldContain("上门");
        (await _operator.Refused($"tags/{Pushes.Official}", new { name = "大客户" })).ShouldBe("wechat.tag_refused");
        (await _operator.Post($"tags/{Pushes.Official}", new { name = "一二三四五六七八九十一" }, System.Net.HttpStatusCode.BadRequest))["field"]!.GetValue<string>().ShouldBe("name");
    }

    [Fact]
    public async Task A_tag_gets_another_name_at_WeChat_too_but_not_one_of_WeChats_own()
    {
        var made = await _operator.Post($"tags/{Pushes.Official}", new { name = "老客户" });
        var tag = made["items"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() == "老客户")!["tagId"]!.GetValue<long>();
        string[] Names(JsonNode answer) => [.. answer["items"]!.AsArray().Select(t => t!["name"]!.GetValue<string>())];
        Names(await _operator.Put($"tags/{Pushes.Official}/{tag}", new { name = "十年客户" })).ShouldContain("十年客户");
        Names(await _operator.Post($"tags/{Pushes.Official}/refresh", new { })).ShouldContain("十年客户");
        (await _operator.Put($"tags/{Pushes.Official}/2", new { name = "星标" }, System.Net.HttpStatusCode.BadRequest))["field"]!.GetValue<string>().ShouldBe("tagId");
        (await _operator.Put($"tags/{Pushes.Official}/{tag}", new { name = "" }, System.Net.HttpStatusCode.BadRequest))["field"]!.GetValue<string>().ShouldBe("name");
        (await _app.Get<Db>().First<string>("select reason from staff_audit where action = 'wechat.tag_renamed'")).ShouldBe("十年客户");
    }

    [Fact]
    public async Task Every_fault_stands_beside_its_field()
    {
        var draft = await WithRow(
            Row("", ""), Row("帮助", "x"), Row("一二", "x", match: "number"), Row("a", "x") with { Command = "human" }, Row("b", "") with { Command = "nothing" },
            Row("c", new string('长', 683)), Row("d", "x") with { Hours = "8点到9点" }, Row("e", "x") with { ValidFrom = "2026-12-12T00:00:00+08:00", ValidUntil = "2026-12-11T00:00:00+08:00" },
            Row("f", "x") with { AppId = "wxnobody" }, Row("g", "x", 999));
        draft.Problems.ShouldBe(
        [
            ("rows/0", "word", false), ("rows/0", "reply", false), ("rows/2", "word", false), ("rows/3", "reply", false), ("rows/4", "command", false),
            ("rows/5", "reply", false), ("rows/6", "hours", false), ("rows/7", "validUntil", false), ("rows/8", "appId", false), ("rows/9", "tagId", false),
            (draft.Problems.Single(p => p is { Path: not "rows/0" and not "rows/2", Field: "word" }).Path, "word", false), // the second 帮助
        ], ignoreOrder: true);
        (await draft.Refused("submit")).ShouldBe("edition.problems");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("00000000000000000000000000000001")]
    public async Task A_row_without_an_id_of_its_own_is_refused_with_its_place_and_the_reason(string id)
    {
        var draft = await WithRow(Row("甲", "x"), Row("乙", "x")); // 0 and 1 in 32 digits
        var content = draft.Content.DeepClone();
        content["rows"]![0]!["id"] = id;
        using var answer = await _operator.Send(HttpMethod.Put, draft.Path, new { version = draft.View["edition"]!["version"]!.GetValue<long>(), content });
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        problem["code"]!.GetValue<string>().ShouldBe("wechat.keyword_id_invalid");
        problem["field"]!.GetValue<string>().ShouldBe(id.Length < 32 ? "content.rows[0].id" : "content.rows[1].id");
        problem["title"]!.GetValue<string>().ShouldContain("编号");
    }

    [Fact]
    public async Task Words_are_kept_as_they_are_compared()
    {
        var draft = await WithRow(Row(" ＨＥＬＰ？ ", "x"));
        draft.Content["rows"]![0]!["word"]!.GetValue<string>().ShouldBe("HELP?");
    }

    [Fact]
    public async Task A_preview_does_and_counts_nothing_and_names_what_would_be_done()
    {
        var draft = await WithRow(Row("双十二", "高峰"));
        (await Say(draft, new { text = "人工" })).ShouldContain("转人工");
        (await Say(draft, new { key = "my_parcels" })).ShouldContain("我的快递");
        (await Say(draft, new { key = "4" })).ShouldContain("能寄充电宝吗");
        (await Say(draft, new { text = "今天天气" })).ShouldContain("回复 1");
        (await _operator.Get($"{draft.Path}/preview"))["title"]!.GetValue<string>().ShouldBe("关键词第 2 版");
        await _app.Get<UsageCounts>().Flush(default);
        (await _app.Get<Db>().First<long>("select count(*) from wechat_usage_days")).ShouldBe(0);
        (await _app.Get<Db>().First<long>("select count(*) from conversations_conversations")).ShouldBe(0);
    }

    [Theory]
    [InlineData("改地址")]
    [InlineData("暂存")]
    [InlineData("通知设置")]
    [InlineData("分享")]
    [InlineData("退订")]
    public async Task A_preview_says_when_another_rule_answers_before_the_table(string word)
    {
        var draft = await WithRow(Row(word, "固定的话"));
        (await Say(draft, new { text = word })).ShouldContain("轮不到关键词表");
        (await Say(draft, new { text = "人工" })).ShouldNotContain("轮不到关键词表");
    }

    [Fact]
    public async Task A_preview_answers_a_long_message_as_the_chat_does()
    {
        var draft = await WithRow(Row("双十二", "高峰"));
        (await Say(draft, new { text = new string('啊', 200) + "我要转人工" })).ShouldContain("转人工");
    }

    [Fact]
    public void Too_many_lines_of_guidance_are_left_out_whole_and_the_way_to_a_person_stays()
    {
        var shown = WechatGateway.Texts.Guidance([.. Enumerable.Range(1, 60).Select(i => $"回复 {i}　一行不长不短的引导说明文字")]);
        System.Text.Encoding.UTF8.GetByteCount(shown).ShouldBeLessThan(1700);
        var lines = shown.Split('\n');
        lines[^1].ShouldBe("需要人帮忙，随时回复“人工”。");
        lines[^2].ShouldEndWith("引导说明文字");
    }

    [Fact]
    public async Task The_editor_is_warned_of_lines_of_guidance_that_nobody_sees()
    {
        var draft = await WithRow([.. Enumerable.Range(0, 40).Select(i => Row($"词{i}", "x") with { Guide = $"回复 词{i}　一行不长不短的引导说明文字" })]);
        draft.Problems.ShouldHaveSingleItem().ShouldBe(("", "", true));
    }

    [Fact]
    public async Task Counts_are_flushed_each_second_and_a_failed_flush_loses_and_doubles_nothing()
    {
        var counts = _app.Get<UsageCounts>();
        counts.Add("wx1", UsageSubject.Menu, "a");
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.Until(async () => await Counted() == 1, "the first use is written");
        counts.Add("wx1", UsageSubject.Menu, "a");
        using (var cancelled = new CancellationTokenSource())
        {
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(counts.Flush(cancelled.Token));
        }
        (await Counted()).ShouldBe(1);
        await counts.Flush(default);
        await counts.Flush(default);
        (await Counted()).ShouldBe(2);
    }

    private async Task<long> Counted() => await _app.Get<Db>().First<long>("select coalesce(sum(uses), 0) from wechat_usage_days where item = 'a'");

    private async Task<string> Say(Draft draft, object said) => (await _operator.Post($"{draft.Path}/preview/say", said))["text"]!.GetValue<string>();

    private async Task<Draft> WithRow(params NewRow[] rows) => await (await _operator.Begin(Operators.Keywords)).Edit(c =>
    {
        for (var i = 0; i < rows.Length; i++) c["rows"]!.AsArray().Insert(i, JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(rows[i] with { Id = i.ToString("x32") }, Kernel.KernelJson.Options)));
    });

    private async Task Publish(Draft draft)
    {
        await draft.Take("submit");
        await (await draft.SeenBy(_supervisor)).Take("approve");
        (await (await draft.SeenBy(_operator)).Take("publish")).State.ShouldBe("published");
    }

    private static NewRow Row(string word, string reply, long tag = 0, string match = "exact") =>
        new("", tag > 0 ? Pushes.Official : "", tag, word, match, "", reply, "", true, null, null, "");

    private sealed record NewRow(
        string Id, string AppId, long TagId, string Word, string MatchKind, string Command, string Reply, string Guide, bool Enabled, string? ValidFrom, string? ValidUntil, string Hours);
}

using Courier.Kernel.Data;
using Courier.Testing;
using Courier.WechatGateway.Followers;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Outgoing;
using Courier.WechatGateway.Spool;
using Microsoft.Data.Sqlite;

namespace Courier.Gateway.Tests.Receiving;

/// <summary>The file is locked by somebody else: it can be read and not written.</summary>
public sealed class WhileTheDatabaseIsAway : IAsyncLifetime
{
    private const string Kept = "我已经记下";

    private readonly string _data = Directory.CreateTempSubdirectory("courier-away-").FullName;
    private readonly FakeClock _clock = new();
    private readonly DateTimeOffset _start = new FakeClock().GetUtcNow();
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await Start();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_message_is_kept_answered_honestly_and_handled_when_it_is_back()
    {
        var follower = await _app.AddFollower(Pushes.Official);
        await using (await Locked())
            (await _app.Say(follower, "人工")).ShouldContain(Kept);
        (await Conversations()).ShouldBe(0);

        await Drain();
        (await Conversations()).ShouldBe(1);
        (await _app.InboxOf(follower)).ShouldContain(e => e.Kind == "custom" && e.Text.Contains("客服"));
        (await _app.Say(follower, "帮我看看")).ShouldNotContain(Kept);
    }

    [Theory]
    [InlineData("能寄充电宝吗", "充电宝")]
    [InlineData("网点 南山区", "南山区")]
    [InlineData("怎么还没到", "运单号")]
    [InlineData("880012345678901 1234", "880012345678901")]
    public async Task A_question_is_told_honestly_that_nothing_can_be_looked_up_and_answered_when_it_is_back(string question, string answer)
    {
        var follower = await _app.AddFollower(Pushes.Official);
        await using (await Locked())
        {
            await Pushes.ToOfficial(_app).Say("人工");
            _app.Get<CallbackSpool>().IsAway.ShouldBeTrue("somebody has met it");
            var told = await _app.Say(follower, question);
            told.ShouldContain("暂时查不到数据");
            told.ShouldContain(Kept);
        }
        (await _app.InboxOf(follower)).ShouldNotContain(e => e.Kind == "custom");
        await Drain();
        (await _app.InboxOf(follower)).Single(e => e.Kind == "custom").Text.ShouldContain(answer);
    }

    [Fact]
    public async Task As_long_as_it_can_be_read_and_nobody_has_met_that_it_cannot_be_written_questions_are_answered()
    {
        var follower = await _app.AddFollower(Pushes.Official);
        await using (await Locked()) (await _app.Say(follower, "能寄充电宝吗")).ShouldContain("【充电宝】有条件可以寄");
    }

    [Fact]
    public async Task What_somebody_sends_is_handled_in_its_order_and_once_however_often_WeChat_tells_it()
    {
        var wechat = Pushes.ToOfficial(_app);
        await using (await Locked())
        {
            (await wechat.Say("人工", msgId: 1)).ShouldContain(Kept);
            (await wechat.Say("第一句", msgId: 2)).ShouldContain(Kept);
            (await wechat.Say("第二句", msgId: 3)).ShouldContain(Kept);
            (await wechat.Say("第一句", msgId: 2)).ShouldContain(Kept, customMessage: "a repeat is answered like the first");
        }
        await Drain();
        (await wechat.Say("第三句", msgId: 4)).ShouldBeEmpty("a person is waited for");
        (await Transcript()).Where(t => t != "人工").ShouldBe(["第一句", "第二句", "第三句"]);
    }

    [Fact]
    public async Task An_event_is_answered_success_and_has_its_effect_later()
    {
        var wechat = Pushes.ToOfficial(_app);
        await wechat.Say("帮助");
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Wait.Until(async () => await Followed(wechat.OpenId) == 1, "the follower is written down");
        await using (await Locked())
            (await wechat.Tell(wechat.EventXml("unsubscribe"))).ShouldBeEmpty();
        (await Followed(wechat.OpenId)).ShouldBe(1);
        await Drain();
        (await Followed(wechat.OpenId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_mini_program_gets_its_answer_when_it_is_back()
    {
        var follower = await _app.AddFollower(Pushes.MiniProgram);
        await using (await Locked()) (await _app.Say(follower, "帮助")).ShouldBeEmpty();
        await Drain();
        (await _app.InboxOf(follower)).ShouldContain(e => e.Kind == "custom" && e.Text.Contains("人工"));
    }

    [Fact]
    public async Task A_process_that_dies_meanwhile_leaves_it_to_the_next()
    {
        var wechat = Pushes.ToOfficial(_app);
        await using (await Locked()) (await wechat.Say("人工")).ShouldContain(Kept);
        await _app.DisposeAsync();

        _app = await Start();
        (await Conversations()).ShouldBe(0);
        await Drain();
        (await Conversations()).ShouldBe(1);
        new FileInfo(Path.Combine(_data, "spool", "callbacks-0.lines")).Length.ShouldBe(0);
    }

    [Fact]
    public async Task As_long_as_it_is_away_nobody_waits_for_it()
    {
        var wechat = Pushes.ToOfficial(_app);
        await using (await Locked())
        {
            await wechat.Say("人工");
            (await _app.Get<DrainSpool>().RunOnce(default)).ShouldBeFalse();
            _app.Get<CallbackSpool>().IsAway.ShouldBeTrue();
            (await Pushes.ToOfficial(_app).Say("帮助")).ShouldContain(Kept, customMessage: "somebody else is not made to wait either");
        }
        await Drain();
        _app.Get<CallbackSpool>().IsAway.ShouldBeFalse();
        (await Pushes.ToOfficial(_app).Say("帮助")).ShouldNotContain(Kept);
    }

    [Fact]
    public async Task A_line_that_nobody_can_read_is_put_aside_and_holds_up_nothing()
    {
        var wechat = Pushes.ToOfficial(_app);
        await using (await Locked()) await wechat.Say("人工");
        await _app.DisposeAsync();
        var file = Path.Combine(_data, "spool", "callbacks-0.lines");
        File.WriteAllText(file, "bm90IG91cnM=\n" + File.ReadAllText(file));

        _app = await Start();
        await Drain();
        (await Conversations()).ShouldBe(1);
        File.ReadAllLines(Path.Combine(_data, "spool", "refused.lines")).ShouldBe(["bm90IG91cnM="]);
    }

    [Fact]
    public async Task What_people_write_does_not_stand_in_the_file_in_clear()
    {
        var wechat = Pushes.ToOfficial(_app);
        await using (await Locked()) await wechat.Say("我的手机号是13800000001");
        await _app.DisposeAsync(); // it has the file alone
        var lines = File.ReadAllText(Path.Combine(_data, "spool", "callbacks-0.lines"));
        lines.Length.ShouldBeGreaterThan(100);
        lines.ShouldNotContain("13800000001");
        lines.ShouldNotContain(wechat.OpenId);
        _app = await Start();
    }

    [Fact]
    public async Task What_takes_too_long_by_itself_is_kept_and_put_aside_in_the_end_while_others_are_served_as_usual()
    {
        var poisoned = Pushes.ToOfficial(_app).As("oPoisoned");
        await Poison(poisoned.OpenId);
        (await poisoned.Say("帮助")).ShouldContain(Kept);
        (await Pushes.ToOfficial(_app).Say("帮助")).ShouldNotContain(Kept);
        await Wait.Until(async () => await _app.Get<DrainSpool>().RunOnce(default), "its tries are used up");

        _app.Get<CallbackSpool>().IsAway.ShouldBeFalse();
        File.ReadAllLines(Path.Combine(_data, "spool", "refused.lines")).Length.ShouldBe(1);
        await _app.Get<Db>().Execute("drop trigger poison");
        (await poisoned.Say("帮助")).ShouldNotContain(Kept, customMessage: "nothing of this customer waits any more");
    }

    [Fact]
    public async Task However_much_waits_of_one_customer_others_behind_it_get_their_turn()
    {
        var poisoned = Pushes.ToOfficial(_app).As("oPoisoned");
        await Poison(poisoned.OpenId);
        for (var i = 0; i < 260; i++) (await poisoned.Say("帮助")).ShouldContain(Kept);
        await using (await Locked()) (await Pushes.ToOfficial(_app).Say("人工")).ShouldContain(Kept);
        (await Conversations()).ShouldBe(0);

        (await _app.Get<DrainSpool>().RunOnce(default)).ShouldBeFalse("the other customer's lines are left");
        (await Conversations()).ShouldBe(1);
        _app.Get<CallbackSpool>().IsAway.ShouldBeFalse();
        File.Exists(Path.Combine(_data, "spool", "refused.lines")).ShouldBeFalse("it has tries left");
    }

    [Fact]
    public async Task A_write_that_the_database_refuses_ends_no_loop()
    {
        var wechat = Pushes.ToOfficial(_app);
        await wechat.Say("帮助");
        var (db, openings, held) = (_app.Get<Db>(), _app.Get<WindowOpenings>(), _app.Get<HeldRelease>());
        await openings.Written(default);
        await db.Execute("create trigger refuse before update on wechat_followers begin select raise(abort, 'refused'); end");
        await db.Execute("create trigger refuse_uses before insert on wechat_usage_days begin select raise(abort, 'refused'); end");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await wechat.Say("帮助");
        await Should.ThrowAsync<SqliteException>(() => openings.Written(default));
        _app.Get<UsageCounts>().Add("wxRefused", UsageSubject.Menu, "track");
        await _app.Get<UsageCounts>().Flush(default);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await db.Execute("drop trigger refuse");
        await db.Execute("drop trigger refuse_uses");
        await Wait.Until(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return await db.First<long>("select sum(uses) from wechat_usage_days where app_id = 'wxRefused'") == 1
                && await db.First<long>("select count(*) from wechat_followers where openid = @openId and last_action_at >= @since",
                    new { openId = wechat.OpenId, since = _start + TimeSpan.FromMinutes(2) }) == 1;
        }, "what was kept is written");
        openings.ExecuteTask!.IsCompleted.ShouldBeFalse();
        held.ExecuteTask!.IsCompleted.ShouldBeFalse();
    }

    /// <summary>From now on a follower of this name is written down for ever.</summary>
    private async Task Poison(string openId)
    {
        var db = _app.Get<Db>();
        await db.Execute("create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n");
        await db.Execute($"create trigger poison before insert on wechat_followers when new.openid = '{openId}' begin select count(*) from endless; end");
    }

    private Task<CourierApp> Start() => CourierApp.Start(new()
    {
        DataDirectory = _data, Clock = _clock,
        Settings = new Dictionary<string, string> { ["Database:CommandTimeout"] = "00:00:00.300" },
    });

    private async Task Drain()
    {
        _app.Get<CallbackSpool>().Adopt();
        (await _app.Get<DrainSpool>().RunOnce(default)).ShouldBeTrue();
        await _app.Settle();
    }

    /// <summary>Holds the file's write lock until it is let go.</summary>
    private async Task<SqliteConnection> Locked()
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(_data, "courier.db")};Pooling=False");
        await other.OpenAsync();
        await using var begin = other.CreateCommand();
        begin.CommandText = "begin immediate";
        await begin.ExecuteNonQueryAsync();
        return other;
    }

    private async Task<long> Conversations() => await _app.Get<Db>().First<long>("select count(*) from conversations_conversations");

    private async Task<long> Followed(string openId) =>
        await _app.Get<Db>().First<long>("select followed from wechat_followers where openid = @openId", new { openId });

    private async Task<IReadOnlyList<string>> Transcript()
    {
        var keys = _app.Get<DataKeys>();
        var texts = await _app.Get<Db>().Query<string>("select body_cipher from conversations_messages where author = 'customer' order by sequence");
        return [.. texts.Select(keys.Decrypt)];
    }
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Services.Staff;
using Courier.Services.Tests.Notifications;

namespace Courier.Services.Tests.Conversations;

public sealed class HandingOverOnSqlite() : HandingOver(DatabaseProvider.Sqlite);

public sealed class HandingOverOnMariaDb() : HandingOver(DatabaseProvider.MySql);

/// <summary>A customer asks for a person, is answered, and goes back to the bot.</summary>
public abstract class HandingOver(DatabaseProvider provider)
{
    private static readonly ChannelAddress Wechat = new("wechat", "wx1", "openid-1");

    private readonly Mailbox _mailbox = new();

    [Fact]
    public async Task The_customer_gets_a_number_and_an_honest_place_in_the_queue()
    {
        await using var stage = await Set();
        var (anna, ben) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        var first = await Ask(stage, anna);
        (first.Number, first.Owner, first.AlreadyOpen, first.Ahead, first.OpenNow).ShouldBe(("C20261122-0001", ConversationOwner.Queue, false, 0, true));
        first.Text.ShouldContain("C20261122-0001");
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await Ask(stage, ben);
        (second.Number, second.Ahead).ShouldBe(("C20261122-0002", 1));
        second.Text.ShouldContain("前面还有 1 位");
        (await CurrentConversation.Of(stage.Db, ben, default))!.BotIsSilent.ShouldBeTrue();
    }

    [Fact]
    public async Task Out_of_hours_it_says_when_somebody_answers()
    {
        await using var stage = await Set();
        stage.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        var night = await Ask(stage, CustomerId.New(stage.Clock));
        (night.OpenNow, night.NextOpening).ShouldBe((false, "明天 08:00"));
        night.Text.ShouldContain("明天 08:00");
        night.Text.ShouldNotContain("正在为您转接");
    }

    [Fact]
    public async Task Asking_again_keeps_the_place_and_a_repeated_message_opens_nothing()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        var first = await Ask(stage, anna, "m1");
        (await Ask(stage, anna, "m1")).Number.ShouldBe(first.Number);
        var again = await Ask(stage, anna, "m2");
        (again.Number, again.AlreadyOpen).ShouldBe((first.Number, true));
        (await LeaveQueue.Execute(stage.Db, stage.Clock, anna, default)).ShouldBeTrue();
        (await LeaveQueue.Execute(stage.Db, stage.Clock, anna, default)).ShouldBeFalse();
        (await Ask(stage, anna, "m1")).Number.ShouldBe(first.Number);
        (await CurrentConversation.Of(stage.Db, anna, default)).ShouldBeNull();
        var next = await Ask(stage, anna, "m3");
        (next.Number, next.AlreadyOpen).ShouldBe(("C20261122-0002", false));
    }

    [Fact]
    public async Task Numbers_are_unique_when_many_ask_at_once_and_one_customer_opens_one()
    {
        await using var stage = await Set();
        await using var other = stage.AnotherProcess();
        var customers = Enumerable.Range(0, 12).Select(_ => CustomerId.New(stage.Clock)).ToList();
        var asked = await Task.WhenAll(customers.SelectMany((c, i) => new[] { Ask(stage, c, $"a{i}"), Ask(other, c, $"b{i}") }));
        asked.Select(h => h.Number).Distinct().Count().ShouldBe(12);
        asked.Count(h => !h.AlreadyOpen).ShouldBe(12);
    }

    [Fact]
    public async Task Of_two_agents_exactly_one_gets_the_conversation()
    {
        await using var stage = await Set();
        await using var other = stage.AnotherProcess();
        var id = await Waiting(stage, CustomerId.New(stage.Clock));
        var agents = new[] { StaffId.New(stage.Clock), StaffId.New(stage.Clock) };
        var taking = new[] { TakeConversation.Execute(stage.Db, stage.Clock, id, agents[0], default), TakeConversation.Execute(other.Db, other.Clock, id, agents[1], default) };
        await Task.WhenAll(taking).ContinueWith(_ => { }, TaskScheduler.Default);
        taking.Count(t => t.IsCompletedSuccessfully).ShouldBe(1);
        taking.Single(t => t.IsFaulted).Exception!.InnerException.ShouldBeOfType<RuleBroken>().Code.ShouldBe("conversation.taken");
        var winner = agents[Array.FindIndex(taking, t => t.IsCompletedSuccessfully)];
        (await TakeConversation.Execute(stage.Db, stage.Clock, id, winner, default)).Owner.ShouldBe(ConversationOwner.Agent);
    }

    [Fact]
    public async Task What_the_agent_writes_reaches_the_customer_once_in_order_where_they_wrote_to_us_and_then_the_bot_is_on_again()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        var agent = StaffId.New(stage.Clock);
        var id = await Waiting(stage, anna);
        await TakeConversation.Execute(stage.Db, stage.Clock, id, agent, default);
        var one = await Reply(stage, id, agent, "您好", "k1");
        (await Reply(stage, id, agent, "您好", "k1")).ShouldBe(one);
        await Reply(stage, id, agent, "件已找到", "k2");
        await CloseConversation.Execute(stage.Db, stage.Clock, id, agent, default);
        await CloseConversation.Execute(stage.Db, stage.Clock, id, agent, default);
        await stage.Deliver();
        await stage.Run<SendNotifications>();
        _mailbox.Texts.Count.ShouldBe(3);
        _mailbox.Texts.Take(2).ShouldBe(["您好", "件已找到"]);
        _mailbox.Texts[2].ShouldContain("已结束");
        _mailbox.Arrived.ShouldAllBe(m => m.OnlyAppId == "wx1" && m.OnlyAddress == "openid-1" && m.Kind == NotificationKind.AgentReply);
        (await CurrentConversation.Of(stage.Db, anna, default)).ShouldBeNull();
        (await Refused(() => Reply(stage, id, agent, "还有", "k3"))).ShouldBe("conversation.not_yours");
    }

    [Fact]
    public async Task Only_the_agent_who_has_it_writes_closes_and_gives_back()
    {
        await using var stage = await Set();
        var (mine, other) = (StaffId.New(stage.Clock), StaffId.New(stage.Clock));
        var id = await Waiting(stage, CustomerId.New(stage.Clock));
        (await Refused(() => Reply(stage, id, mine, "x", "k"))).ShouldBe("conversation.not_yours");
        await TakeConversation.Execute(stage.Db, stage.Clock, id, mine, default);
        (await Refused(() => Reply(stage, id, other, "x", "k"))).ShouldBe("conversation.not_yours");
        (await Refused(() => CloseConversation.Execute(stage.Db, stage.Clock, id, other, default))).ShouldBe("conversation.not_yours");
        (await Refused(() => GiveBackConversation.Execute(stage.Db, stage.Clock, id, other, default))).ShouldBe("conversation.not_yours");
        (await Refused(() => TakeConversation.Execute(stage.Db, stage.Clock, new string('0', 32), mine, default))).ShouldBe("conversation.unknown");
        (await Refused(() => Reply(stage, id, mine, " ", "k"))).ShouldBe("conversation.text_length");
        (await Refused(() => Reply(stage, id, mine, new string('长', 683), "k"))).ShouldBe("conversation.text_length"); // WeChat would cut it
        await Reply(stage, id, mine, new string('长', 682), "k");
        await GiveBackConversation.Execute(stage.Db, stage.Clock, id, mine, default);
        (await TakeConversation.Execute(stage.Db, stage.Clock, id, other, default)).Owner.ShouldBe(ConversationOwner.Agent);
        await CloseConversation.Execute(stage.Db, stage.Clock, id, other, default);
        (await Refused(() => TakeConversation.Execute(stage.Db, stage.Clock, id, mine, default))).ShouldBe("conversation.not_waiting");
    }

    [Fact]
    public async Task Messages_are_kept_once_encrypted_and_in_order()
    {
        await using var stage = await Set();
        await using var other = stage.AnotherProcess();
        var anna = CustomerId.New(stage.Clock);
        await Task.WhenAll(Say(stage, anna, "我的电话13800001234", "m1"), Say(other, anna, "我的电话13800001234", "m1"), Say(stage, anna, "在吗", "m2"));
        await Say(stage, anna, "我的电话13800001234", "m1");
        await Say(stage, anna, "在吗", "m2");
        var state = (await CurrentConversation.Of(stage.Db, anna, default))!;
        state.Owner.ShouldBe(ConversationOwner.Bot);
        var transcript = await ReadTranscript.Execute(stage.Db, stage.Keys, state.Id, 0, 50, default);
        transcript.Select(m => m.Text).ShouldBe(["我的电话13800001234", "在吗"], ignoreOrder: true);
        transcript.Select(m => m.Sequence).ShouldBe([1, 2]);
        (await stage.Db.Query<string>("select body_cipher from conversations_messages")).ShouldAllBe(c => !c.Contains("13800001234") && c.Length > 20);
    }

    [Fact]
    public async Task The_desk_sees_who_waits_longest_first_and_then_its_own()
    {
        await using var stage = await Set();
        var (mine, other) = (StaffId.New(stage.Clock), StaffId.New(stage.Clock));
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var customer = CustomerId.New(stage.Clock);
            ids.Add(await Waiting(stage, customer));
            await Say(stage, customer, $"问题{i}", $"m{i}");
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await TakeConversation.Execute(stage.Db, stage.Clock, ids[0], mine, default);
        await TakeConversation.Execute(stage.Db, stage.Clock, ids[1], other, default);
        var list = await ListConversations.Execute(stage.Db, stage.Keys, mine, 50, default);
        list.Select(c => c.Id).ShouldBe([ids[2], ids[3], ids[0]]);
        list.Select(c => c.LastMessage).ShouldBe(["问题2", "问题3", "问题0"]);
        (await ListConversations.Execute(stage.Db, stage.Keys, null, 50, default)).Count.ShouldBe(4);
        (await ListConversations.One(stage.Db, stage.Keys, ids[1], default))!.Agent.ShouldBe(other);
    }

    [Fact]
    public async Task Old_conversations_are_deleted()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        await Ask(stage, anna);
        await LeaveQueue.Execute(stage.Db, stage.Clock, anna, default);
        stage.Clock.Sleep(TimeSpan.FromDays(400));
        await Ask(stage, anna, "new");
        await stage.Run<PurgeConversations>();
        (await stage.Db.First<long>("select count(*) from conversations_conversations")).ShouldBe(1);
        (await stage.Db.First<long>("select count(*) from conversations_messages")).ShouldBe(1);
    }

    [Fact]
    public async Task When_two_customers_prove_to_be_one_a_persons_conversation_stays_open_and_nothing_is_told_twice()
    {
        await using var stage = await Set();
        var (from, into) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        var waiting = await Waiting(stage, from);
        await Say(stage, into, "到哪了", "m9");
        await SendingSuite.Plan(stage, SendingSuite.State(from, 1), SendingSuite.State(into, 1), SendingSuite.State(from, 1, parcel: "other"));
        await stage.Db.InTransaction(tx => tx.Publish(new CustomerMerged(from, into, 1)));
        await stage.Deliver();
        var open = (await CurrentConversation.Of(stage.Db, into, default))!;
        (open.Id, open.Owner).ShouldBe((waiting, ConversationOwner.Queue));
        (await CurrentConversation.Of(stage.Db, from, default)).ShouldBeNull();
        await stage.Run<SendNotifications>();
        _mailbox.TextsOf(into).ShouldHaveSingleItem().Split("state 1").Length.ShouldBe(3); // one message that names each parcel once
        _mailbox.Arrived.Count.ShouldBe(1);
    }

    private Task<Stage> Set() => Stage.Set(provider, [_mailbox]);

    private static Task<HandOff> Ask(Stage stage, CustomerId customer, string key = "m0") =>
        RequestHuman.Execute(stage.Db, stage.Clock, new CalendarsOptions(), customer, Wechat, "人工", key, default);

    private static async Task<string> Waiting(Stage stage, CustomerId customer)
    {
        await Ask(stage, customer);
        return (await CurrentConversation.Of(stage.Db, customer, default))!.Id;
    }

    private static Task Say(Stage stage, CustomerId customer, string text, string key) =>
        AddCustomerMessage.Execute(stage.Db, stage.Keys, stage.Clock, customer, Wechat, "text", text, null, key, default);

    private static Task<string> Reply(Stage stage, string id, StaffId agent, string text, string key) =>
        ReplyAsAgent.Execute(stage.Db, stage.Keys, stage.Clock, id, agent, text, key, default);

    private static async Task<string> Refused(Func<Task> work) => (await Should.ThrowAsync<RuleBroken>(work)).Code;
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Notifications;

namespace Courier.Services.Tests.Notifications;

public sealed class SendingOnSqlite() : SendingSuite(DatabaseProvider.Sqlite);

public sealed class SendingOnMariaDb() : SendingSuite(DatabaseProvider.MySql);

/// <summary>What customers are told arrives once, in order, over the first channel that takes it, and every send ends with its reason.</summary>
public abstract class SendingSuite(DatabaseProvider provider)
{
    private readonly Mailbox _first = new();
    private readonly Mailbox _second = new("test.second", 20);

    [Fact]
    public async Task What_is_planned_twice_is_sent_once()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        await Plan(stage, State(anna, 1));
        await Plan(stage, State(anna, 1), State(anna, 1));
        stage.Alarm.Rung.ShouldContain("notifications.send");
        await stage.Run<SendNotifications>();
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 1"]);
        (await Line(stage)).State.ShouldBe(NotificationState.Sent);
    }

    [Fact]
    public async Task Texts_lie_encrypted()
    {
        await using var stage = await Set();
        await Plan(stage, State(CustomerId.New(stage.Clock), 1) with { TemplateKind = "k", TemplateData = new Dictionary<string, string> { ["thing4"] = "杭州" } });
        (await stage.Db.First<string>("select text_cipher from notifications_messages"))!.ShouldNotContain("state 1");
        (await stage.Db.First<string>("select template_cipher from notifications_messages"))!.ShouldNotContain("杭州");
        await stage.Run<SendNotifications>();
        _first.Arrived.Single().TemplateData!["thing4"].ShouldBe("杭州");
    }

    [Fact]
    public async Task Fresh_states_follow_one_another()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        await Plan(stage, State(anna, 3), State(anna, 1), State(anna, 2));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 1", "state 2", "state 3"]);
    }

    [Fact]
    public async Task A_state_that_was_delayed_yields_to_a_newer_one()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        _first.Answer = m => m.Text == "state 1" ? new SendOutcome.RetryLater(TimeSpan.FromMinutes(1), "busy") : new SendOutcome.Sent(null, false);
        await Plan(stage, State(anna, 1));
        await stage.Run<SendNotifications>();
        await Plan(stage, State(anna, 2));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 2"]);
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        _first.Answer = _ => new SendOutcome.Sent(null, false);
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 2"]);
        (await Lines(stage)).Select(l => (l.State, l.Reason)).ShouldBe([(NotificationState.Sent, ""), (NotificationState.Superseded, "newer_state")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_state_that_is_planned_after_a_newer_one_was_sent_is_not_sent()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        await Plan(stage, State(anna, 2));
        await stage.Run<SendNotifications>();
        await Plan(stage, State(anna, 1));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 2"]);
    }

    [Fact]
    public async Task Of_what_the_quiet_hours_held_only_the_newest_state_is_sent()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        var morning = stage.Clock.GetUtcNow().AddHours(8);
        await Plan(stage, State(anna, 1) with { NotBefore = morning }, State(anna, 2) with { NotBefore = morning });
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBeEmpty();
        stage.Clock.Advance(TimeSpan.FromHours(8));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 2"]);
    }

    [Fact]
    public async Task Other_parcels_and_other_customers_do_not_wait()
    {
        await using var stage = await Set();
        var (anna, ben) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        _first.Answer = m => m.Customer == anna && m.Text == "state 1" ? new SendOutcome.RetryLater(TimeSpan.FromHours(1), "busy") : new SendOutcome.Sent(null, false);
        await Plan(stage, State(anna, 1));
        await stage.Run<SendNotifications>();
        await Plan(stage, State(anna, 5, parcel: "other"), State(ben, 1), State(ben, 2));
        await stage.Run<SendNotifications>();
        _first.TextsOf(anna).ShouldBe(["state 5"]);
        _first.TextsOf(ben).ShouldBe(["state 1", "state 2"]);
    }

    [Fact]
    public async Task Late_answers_come_in_the_order_of_asking_and_none_is_left_out()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        await Plan(stage, LateOf(anna, 300), LateOf(anna, 100));
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await Plan(stage, LateOf(anna, 200));
        await stage.Run<SendNotifications>();
        _first.TextsOf(anna).ShouldBe(["asked 100", "asked 200", "asked 300"]);
    }

    [Fact]
    public async Task A_persons_answers_wait_for_one_another_and_none_is_left_out()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        _first.Answer = m => m.Text == "answer 1" ? new SendOutcome.RetryLater(TimeSpan.FromSeconds(30), "busy") : new SendOutcome.Sent(null, false);
        await Plan(stage, Answer(anna, 1), Answer(anna, 2), Answer(anna, 3));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBeEmpty();
        _first.Answer = _ => new SendOutcome.Sent(null, false);
        stage.Clock.Advance(TimeSpan.FromSeconds(31));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["answer 1", "answer 2", "answer 3"]);
    }

    [Fact]
    public async Task A_channel_that_cannot_reach_the_customer_hands_on_to_the_next()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.NotAvailable("window_closed");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        _second.Texts.ShouldBe(["state 1"]);
        var line = await Line(stage);
        (line.State, line.Channel).ShouldBe((NotificationState.Sent, "test.second"));
        (await SentLedger.Sends(stage.Db, line.Id, default)).Select(s => (s.Channel, s.State, s.Reason))
            .ShouldBe([("test.first", SendState.FallenBack, "window_closed"), ("test.second", SendState.Sent, "")]);
    }

    [Fact]
    public async Task When_no_channel_is_left_it_is_dead_with_its_reason_and_a_person_can_have_it_tried_again()
    {
        await using var stage = await Set();
        _first.Answer = _second.Answer = _ => new SendOutcome.NotAvailable("no_template");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        var line = await Line(stage);
        (line.State, line.Reason).ShouldBe((NotificationState.Dead, "no_channel: no_template"));
        (await SentLedger.Sends(stage.Db, line.Id, default)).Select(s => (s.Channel, s.State, s.Reason))
            .ShouldBe([("test.first", SendState.FallenBack, "no_template"), ("test.second", SendState.FallenBack, "no_template")]);
        (await SentLedger.Counts(stage.Db, default)).Select(c => (c.Channel, c.State, c.Number))
            .ShouldBe([("test.first", SendState.FallenBack, 1L), ("test.second", SendState.FallenBack, 1L)]);
        _first.Answer = _ => new SendOutcome.Sent(null, false);
        (await RequeueNotification.Execute(stage.Db, stage.Alarm, stage.Clock, line.Id, default)).ShouldBeTrue();
        (await RequeueNotification.Execute(stage.Db, stage.Alarm, stage.Clock, line.Id, default)).ShouldBeFalse();
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 1"]);
    }

    [Fact]
    public async Task Without_any_channel_nothing_stays_undecided()
    {
        await using var stage = await Stage.Set(provider);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        (await SentLedger.Undecided(stage.Db, stage.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(1);
        await stage.Run<SendNotifications>();
        (await Line(stage)).Reason.ShouldBe("no_channel: none_configured");
        (await SentLedger.Undecided(stage.Db, stage.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);
    }

    [Fact]
    public async Task It_is_tried_again_after_a_growing_delay_and_then_given_up()
    {
        await using var stage = await Set(new NotificationsOptions { Attempts = 4, FirstDelay = TimeSpan.FromSeconds(10) });
        _first.Answer = _ => new SendOutcome.RetryLater(TimeSpan.Zero, "busy");
        _second.Answer = _ => new SendOutcome.NotAvailable("no_template");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        var delays = new List<double>();
        while (await Line(stage) is { State: NotificationState.Planned } line)
        {
            var wait = line.NextAt - stage.Clock.GetUtcNow();
            if (wait > TimeSpan.Zero) delays.Add(wait.TotalSeconds);
            stage.Clock.Advance(wait);
            await stage.Run<SendNotifications>();
        }
        delays.ShouldBe([10, 20, 40]);
        _first.Calls.Count.ShouldBe(4);
        _first.Calls.Select(c => c.Id).Distinct().Count().ShouldBe(1);
        var end = await Line(stage);
        (end.State, end.Reason).ShouldBe((NotificationState.Dead, "gave_up: busy"));
    }

    [Fact]
    public async Task While_the_far_end_is_away_it_waits_and_is_sent_when_it_is_back()
    {
        await using var stage = await Set(new NotificationsOptions { Attempts = 3 });
        var back = stage.Clock.GetUtcNow() + TimeSpan.FromHours(15);
        _first.Answer = _ => stage.Clock.GetUtcNow() < back ? new SendOutcome.RetryLater(TimeSpan.FromSeconds(5), "away", IsOutage: true) : new SendOutcome.Sent(null, false);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await RunUntilDecided(stage);
        _first.Texts.ShouldBe(["state 1"]);
        _first.Calls.Count.ShouldBeInRange(10, 100);
        (stage.Clock.GetUtcNow() - back).ShouldBeLessThanOrEqualTo(new NotificationsOptions().LongestDelay);
        (await Line(stage)).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_used_up_quota_is_waited_for_until_the_moment_that_the_channel_names()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.RetryLater(TimeSpan.FromHours(7), "quota", IsOutage: true);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        var line = await Line(stage);
        (line.State, line.Reason, line.NextAt - stage.Clock.GetUtcNow()).ShouldBe((NotificationState.Planned, "quota", TimeSpan.FromHours(7)));
    }

    [Fact]
    public async Task A_far_end_that_stays_away_is_given_up_by_age()
    {
        await using var stage = await Set(new NotificationsOptions { GiveUpAfter = TimeSpan.FromHours(6) });
        var planned = stage.Clock.GetUtcNow();
        _first.Answer = _ => new SendOutcome.RetryLater(TimeSpan.FromSeconds(5), "away", IsOutage: true);
        _second.Answer = _ => new SendOutcome.NotAvailable("no_template");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await RunUntilDecided(stage);
        var line = await Line(stage);
        (line.State, line.Reason).ShouldBe((NotificationState.Dead, "gave_up: away"));
        (stage.Clock.GetUtcNow() - planned).ShouldBeInRange(TimeSpan.FromHours(6), TimeSpan.FromHours(6.3));
    }

    [Fact]
    public async Task What_may_have_arrived_is_not_repeated_where_the_far_end_would_show_it_twice()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Ambiguous("timeout");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.Run<SendNotifications>();
        _first.Texts.ShouldBe(["state 1"]);
        _second.Calls.ShouldBeEmpty();
        var line = await Line(stage);
        (line.State, line.Reason).ShouldBe((NotificationState.Sent, "ambiguous: timeout"));
    }

    [Fact]
    public async Task What_may_have_arrived_is_repeated_where_the_far_end_knows_repeats_by_their_id()
    {
        var careful = new Mailbox("test.careful", 1) { RecognisesRepeatsFor = TimeSpan.FromMinutes(10), Answer = _ => new SendOutcome.Ambiguous("timeout") };
        await using var stage = await Stage.Set(provider, [careful]);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        (await Line(stage)).State.ShouldBe(NotificationState.Planned);
        careful.Answer = _ => new SendOutcome.Sent("p1", false);
        stage.Clock.Advance(TimeSpan.FromSeconds(10));
        await stage.Run<SendNotifications>();
        careful.Calls.Count.ShouldBe(2);
        careful.Texts.ShouldBe(["state 1"]);
        (await Line(stage)).State.ShouldBe(NotificationState.Sent);
    }

    [Fact]
    public async Task Who_has_left_one_way_is_told_over_the_next()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Unreachable("unsubscribed");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        _second.Texts.ShouldBe(["state 1"]);
        var line = await Line(stage);
        (line.State, line.Channel, line.Reason).ShouldBe((NotificationState.Sent, _second.Name, ""));
        (await SentLedger.Sends(stage.Db, line.Id, default)).Select(s => (s.Channel, s.State, s.Reason)).ShouldBe(
            [(_first.Name, SendState.FallenBack, "unsubscribed"), (_second.Name, SendState.Sent, "")]);
    }

    [Fact]
    public async Task Who_has_left_and_has_no_other_way_is_not_waited_for()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Unreachable("unsubscribed");
        _second.Answer = _ => new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        var line = await Line(stage);
        (line.State, line.Reason).ShouldBe((NotificationState.Dropped, "unsubscribed"));
    }

    [Fact]
    public async Task A_refused_message_is_dead_at_once()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Rejected("47003");
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        (await Line(stage)).State.ShouldBe(NotificationState.Dead);
        _second.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_throws_holds_up_nobody_else()
    {
        await using var stage = await Set();
        var (anna, ben) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        _first.Answer = m => m.Customer == anna ? throw new FormatException() : new SendOutcome.Sent(null, false);
        await Plan(stage, State(anna, 1), State(ben, 1));
        await stage.Run<SendNotifications>();
        _first.TextsOf(ben).ShouldBe(["state 1"]);
        (await Lines(stage)).Single(l => l.Customer == anna).Reason.ShouldBe("threw FormatException");
        _first.Answer = _ => new SendOutcome.Sent(null, false);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.Run<SendNotifications>();
        _first.TextsOf(anna).ShouldBe(["state 1"]);
    }

    [Fact]
    public async Task A_confirmation_closes_the_send_as_delivered()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Sent("77", true);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        (await Line(stage)).State.ShouldBe(NotificationState.Sent);
        await Confirm(stage, true);
        await Confirm(stage, true);
        (await Line(stage)).State.ShouldBe(NotificationState.Delivered);
        (await SentLedger.Counts(stage.Db, default)).Select(c => (c.State, c.Number)).ShouldBe([(SendState.Delivered, 1L)]);
    }

    [Fact]
    public async Task A_confirmation_may_come_before_the_send_is_recorded()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Sent("77", true);
        _first.UnderWay = (_, _) => Confirm(stage, true);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        (await Line(stage)).State.ShouldBe(NotificationState.Delivered);
    }

    [Fact]
    public async Task When_the_far_end_reports_a_failure_the_next_channel_is_tried()
    {
        await using var stage = await Set();
        _first.Answer = _ => new SendOutcome.Sent("77", true);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        await Confirm(stage, false, "failed: system failed");
        await stage.Run<SendNotifications>();
        _first.Calls.Count.ShouldBe(1);
        _second.Texts.ShouldBe(["state 1"]);
        (await Line(stage)).State.ShouldBe(NotificationState.Sent);
        (await SentLedger.Counts(stage.Db, default)).Select(c => (c.Channel, c.State))
            .ShouldBe([("test.first", SendState.FallenBack), ("test.second", SendState.Sent)]);
    }

    [Fact]
    public async Task When_every_channel_reported_a_failure_it_is_dead()
    {
        await using var stage = await Stage.Set(provider, [_first]);
        _first.Answer = _ => new SendOutcome.Sent("77", true);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        await Confirm(stage, false, "failed:user block");
        await stage.Run<SendNotifications>();
        var line = await Line(stage);
        (line.State, line.Reason).ShouldBe((NotificationState.Dead, "no_channel: not_delivered"));
    }

    [Fact]
    public async Task A_late_answer_of_the_bot_is_not_sent_once_the_customer_has_asked_for_a_person()
    {
        await using var stage = await Set();
        var (anna, ben) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        await Plan(stage, Late(anna), Late(ben));
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await RequestHuman.Execute(stage.Db, stage.Clock, new CalendarsOptions(), anna, new ChannelAddress("wechat", "wx1", "o1"), "", "k", default);
        await Plan(stage, Late(anna) with { DedupeKey = "the answer to 人工 itself", Text = "handed over" });
        await stage.Run<SendNotifications>();
        _first.TextsOf(anna).ShouldBe(["handed over"]);
        _first.TextsOf(ben).ShouldBe(["late"]);
    }

    [Fact]
    public async Task Finished_notifications_are_deleted_when_their_time_is_over()
    {
        await using var stage = await Set(new NotificationsOptions { KeepDays = 30 });
        var anna = CustomerId.New(stage.Clock);
        await Plan(stage, State(anna, 1));
        await stage.Run<SendNotifications>();
        stage.Clock.Sleep(TimeSpan.FromDays(29));
        await Plan(stage, State(anna, 2));
        await stage.Run<SendNotifications>();
        stage.Clock.Sleep(TimeSpan.FromDays(2));
        await stage.Run<PurgeNotifications>();
        (await Lines(stage)).Count.ShouldBe(1);
        (await SentLedger.Counts(stage.Db, default)).Sum(c => c.Number).ShouldBe(1);
    }

    private static async Task RunUntilDecided(Stage stage)
    {
        while (await Line(stage) is { State: NotificationState.Planned } line)
        {
            var wait = line.NextAt - stage.Clock.GetUtcNow();
            if (wait > TimeSpan.Zero) stage.Clock.Advance(wait);
            await stage.Run<SendNotifications>();
        }
    }

    private Task<Stage> Set(params ICheckedOptions[] options) => Stage.Set(provider, [_first, _second], options);

    private static Task Confirm(Stage stage, bool delivered, string reason = "") =>
        ConfirmSend.Execute(stage.Db, stage.Alarm, stage.Clock, "test.first", "77", delivered, reason, default);

    internal static Task Plan(Stage stage, params PlannedNotification[] planned) =>
        stage.Db.InTransaction(tx => PlanNotification.Execute(tx, stage.Keys, stage.Alarm, stage.Clock, planned, default));

    internal static PlannedNotification State(CustomerId customer, long version, string parcel = "p") =>
        new(customer, NotificationKind.ParcelStatus, $"parcel:{parcel}:{version}", $"state {version}", null, null, null, "parcel:" + parcel, version, null, null);

    private static PlannedNotification Answer(CustomerId customer, long sequence) =>
        new(customer, NotificationKind.AgentReply, $"answer:{sequence}", $"answer {sequence}", null, null, null, "conversation:1", sequence, "wx1", "o1");

    private static PlannedNotification Late(CustomerId customer) =>
        new(customer, NotificationKind.LateAnswer, "late:1", "late", null, null, null, null, 0, "wx1", "o1");

    private static PlannedNotification LateOf(CustomerId customer, long askedAt) =>
        new(customer, NotificationKind.LateAnswer, $"late:{askedAt}", $"asked {askedAt}", null, null, null, "late:wx1", askedAt, "wx1", "o1");

    private static Task<IReadOnlyList<LedgerLine>> Lines(Stage stage) => SentLedger.List(stage.Db, null, null, null, 200, default);

    private static async Task<LedgerLine> Line(Stage stage) => (await Lines(stage)).Single();
}

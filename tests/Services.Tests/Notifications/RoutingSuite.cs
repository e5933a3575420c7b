using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Notifications;

namespace Courier.Services.Tests.Notifications;

public sealed class RoutingOnSqlite() : RoutingSuite(DatabaseProvider.Sqlite);

public sealed class RoutingOnMariaDb() : RoutingSuite(DatabaseProvider.MySql);

/// <summary>What goes out over which way, together with what, when, and what waits until the customer writes.</summary>
public abstract class RoutingSuite(DatabaseProvider provider)
{
    private static readonly SendOutcome Closed = new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true);

    private readonly Mailbox _wechat = new();

    [Fact]
    public async Task What_no_channel_reaches_waits_and_is_sent_as_one_message_when_the_customer_writes()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        _wechat.Answer = _ => Closed;
        await Plan(stage, State(anna, 1), State(anna, 1, "q"));
        await stage.Run<SendNotifications>();
        (await Lines(stage)).ShouldAllBe(l => l.State == NotificationState.Held && l.Reason == "window_closed");
        stage.Clock.Advance(TimeSpan.FromHours(5));
        await Plan(stage, State(anna, 2));
        await stage.Run<SendNotifications>();
        (await SentLedger.Held(stage.Db, default)).ShouldBe(3);

        _wechat.Answer = _ => new SendOutcome.Sent(null, false);
        await ReleaseHeld.Execute(stage.Db, stage.Alarm, stage.Clock, [anna], default);
        await stage.Run<SendNotifications>();
        _wechat.Texts.ShouldBe(["您有2个快件有更新：\n1. state 1 of q\n2. state 2 of p"]);
        (await Lines(stage)).Select(l => (l.DedupeKey, l.State)).ShouldBe(
            [("parcel:p:1", NotificationState.Superseded), ("parcel:p:2", NotificationState.Sent), ("parcel:q:1", NotificationState.Sent)], ignoreOrder: true);
        await ReleaseHeld.Execute(stage.Db, stage.Alarm, stage.Clock, [anna], default);
        (await SentLedger.Undecided(stage.Db, stage.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_too_long_is_given_up()
    {
        await using var stage = await Set(new NotificationsOptions { HoldFor = TimeSpan.FromHours(10) });
        _wechat.Answer = _ => Closed;
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        stage.Clock.Advance(TimeSpan.FromHours(11));
        await stage.Run<SendNotifications>();
        (await Lines(stage)).Single().ShouldSatisfyAllConditions(l => l.State.ShouldBe(NotificationState.Dead), l => l.Reason.ShouldBe("gave_up: window_closed"));
    }

    [Fact]
    public async Task Changes_of_several_parcels_are_one_message_and_all_stand_in_the_ledger()
    {
        await using var stage = await Set();
        var (anna, ben) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        _wechat.Answer = _ => new SendOutcome.Sent("77", true);
        await Plan(stage, State(anna, 1, "p"), State(anna, 1, "q"), State(anna, 1, "r"), State(ben, 1));
        await stage.Run<SendNotifications>();
        _wechat.TextsOf(anna).ShouldBe(["您有3个快件有更新：\n1. state 1 of p\n2. state 1 of q\n3. state 1 of r"]);
        _wechat.TextsOf(ben).ShouldBe(["state 1 of p"]);
        (await Lines(stage)).ShouldAllBe(l => l.State == NotificationState.Sent);
        await ConfirmSend.Execute(stage.Db, stage.Alarm, stage.Clock, "test.first", "77", true, "", default);
        (await Lines(stage)).ShouldAllBe(l => l.State == NotificationState.Delivered);
    }

    [Fact]
    public async Task What_may_have_arrived_together_is_repeated_together_and_takes_nothing_new_along()
    {
        var careful = new Mailbox("test.careful") { RecognisesRepeatsFor = TimeSpan.FromMinutes(10), Answer = _ => new SendOutcome.Ambiguous("timeout") };
        await using var stage = await Stage.Set(provider, [careful]);
        var anna = CustomerId.New(stage.Clock);
        await Plan(stage, State(anna, 1, "p"), State(anna, 1, "q"));
        await stage.Run<SendNotifications>();
        careful.Answer = _ => new SendOutcome.Sent(null, false);
        await Plan(stage, State(anna, 1, "r"));
        stage.Clock.Advance(TimeSpan.FromSeconds(6));
        await stage.Run<SendNotifications>();
        careful.Calls.Select(c => c.Id).Distinct().Count().ShouldBe(2);
        careful.Texts.ShouldBe(["您有2个快件有更新：\n1. state 1 of p\n2. state 1 of q", "state 1 of r"], ignoreOrder: true);
        (await Lines(stage)).ShouldAllBe(l => l.State == NotificationState.Sent);
    }

    [Fact]
    public async Task A_newer_state_waits_until_an_older_one_cannot_arrive_any_more()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        _wechat.Answer = _ => new SendOutcome.Ambiguous("timeout");
        await Plan(stage, State(anna, 1));
        await stage.Run<SendNotifications>();
        _wechat.Answer = _ => new SendOutcome.Sent(null, false);
        await Plan(stage, State(anna, 2));
        await stage.Run<SendNotifications>();
        _wechat.Calls.Count.ShouldBe(1);
        stage.Clock.Advance(TimeSpan.FromSeconds(31));
        await stage.Run<SendNotifications>();
        _wechat.Texts.ShouldBe(["state 1 of p", "state 2 of p"]);
    }

    [Fact]
    public async Task A_quota_of_the_day_is_waited_for_unless_another_channel_takes_it()
    {
        await using var stage = await Set();
        var midnight = stage.Clock.GetUtcNow().AddHours(6);
        _wechat.Answer = _ => stage.Clock.GetUtcNow() < midnight ? new SendOutcome.NotAvailable("quota_of_the_day", OpensAt: midnight) : new SendOutcome.Sent(null, false);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        (await Lines(stage)).Single().ShouldSatisfyAllConditions(l => l.State.ShouldBe(NotificationState.Planned), l => l.NextAt.ShouldBe(midnight));
        stage.Clock.Advance(TimeSpan.FromHours(6));
        await stage.Run<SendNotifications>();
        (await Lines(stage)).Single().State.ShouldBe(NotificationState.Sent);
    }

    [Fact]
    public async Task In_quiet_hours_only_what_is_urgent_disturbs()
    {
        await using var stage = await Set(new NotificationsOptions { QuietHours = "22:00-07:00" });
        var (anna, owl) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        await CustomerPreferences.Save(stage.Db, stage.Clock, owl, NotificationPreferences.Default with { QuietHours = DailyHours.Never }, PreferenceSource.Api, default);
        stage.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        await Plan(stage, State(anna, 1), State(anna, 1, "code") with { IsUrgent = true }, State(owl, 1));
        await stage.Run<SendNotifications>();
        _wechat.TextsOf(anna).ShouldBe(["state 1 of code"]);
        _wechat.TextsOf(owl).ShouldBe(["state 1 of p"]);
        stage.Clock.Advance(TimeSpan.FromHours(8)); // 07:00
        await stage.Run<SendNotifications>();
        _wechat.TextsOf(anna).ShouldBe(["state 1 of code", "state 1 of p"]);
    }

    [Fact]
    public async Task Who_has_unsubscribed_is_told_nothing_but_answers()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        var wishes = NotificationPreferences.Default.With(isOn: false, [.. NotificationPreferences.Switchable]);
        await CustomerPreferences.Save(stage.Db, stage.Clock, anna, wishes, PreferenceSource.Chat, default);
        await Plan(stage, State(anna, 1), State(anna, 2) with { Kind = NotificationKind.AgentReply, DedupeKey = "reply", Text = "a person's answer", OrderKey = null });
        await stage.Run<SendNotifications>();
        _wechat.Texts.ShouldBe(["a person's answer"]);
        (await Lines(stage)).Single(l => l.Kind == NotificationKind.ParcelStatus).Reason.ShouldBe("switched_off");
        (await CustomerPreferences.Of(stage.Db, anna, default)).KindsOff.ShouldBe(NotificationPreferences.Switchable, ignoreOrder: true);
        await CustomerPreferences.Save(stage.Db, stage.Clock, anna, wishes.With(isOn: true, [.. NotificationPreferences.Switchable]), PreferenceSource.Chat, default);
        await Plan(stage, State(anna, 3));
        await stage.Run<SendNotifications>();
        _wechat.Texts[^1].ShouldBe("state 3 of p");
    }

    [Fact]
    public async Task Only_what_is_urgent_goes_as_a_short_message_and_only_when_nothing_else_reaches_the_customer()
    {
        await using var stage = await Set(new SmsOptions { Provider = SmsProvider.Http, Url = "/x" });
        var anna = await WithPhone(stage, "13800001111");
        var unwilling = await WithPhone(stage, "13800002222");
        await CustomerPreferences.Save(stage.Db, stage.Clock, unwilling, NotificationPreferences.Default with { IsSmsAllowed = false }, PreferenceSource.Api, default);
        _wechat.Answer = _ => Closed;
        await Plan(stage, State(anna, 1), State(anna, 1, "code") with { IsUrgent = true }, State(unwilling, 1) with { IsUrgent = true });
        await stage.Run<SendNotifications>();
        var (to, text) = stage.Sms.Taken.Values.Single();
        to.Text.ShouldBe("13800001111");
        text.ShouldStartWith("【快递】");
        text.ShouldContain("code");
        (await SentLedger.Held(stage.Db, default)).ShouldBe(1);
        var sums = await SmsLedger.Of(stage.Db, stage.Clock, 1, default);
        (sums.SentMessages, sums.SentSegments, sums.SentFen, sums.SavedMessages).ShouldBe((1L, 1L, 5L, 0L));
    }

    [Fact]
    public async Task A_message_that_WeChat_takes_for_somebody_with_a_phone_is_a_short_message_saved_until_it_is_known_not_to_have_arrived()
    {
        await using var stage = await Set();
        var anna = await WithPhone(stage, "13800001111");
        _wechat.Answer = _ => new SendOutcome.Sent("77", true);
        await Plan(stage, State(anna, 1) with { Text = new string('长', 100), IsUrgent = true }, State(CustomerId.New(stage.Clock), 1) with { IsUrgent = true });
        await stage.Run<SendNotifications>();
        var sums = await SmsLedger.Of(stage.Db, stage.Clock, 30, default);
        (sums.SavedMessages, sums.SavedSegments, sums.SavedFen, sums.SentMessages).ShouldBe((1L, 2L, 10L, 0L));
        await ConfirmSend.Execute(stage.Db, stage.Alarm, stage.Clock, "test.first", "77", false, "user_blocked", default);
        (await SmsLedger.Of(stage.Db, stage.Clock, 30, default)).SavedFen.ShouldBe(0);
        stage.Clock.Sleep(TimeSpan.FromDays(40));
        (await SmsLedger.Of(stage.Db, stage.Clock, 30, default)).SavedMessages.ShouldBe(0);
    }

    [Fact]
    public async Task What_would_be_no_short_message_without_WeChat_saves_none()
    {
        await using var stage = await Set(new NotificationsOptions { Sms = new SmsFallbackOptions { Kinds = "parcel_status" } });
        var (anna, unwilling) = (await WithPhone(stage, "13800001111"), await WithPhone(stage, "13800002222"));
        await CustomerPreferences.Save(stage.Db, stage.Clock, unwilling, NotificationPreferences.Default with { IsSmsAllowed = false }, PreferenceSource.Api, default);
        await Plan(stage, State(anna, 1), State(unwilling, 1) with { IsUrgent = true });
        await stage.Run<SendNotifications>();
        await Plan(stage, State(anna, 1, "q") with { IsUrgent = true, Kind = NotificationKind.ParcelWarning, DedupeKey = "late" });
        await stage.Run<SendNotifications>();
        _wechat.Texts.Count.ShouldBe(3);
        (await SmsLedger.Of(stage.Db, stage.Clock, 1, default)).SavedMessages.ShouldBe(0);
    }

    [Fact]
    public async Task During_an_outage_what_is_urgent_goes_another_way_after_a_quarter_of_an_hour_and_the_rest_waits()
    {
        await using var stage = await Set(new SmsOptions { Provider = SmsProvider.Http, Url = "/x" });
        var (anna, ben) = (await WithPhone(stage, "13800001111"), await WithPhone(stage, "13800002222"));
        var from = stage.Clock.GetUtcNow();
        _wechat.Answer = _ => new SendOutcome.RetryLater(TimeSpan.FromSeconds(5), "away", IsOutage: true);
        await Plan(stage, State(ben, 1));
        await stage.Run<SendNotifications>();
        await Plan(stage, State(anna, 1, "code") with { IsUrgent = true });
        while (stage.Sms.Taken.IsEmpty && stage.Clock.GetUtcNow() < from + TimeSpan.FromHours(1))
        {
            await stage.Run<SendNotifications>();
            stage.Clock.Advance(TimeSpan.FromSeconds(5));
        }
        (stage.Clock.GetUtcNow() - from).ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16));
        (await Lines(stage)).Single(l => l.DedupeKey == "parcel:code:1").ShouldSatisfyAllConditions(l => l.State.ShouldBe(NotificationState.Sent), l => l.Channel.ShouldBe("sms"));
        (await Lines(stage)).Single(l => l.DedupeKey == "parcel:p:1").State.ShouldBe(NotificationState.Planned);
    }

    [Fact]
    public async Task What_is_urgent_and_has_no_other_way_waits_for_the_far_end_to_come_back()
    {
        await using var stage = await Set();
        var back = stage.Clock.GetUtcNow() + TimeSpan.FromHours(2);
        _wechat.Answer = _ => stage.Clock.GetUtcNow() < back ? new SendOutcome.RetryLater(TimeSpan.FromMinutes(10), "stopped:48001", IsOutage: true) : new SendOutcome.Sent(null, false);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1) with { IsUrgent = true });
        while ((await Lines(stage)).Single() is { State: NotificationState.Planned } line)
        {
            if (line.NextAt > stage.Clock.GetUtcNow()) stage.Clock.Advance(line.NextAt - stage.Clock.GetUtcNow());
            await stage.Run<SendNotifications>();
        }
        (await Lines(stage)).Single().State.ShouldBe(NotificationState.Sent);
        (stage.Clock.GetUtcNow() - back).ShouldBeLessThan(TimeSpan.FromMinutes(16));
    }

    [Fact]
    public async Task A_newer_warning_makes_no_state_worthless_and_a_newer_state_makes_a_warning_so()
    {
        await using var stage = await Set();
        var (anna, ben) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        await CustomerPreferences.Save(stage.Db, stage.Clock, anna, NotificationPreferences.Default.With(isOn: false, NotificationKind.ParcelWarning), PreferenceSource.Chat, default);
        _wechat.Answer = _ => new SendOutcome.RetryLater(TimeSpan.FromMinutes(1), "busy");
        await Plan(stage, State(anna, 1), Warning(ben, 1));
        await stage.Run<SendNotifications>();
        _wechat.Answer = _ => new SendOutcome.Sent(null, false);
        await Plan(stage, Warning(anna, 2), State(ben, 2));
        await stage.Run<SendNotifications>();
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await stage.Run<SendNotifications>();
        _wechat.TextsOf(anna).ShouldBe(["state 1 of p"]);
        _wechat.TextsOf(ben).ShouldBe(["state 2 of p"]);
    }

    private static PlannedNotification Warning(CustomerId customer, long version) =>
        State(customer, version) with { Kind = NotificationKind.ParcelWarning, DedupeKey = $"late:{version}", Text = $"late {version}" };

    [Fact]
    public async Task What_a_dead_process_may_have_sent_already_is_sent_again_and_counted_as_a_possible_double()
    {
        await using var stage = await Set();
        await Plan(stage, State(CustomerId.New(stage.Clock), 1), State(CustomerId.New(stage.Clock), 1));
        await DueMessages.Take(stage.Db, stage.Clock, new NotificationsOptions(), Ids.New(stage.Clock), default); // and here it dies
        stage.Clock.Advance(TimeSpan.FromMinutes(3));
        await stage.Run<SendNotifications>();
        _wechat.Texts.Count.ShouldBe(2);
        (await SentLedger.PossibleDoubles(stage.Db, stage.Clock, 30, default)).ShouldBe(2);
        await Plan(stage, State(CustomerId.New(stage.Clock), 1));
        await stage.Run<SendNotifications>();
        (await SentLedger.PossibleDoubles(stage.Db, stage.Clock, 30, default)).ShouldBe(2);
    }

    [Fact]
    public async Task Preferences_follow_a_customer_who_is_merged()
    {
        await using var stage = await Set();
        var first = await RecogniseCustomer.Execute(stage.Db, stage.Clock, new WechatIdentity("wx1", OpenId.Parse("o-1"), null), default);
        var second = await RecogniseCustomer.Execute(stage.Db, stage.Clock, new WechatIdentity("wx2", OpenId.Parse("o-2"), null), default);
        await CustomerPreferences.Save(stage.Db, stage.Clock, second, NotificationPreferences.Default with { IsSmsAllowed = false }, PreferenceSource.Api, default);
        await stage.Db.InTransaction(tx => tx.Publish(new CustomerMerged(second, first, 1), default));
        await stage.Deliver();
        (await CustomerPreferences.Of(stage.Db, first, default)).IsSmsAllowed.ShouldBeFalse();
    }

    private Task<Stage> Set(params ICheckedOptions[] options) => Stage.Set(provider, [_wechat], options);

    private static async Task<CustomerId> WithPhone(Stage stage, string phone)
    {
        var customer = await RecogniseCustomer.Execute(stage.Db, stage.Clock, new WechatIdentity("wx1", OpenId.Parse("o-" + phone), null), default);
        await BindPhone.Execute(stage.Db, stage.Keys, stage.Clock, customer, Phone.Parse(phone), PhoneSource.Sms, default);
        return customer;
    }

    // Each a moment after the other: what is planned at the same moment has no order.
    private static async Task Plan(Stage stage, params PlannedNotification[] planned)
    {
        foreach (var one in planned)
        {
            await SendingSuite.Plan(stage, one);
            stage.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }
    }

    private static PlannedNotification State(CustomerId customer, long version, string parcel = "p") =>
        SendingSuite.State(customer, version, parcel) with { Text = $"state {version} of {parcel}" };

    private static Task<IReadOnlyList<LedgerLine>> Lines(Stage stage) => SentLedger.List(stage.Db, null, null, null, 200, default);
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
using Courier.Services.Tests.Notifications;

namespace Courier.Services.Tests.Parcels;

public sealed class WarningsOnSqlite() : WarningSuite(DatabaseProvider.Sqlite);

public sealed class WarningsOnMariaDb() : WarningSuite(DatabaseProvider.MySql);

/// <summary>Telling customers before a promise breaks, on both databases. The promise is 24 November, 18:00; from leaving Hangzhou, runs took 10 to 60 hours.</summary>
public abstract class WarningSuite(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Promised = new(2026, 11, 24, 18, 0, 0, TimeSpan.FromHours(8));

    private readonly Mailbox _mailbox = new();
    private readonly WaybillNumber _waybill = Numbers.Own(55);
    private Stage _stage = null!;
    private CustomerId _customer;
    private int _events;

    public Task InitializeAsync() => Begin("signed");

    private async Task Begin(string pushed)
    {
        _stage = await Stage.Set(provider, [_mailbox], new NotificationsOptions { PushedStatuses = pushed });
        await Learn();
        (await RegisterWaybills.Execute(_stage.Db, _stage.Keys, _stage.Clock, "core", [Reports.Waybill(_waybill.Text)], default)).Accepted.ShouldBe(1);
        _customer = await RecogniseCustomer.Execute(_stage.Db, _stage.Clock, new WechatIdentity("wx1", OpenId.Parse("o-1"), null), default);
        await TrackParcels.Execute(_stage.Db, _stage.Keys, _stage.Clock, _stage.Get<ParcelsOptions>(), new TrackRequest([_waybill], _customer, "2222", "v", Follow: true), default);
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task A_parcel_that_stands_still_is_announced_before_its_promise_is_over_and_once()
    {
        await Report("picked_up", "departed");
        await Until(() => _mailbox.Texts.Count > 0);
        _stage.Clock.GetUtcNow().ShouldBeLessThan(Promised.AddHours(-1), "told first, not when it is over");
        _mailbox.Texts[0].ShouldStartWith($"抱歉，您的快件 {_waybill} 可能赶不上承诺的时间（11月24日 18:00 前）。\n目前预计11月2");
        _mailbox.Texts[0].ShouldNotMatch("今天|明天", "quiet hours may hold it");
        _mailbox.Texts[0].ShouldEndWith("您可以回复：\n1　继续等，有变化马上告诉您\n2　找人工\n3　看赔付规则");
        var eta = (await Found()).Eta!;
        eta.Likely.ShouldBeGreaterThan(Promised);
        await Until(() => false);
        _mailbox.Texts.ShouldHaveSingleItem("not twice");
    }

    [Fact]
    public async Task Who_is_told_that_it_left_reads_with_a_date_when_it_will_probably_arrive()
    {
        await _stage.DisposeAsync();
        await Begin("departed,signed");
        await Found(); // somebody has asked: the statistics are in memory
        await Report("picked_up", "departed");
        await Settle();
        var told = _mailbox.Arrived.ShouldHaveSingleItem();
        told.Text.ShouldMatch(@"\n预计11月2\d日 \d\d:\d\d.*送达.*。\n时间：");
        told.TemplateData!["thing5"].ShouldMatch(@"^预计11月2\d日 \d\d:\d\d 前$");
        await Report("signed");
        await Settle();
        _mailbox.Texts[^1].ShouldNotContain("预计");
    }

    [Fact]
    public async Task A_parcel_that_moves_as_usual_is_never_announced()
    {
        await Report("picked_up", "departed");
        await Forward(TimeSpan.FromHours(8));
        await Report("arrived");
        await Forward(TimeSpan.FromHours(5));
        await Report("out_for_delivery");
        await Forward(TimeSpan.FromHours(2));
        await Report("signed");
        await Until(() => false);
        _mailbox.Texts.ShouldHaveSingleItem().ShouldContain("已签收");
        (await _stage.Db.First<long>("select count(*) from parcels_watches")).ShouldBe(0, "what is done is not watched");
    }

    [Fact]
    public async Task Delivered_before_the_warning_goes_out_it_does_not_go_out()
    {
        await Report("picked_up", "departed");
        _mailbox.Answer = _ => new SendOutcome.RetryLater(TimeSpan.FromMinutes(40), "down", IsOutage: true);
        await Until(() => !_mailbox.Calls.IsEmpty);
        await Report("in_locker");
        _mailbox.Answer = _ => new SendOutcome.Sent(null, false);
        await Until(() => false);
        _mailbox.Texts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Held_until_the_promise_is_over_a_warning_does_not_go_out()
    {
        await Report("picked_up", "departed");
        _mailbox.Answer = _ => new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true);
        await Until(() => !_mailbox.Calls.IsEmpty);
        await Until(() => false);
        _mailbox.Answer = _ => new SendOutcome.Sent(null, false);
        await ReleaseHeld.Execute(_stage.Db, _stage.Alarm, _stage.Clock, [_customer], default);
        await Settle();
        _mailbox.Texts.ShouldBeEmpty();
        (await SentLedger.List(_stage.Db, null, _customer, null, 10, default)).ShouldContain(l => l.State == NotificationState.Superseded && l.Reason == "promise_over");
    }

    [Fact]
    public async Task In_time_again_a_warning_that_waits_is_taken_back()
    {
        await Report("picked_up", "departed");
        _mailbox.Answer = _ => new SendOutcome.RetryLater(TimeSpan.FromMinutes(90), "down", IsOutage: true);
        await Until(() => !_mailbox.Calls.IsEmpty);
        await Report("out_for_delivery"); // three hours more at most
        _mailbox.Answer = _ => new SendOutcome.Sent(null, false);
        await Until(() => false);
        _mailbox.Texts.ShouldBeEmpty();
        (await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scan_after_which_it_will_be_late_is_told_of_within_a_minute()
    {
        await Report("picked_up", "departed");
        await Report("out_for_delivery");
        while (_stage.Clock.GetUtcNow() < Promised.AddHours(-9)) await Forward(TimeSpan.FromMinutes(30));
        await Report("delivery_failed", "out_for_delivery"); // tried again, and in time so far
        await _stage.Run<SendNotifications>();
        _mailbox.Texts.ShouldBeEmpty();
        await Report("departed"); // on the wrong truck, back in Hangzhou
        await _stage.Run<SendNotifications>();
        _mailbox.Texts.ShouldHaveSingleItem().ShouldContain("可能赶不上承诺");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(23)]
    public async Task Time_alone_makes_it_late_and_it_is_told_well_before_the_end(int minutes)
    {
        _stage.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await Report("picked_up", "departed");
        for (var seen = PromiseOutlook.Kept; seen != PromiseOutlook.WillBreak; seen = (await Outlook()))
        {
            _stage.Clock.Advance(TimeSpan.FromMinutes(5));
            await Settle();
        }
        var late = _stage.Clock.GetUtcNow();
        var bound = late + (Promised - late) / 3 + TimeSpan.FromMinutes(15);
        while (_mailbox.Texts.Count == 0 && _stage.Clock.GetUtcNow() < Promised)
        {
            _stage.Clock.Advance(TimeSpan.FromMinutes(5));
            await Settle();
        }
        _stage.Clock.GetUtcNow().ShouldBeLessThanOrEqualTo(bound, "a third of what is left, and a run of the job");
    }

    [Fact]
    public async Task Who_asks_for_a_late_parcel_is_offered_the_choices_until_one_is_made()
    {
        await Report("picked_up", "departed");
        (await Offered()).Choices.ShouldBeEmpty("it is in time");
        (await _stage.Db.First<long>("select count(*) from parcels_warnings")).ShouldBe(0);
        _stage.Clock.Advance(Promised - _stage.Clock.GetUtcNow() - TimeSpan.FromHours(2)); // nobody has looked meanwhile
        (await Offered()).Choices.ShouldNotBeEmpty();
        (await Offered()).Choices.ShouldNotBeEmpty("asking twice asks the same");
        var open = await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default);
        open.ShouldHaveSingleItem().Waybill.ShouldBe(_waybill);
        await AnswerWarning.Choose(_stage.Db, _stage.Clock, _customer, open, LateChoice.RefundRule, default);
        (await Offered()).Choices.ShouldNotBeEmpty("the rule is no answer to the question");
        await AnswerWarning.Choose(_stage.Db, _stage.Clock, _customer, open, LateChoice.Wait, default);
        (await Offered()).Choices.ShouldBeEmpty();
        _stage.Clock.Advance(TimeSpan.FromHours(25));
        (await Offered()).Choices.ShouldNotBeEmpty("a day later, and late by now");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_heard_of_it_as_an_answer_is_not_warned_of_the_same_and_the_choice_stands(bool chooses)
    {
        await Report("picked_up", "departed");
        var other = await RecogniseCustomer.Execute(_stage.Db, _stage.Clock, new WechatIdentity("wx1", OpenId.Parse("o-2"), null), default);
        await TrackParcels.Execute(_stage.Db, _stage.Keys, _stage.Clock, _stage.Get<ParcelsOptions>(), new TrackRequest([_waybill], other, "2222", "v", Follow: true), default);
        _stage.Clock.Advance(Promised - _stage.Clock.GetUtcNow() - TimeSpan.FromHours(6)); // nobody has looked meanwhile
        (await Offered()).Choices.ShouldNotBeEmpty();
        if (chooses) await AnswerWarning.Choose(_stage.Db, _stage.Clock, _customer, await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default), LateChoice.Wait, default);
        await Until(() => false);
        _mailbox.Texts.ShouldHaveSingleItem("only the other one, who had not asked");
        (await _stage.Db.First<long>("select count(*) from notifications_messages where kind = 'parcel_warning' and customer = @customer", new { customer = other.Text })).ShouldBe(1);
        (await _stage.Db.First<string>("select choice from parcels_warnings where customer_id = @customer", new { customer = _customer })).ShouldBe(chooses ? "wait" : null);
        (await _stage.Db.First<long>("select warnings from parcels_watches")).ShouldBe(1);
    }

    [Fact]
    public async Task A_recipient_may_have_it_brought_another_way_which_answers_the_warning_until_it_is_taken_back()
    {
        await BindPhone.Execute(_stage.Db, _stage.Keys, _stage.Clock, _customer, Phone.Parse("13800002222"), PhoneSource.Sms, default);
        await Report("picked_up", "departed");
        await Until(() => _mailbox.Texts.Count > 0);
        _mailbox.Texts[0].ShouldEndWith("3　看赔付规则\n4　改派：换个时间、地址，或放快递柜、驿站");
        var open = await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default);
        (await AnswerWarning.Redirectable(_stage.Db, _stage.Get<ParcelsOptions>(), _customer, open, default)).ShouldHaveSingleItem().Waybill.ShouldBe(_waybill);
        (await Ask(DirectionKind.Correct, new DirectionDetail { Recipient = new PartyReport { Name = "李蕾" } })).ShouldNotBeNull();
        (await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default)).ShouldHaveSingleItem("a corrected name brings it nowhere else");

        (await Ask(DirectionKind.Hold, new DirectionDetail())).ShouldNotBeNull();
        (await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default)).ShouldBeEmpty();
        (await Choice()).ShouldBe("redirect");
        await DirectParcel.Undo(_stage.Db, _stage.Keys, _stage.Clock, _customer, _waybill, default);
        (await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default)).ShouldHaveSingleItem("the question is open again");
        (await Choice()).ShouldBeNull();

        await Report("out_for_delivery");
        (await AnswerWarning.Redirectable(_stage.Db, _stage.Get<ParcelsOptions>(), _customer, open, default)).ShouldBeEmpty("it is too late");

        Task<AskedDirection?> Ask(DirectionKind kind, DirectionDetail detail) =>
            DirectParcel.Ask(_stage.Db, _stage.Keys, _stage.Clock, _stage.Get<ParcelsOptions>(), new Courier.Services.Addresses.Divisions(), _customer, _waybill, kind, detail, default);
        Task<string?> Choice() => _stage.Db.First<string>("select choice from parcels_warnings where customer_id = @customer", new { customer = _customer });
    }

    [Fact]
    public async Task Nobody_follows_nobody_is_told()
    {
        await _stage.Db.Execute("delete from parcels_followers");
        await Report("picked_up", "departed");
        await Until(() => false);
        _mailbox.Texts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_choice_is_kept_and_ends_the_question_unless_it_only_asks_for_the_rule()
    {
        await Report("picked_up", "departed");
        await Until(() => _mailbox.Texts.Count > 0);
        var open = await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default);
        AnswerWarning.ForAgents(open, _stage.Clock.GetUtcNow()).ShouldBe($"预计晚到：{_waybill} 运输中（杭州萧山转运中心） 承诺今天 18:00前");
        await AnswerWarning.Choose(_stage.Db, _stage.Clock, _customer, open, LateChoice.RefundRule, default);
        (await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default)).ShouldHaveSingleItem();
        await AnswerWarning.Choose(_stage.Db, _stage.Clock, _customer, open, LateChoice.Wait, default);
        (await AnswerWarning.Open(_stage.Db, _stage.Clock, _customer, default)).ShouldBeEmpty();
        (await _stage.Db.First<string>("select choice from parcels_warnings")).ShouldBe("wait");
        (await AnswerWarning.GoingOnWaiting(_stage.Db, _stage.Clock, _customer, default)).ShouldHaveSingleItem().Waybill.ShouldBe(_waybill);
        _stage.Clock.Advance(TimeSpan.FromHours(24));
        (await AnswerWarning.GoingOnWaiting(_stage.Db, _stage.Clock, _customer, default)).ShouldBeEmpty("for a day");
    }

    [Fact]
    public async Task A_finished_parcel_teaches_its_lane()
    {
        var before = await _stage.Db.First<long>("select runs from lanes_statistics where scope = 'all' and stage = 'left_origin' and measure = 'delivery'");
        await Report("picked_up", "departed");
        await Forward(TimeSpan.FromHours(20));
        await Report("out_for_delivery", "signed");
        await _stage.Deliver();
        await _stage.Run<LearnFromRuns>();
        (await _stage.Db.First<long>("select runs from lanes_statistics where scope = 'all' and stage = 'left_origin' and measure = 'delivery'")).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Many_stuck_parcels_make_their_place_overloaded()
    {
        var numbers = Enumerable.Range(100, 25).Select(i => Numbers.Own(i)).ToList();
        await RegisterWaybills.Execute(_stage.Db, _stage.Keys, _stage.Clock, "core", [.. numbers.Select(n => Reports.Waybill(n.Text))], default);
        await RecordRoutes.Execute(_stage.Db, _stage.Clock, "core", [.. numbers.Select(n => Event(n, "arrived"))], default);
        await Report("arrived");
        await Forward(TimeSpan.FromHours(50));
        await _stage.Run<WatchParcels>();
        _stage.Clock.Advance(TimeSpan.FromMinutes(6));
        var trouble = (await Found()).Trouble!;
        trouble.Reason.ShouldBe(TroubleReason.PlaceOverloaded);
        trouble.Words.ShouldContain("【杭州萧山转运中心】最近件量大");
    }

    private async Task<PromiseOutlook> Outlook()
    {
        var found = await Found();
        return JudgePromise.Of(found.PromisedBy, found.Eta, found.Trouble, _stage.Clock.GetUtcNow());
    }

    private async Task<TrackedParcel.Found> Offered() =>
        (await AnswerWarning.Offer(_stage.Db, _stage.Clock, _stage.Get<ParcelsOptions>(), _customer, [await Found()], default))[0].ShouldBeOfType<TrackedParcel.Found>();

    private async Task<TrackedParcel.Found> Found()
    {
        var found = await TrackParcels.Execute(_stage.Db, _stage.Keys, _stage.Clock, _stage.Get<ParcelsOptions>(), new TrackRequest([_waybill], _customer, null, "v", Follow: false), default);
        return (await _stage.Get<ParcelOutlook>().Of(found, default))[0].ShouldBeOfType<TrackedParcel.Found>();
    }

    /// <summary>Lets time pass until something happens, at most until the promise is over.</summary>
    private async Task Until(Func<bool> happened)
    {
        while (!happened() && _stage.Clock.GetUtcNow() < Promised.AddHours(1)) await Forward(TimeSpan.FromMinutes(30));
    }

    private async Task Forward(TimeSpan time)
    {
        for (var end = _stage.Clock.GetUtcNow() + time; _stage.Clock.GetUtcNow() < end;)
        {
            _stage.Clock.Advance(TimeSpan.FromMinutes(30));
            await Settle();
        }
    }

    private async Task Settle()
    {
        await _stage.Deliver();
        await _stage.Run<WatchParcels>();
        await _stage.Deliver();
        await _stage.Run<SendNotifications>();
    }

    private async Task Report(params string[] codes)
    {
        foreach (var code in codes)
        {
            _stage.Clock.Advance(TimeSpan.FromMinutes(1));
            (await RecordRoutes.Execute(_stage.Db, _stage.Clock, "core", [Event(_waybill, code)], default)).Rejected.ShouldBeEmpty();
        }
        await _stage.Run<WatchParcels>(); // the minute's run
        await _stage.Deliver();
    }

    private RouteReport Event(WaybillNumber waybill, string code) => new()
    {
        Id = $"e{++_events}", Waybill = waybill.Text, Code = code, City = code is "picked_up" or "departed" or "arrived" ? "杭州市" : "上海市", Place = "杭州萧山转运中心", Text = "快件已扫描",
        Time = _stage.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz"),
    };

    private async Task Learn()
    {
        var lane = new Lane("standard", "浙江省", "杭州市", "上海市", "上海市");
        var start = _stage.Clock.GetUtcNow().AddDays(-10);
        var runs = Enumerable.Range(0, 100).Select(i => new LaneRunFinished($"{i:x32}", lane,
        [
            new(LaneStage.PickedUp, start.AddHours(-4)), new(LaneStage.AtOrigin, start.AddHours(-4)), new(LaneStage.LeftOrigin, start.AddHours(i / 25.0 - 4)),
            new(LaneStage.AtDestination, start.AddHours(6 + i * 0.4)), new(LaneStage.OutForDelivery, start.AddHours(9 + i / 2.0)), new(LaneStage.Finished, start.AddHours(10 + i / 2.0)),
        ])).ToList();
        await _stage.Db.InTransaction(tx => tx.Publish([.. runs]));
        await _stage.Deliver();
        await _stage.Run<LearnFromRuns>();
    }
}

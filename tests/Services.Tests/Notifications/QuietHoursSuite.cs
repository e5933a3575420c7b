using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
using Courier.Services.Staff;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Notifications;

public sealed class QuietHoursOnSqlite() : QuietHoursSuite(DatabaseProvider.Sqlite);

public sealed class QuietHoursOnMariaDb() : QuietHoursSuite(DatabaseProvider.MySql);

/// <summary>Warnings and incidents in quiet hours: whose hours count, and what may disturb nevertheless. The house is quiet from 22:00 to 07:00.</summary>
public abstract class QuietHoursSuite(DatabaseProvider provider)
{
    private const string Parcel = "0123456789abcdef0123456789abcdef";

    private readonly Mailbox _wechat = new();

    [Fact]
    public async Task Who_has_no_quiet_hours_is_told_of_an_incident_at_night_and_the_others_in_the_morning()
    {
        await using var stage = await Set();
        var (anna, owl) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        await Wishes(stage, owl, DailyHours.Never);
        stage.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        await Tell(stage, await Incident(stage), anna, owl);
        (_wechat.TextsOf(owl).Count, _wechat.TextsOf(anna).Count).ShouldBe((1, 0));
        stage.Clock.Advance(TimeSpan.FromHours(8)); // 07:00
        await Settle(stage);
        (_wechat.TextsOf(owl).Count, _wechat.TextsOf(anna).Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task An_incident_that_ended_in_the_quiet_hours_is_not_told_and_one_that_was_written_anew_in_its_new_words()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        stage.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        var (snow, typhoon) = (await Incident(stage, "暴雪封路"), await Incident(stage, "台风"));
        await Tell(stage, snow, anna);
        await Tell(stage, typhoon, anna);
        await WriteIncidents.End(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, snow, "发错了", default);
        await WriteIncidents.Change(stage.Db, stage.Clock, stage.Get<Divisions>(), stage.Get<IncidentBoard>(), StaffId.System, typhoon, 2, Words(stage, "台风解除"), default);
        stage.Clock.Advance(TimeSpan.FromHours(8)); // 07:00
        await Settle(stage);
        _wechat.TextsOf(anna).ShouldHaveSingleItem().ShouldStartWith("⚠【台风解除】");
        (await stage.Db.Query<string>("select reason from notifications_messages where state = 'superseded'")).ShouldBe(["incident_over"]);
    }

    [Fact]
    public async Task An_incident_that_ended_before_the_customer_wrote_is_not_told()
    {
        await using var stage = await Set();
        var anna = CustomerId.New(stage.Clock);
        var (snow, typhoon) = (await Incident(stage, "暴雪封路"), await Incident(stage, "台风"));
        _wechat.Answer = _ => new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true);
        await Tell(stage, snow, anna);
        await Tell(stage, typhoon, anna);
        (await SentLedger.Held(stage.Db, default)).ShouldBe(2);
        await WriteIncidents.End(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, snow, null, default);
        _wechat.Answer = _ => new SendOutcome.Sent(null, false);
        await ReleaseHeld.Execute(stage.Db, stage.Alarm, stage.Clock, [anna], default);
        await Settle(stage);
        _wechat.TextsOf(anna).ShouldHaveSingleItem().ShouldStartWith("⚠【台风】");
    }

    [Fact]
    public async Task Who_has_no_quiet_hours_is_warned_at_night_and_the_others_in_the_morning()
    {
        await using var stage = await Set();
        var (anna, owl) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        await Wishes(stage, owl, DailyHours.Never);
        stage.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        await Late(stage, TimeSpan.FromHours(12), anna, owl);
        (_wechat.TextsOf(owl).Count, _wechat.TextsOf(anna).Count).ShouldBe((1, 0));
        stage.Clock.Advance(TimeSpan.FromHours(8)); // 07:00
        await Settle(stage);
        (_wechat.TextsOf(owl).Count, _wechat.TextsOf(anna).Count).ShouldBe((1, 1));
        _wechat.Arrived.ShouldAllBe(m => !m.IsUrgent);
    }

    [Fact]
    public async Task A_warning_disturbs_whose_own_quiet_hours_outlast_the_promise_and_waits_for_the_others()
    {
        await using var stage = await Set();
        var (sleeper, napper) = (CustomerId.New(stage.Clock), CustomerId.New(stage.Clock));
        await Wishes(stage, sleeper, DailyHours.Parse("09:00-18:00"));
        await Wishes(stage, napper, DailyHours.Parse("09:00-11:00"));
        await Late(stage, TimeSpan.FromHours(4), sleeper, napper); // 10:00, promised by 14:00
        _wechat.TextsOf(sleeper).ShouldHaveSingleItem("at 18:00 it would be no warning any more");
        _wechat.TextsOf(napper).ShouldBeEmpty();
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await Settle(stage);
        _wechat.TextsOf(napper).ShouldHaveSingleItem();
    }

    private Task<Stage> Set() => Stage.Set(provider, [_wechat], new NotificationsOptions { QuietHours = "22:00-07:00" });

    private static Task Wishes(Stage stage, CustomerId who, DailyHours quiet) => CustomerPreferences.Save(
        stage.Db, stage.Clock, who, NotificationPreferences.Default with { QuietHours = quiet }, PreferenceSource.Chat, default);

    private static IncidentDraft Words(Stage stage, string title) =>
        new(title, "上海派送延误。", IncidentKind.Weather, IncidentSeverity.Warning, ["31"], stage.Clock.GetUtcNow(), null);

    private static async Task<string> Incident(Stage stage, string title = "台风")
    {
        var id = await WriteIncidents.Create(stage.Db, stage.Clock, stage.Get<Divisions>(), StaffId.System, Words(stage, title), default);
        (await WriteIncidents.Publish(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, id, tell: false, default)).ShouldBeTrue();
        return id;
    }

    private static async Task Tell(Stage stage, string incident, params CustomerId[] customers)
    {
        await stage.Db.InTransaction(tx => tx.Publish(new IncidentAudienceFound(incident, "⚠【旧】旧的话", customers, 1), default));
        await Settle(stage);
    }

    private static async Task Late(Stage stage, TimeSpan left, params CustomerId[] told)
    {
        var now = stage.Clock.GetUtcNow();
        await stage.Db.InTransaction(async tx =>
        {
            await LateWarnings.Open(tx, [.. told.Select(c => new ParcelFollower { ParcelId = Parcel, Customer = c })], now, default);
            await tx.Publish(new ParcelLateExpected(Parcel, Numbers.Own(55), now + left, "", "", 3, 1), default);
        });
        await Settle(stage);
    }

    private static async Task Settle(Stage stage)
    {
        await stage.Deliver();
        await stage.Run<SendNotifications>();
    }
}

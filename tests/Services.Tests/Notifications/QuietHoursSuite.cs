using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
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
        await stage.Db.InTransaction(tx => tx.Publish(new IncidentAudienceFound("i1", "台风，上海派送延误", [anna, owl], 1), default));
        await Settle(stage);
        (_wechat.TextsOf(owl).Count, _wechat.TextsOf(anna).Count).ShouldBe((1, 0));
        stage.Clock.Advance(TimeSpan.FromHours(8)); // 07:00
        await Settle(stage);
        (_wechat.TextsOf(owl).Count, _wechat.TextsOf(anna).Count).ShouldBe((1, 1));
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

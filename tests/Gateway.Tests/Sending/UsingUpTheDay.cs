using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Notifications;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

/// <summary>An account that may send one template message a day.</summary>
public sealed class UsingUpTheDay
{
    [Fact]
    public async Task The_next_way_is_taken_or_midnight_in_China_is_waited_for()
    {
        await using var app = await CourierApp.Start(new() { Settings = new Dictionary<string, string> { ["Wechat:DailyLimits:Template"] = "1" } });
        var (first, firstParcel) = await Follower(app);
        var (second, secondParcel) = await Follower(app);
        var (third, thirdParcel) = await Follower(app);
        await third.Chooses("accept");
        app.Clock.Sleep(TimeSpan.FromHours(49));

        await firstParcel.Reports("out_for_delivery");
        (await first.Inbox("template")).Count.ShouldBe(1);
        await secondParcel.Reports("out_for_delivery");
        (await second.Inbox("template")).ShouldBeEmpty("the day's quota is used up");
        await thirdParcel.Reports("out_for_delivery");
        (await third.Inbox("subscribe")).Count.ShouldBe(1, "another way is open");

        var now = ChinaTime.In(app.Clock.GetUtcNow());
        var midnight = new DateTimeOffset(now.Date, ChinaTime.Offset).AddDays(1);
        var waiting = (await SentLedger.List(app.Get<Db>(), NotificationState.Planned, null, null, 10, default)).Single();
        waiting.NextAt.ShouldBe(midnight);
        app.Clock.Advance(midnight - now - TimeSpan.FromSeconds(5));
        await app.Settle();
        (await second.Inbox("template")).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        await app.Settle();
        (await second.Inbox("template")).Count.ShouldBe(1);
        (await third.Inbox("template")).ShouldBeEmpty("it was told already");
    }

    private static async Task<(Person Person, Shipment Parcel)> Follower(CourierApp app)
    {
        var parcel = await Shipment.PickedUp(app);
        var person = await Person.WhoHasWritten(app);
        await parcel.IsFollowedBy(person);
        return (person, parcel);
    }
}

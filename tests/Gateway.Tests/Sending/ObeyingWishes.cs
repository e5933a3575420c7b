using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Notifications;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

/// <summary>What customers wish by words in the chat, seen by what arrives afterwards.</summary>
public sealed class ObeyingWishes(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private CourierApp App => gateway.App;

    [Fact]
    public async Task After_unsubscribing_nothing_is_pushed_questions_are_answered_and_it_can_be_taken_back()
    {
        var (person, parcel) = await Follower();
        (await person.Says("退订")).ShouldContain("已退订");
        await parcel.Reports("out_for_delivery");
        (await person.Inbox("custom")).ShouldBeEmpty();
        (await Lines(person)).Single().ShouldSatisfyAllConditions(l => l.State.ShouldBe(NotificationState.Dropped), l => l.Reason.ShouldBe("switched_off"));
        (await person.Says(parcel.Waybill)).ShouldContain("派送");

        (await person.Says("恢复通知")).ShouldContain("已恢复");
        await parcel.Reports("signed");
        (await person.Inbox("custom")).Single().Text.ShouldContain("签收");
    }

    [Fact]
    public async Task In_quiet_hours_a_pick_up_comes_at_once_and_the_rest_in_the_morning_as_one_message()
    {
        var (person, first) = await Follower();
        var (second, locker) = (await Shipment.PickedUp(App), await Shipment.PickedUp(App));
        await second.IsFollowedBy(person);
        await locker.IsFollowedBy(person);
        (await person.Says("免打扰 22:00-8:00")).ShouldContain("22:00-08:00");
        UntilHour(23);

        await first.Reports("out_for_delivery");
        await second.Reports("out_for_delivery");
        (await person.Inbox("custom")).ShouldBeEmpty();
        await locker.Reports("in_locker");
        (await person.Inbox("custom")).Single().Text.ShouldContain(locker.Waybill);

        UntilHour(8);
        await App.Settle();
        var morning = (await person.Inbox("custom")).Skip(1).Single().Text;
        morning.ShouldContain(first.Waybill);
        morning.ShouldContain(second.Waybill);

        (await person.Says("关闭免打扰")).ShouldContain("关闭免打扰");
        UntilHour(23);
        await first.Reports("signed");
        (await person.Inbox("custom"))[^1].Text.ShouldContain("签收");
    }

    private async Task<(Person Person, Shipment Parcel)> Follower()
    {
        var parcel = await Shipment.PickedUp(App);
        var person = await Person.WhoHasWritten(App);
        await parcel.IsFollowedBy(person);
        return (person, parcel);
    }

    private async Task<IReadOnlyList<LedgerLine>> Lines(Person person) =>
        await SentLedger.List(App.Get<Db>(), null, await person.Customer(), null, 20, default);

    private void UntilHour(int hour)
    {
        var now = ChinaTime.In(App.Clock.GetUtcNow());
        var at = new DateTimeOffset(now.Date, ChinaTime.Offset).AddHours(hour);
        App.Clock.Advance((at > now ? at : at.AddDays(1)) - now);
    }
}

using Courier.Kernel.Data;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

/// <summary>From the carrier's report to the follower's phone, over WeChat as the sandbox plays it.</summary>
public sealed class PushesToAFollower : IAsyncLifetime
{
    private const string Waybill = "CY7000000000011";
    private readonly GatewayApp _gateway = new();
    private int _event;

    private CourierApp App => _gateway.App;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Within_the_window_it_is_chat_and_after_it_a_template_whose_arrival_is_confirmed()
    {
        var person = await FollowerOfAParcel();
        await Reports("out_for_delivery");
        (await person.Inbox("custom")).Single().Text.ShouldContain("派送");

        App.Clock.Sleep(TimeSpan.FromHours(49));
        await Reports("in_locker");
        (await person.Inbox("custom")).Count.ShouldBe(1);
        (await person.Inbox("template")).Single().Raw.ShouldContain(Waybill);
        await Wait.Until(async () =>
        {
            App.Clock.Advance(TimeSpan.FromSeconds(2)); // TEMPLATESENDJOBFINISH comes a second later
            return (await SentLedger.List(App.Get<Db>(), NotificationState.Delivered, null, null, 10, default)).Any(l => l.Channel == Person.Template);
        }, "the template's arrival is confirmed");
    }

    [Fact]
    public async Task Each_change_is_told_once_though_the_carrier_repeats_itself()
    {
        var person = await FollowerOfAParcel();
        await Reports("out_for_delivery");
        await Report("out_for_delivery", _event); // the same event again
        await App.Settle();
        await Reports("signed");
        (await person.Inbox("custom")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_left_is_told_nothing_and_the_ledger_says_why()
    {
        var person = await FollowerOfAParcel();
        App.Clock.Advance(TimeSpan.FromSeconds(2));
        var wechat = Pushes.ToOfficial(App).As(person.Id);
        await wechat.Tell(wechat.EventXml("unsubscribe"));
        await Reports("signed");
        (await person.Inbox("custom")).ShouldBeEmpty();
        (await person.Inbox("template")).ShouldBeEmpty();
        (await SentLedger.List(App.Get<Db>(), NotificationState.Dropped, null, null, 10, default)).Single().Reason.ShouldBe("not_following");
        (await SentLedger.Undecided(App.Get<Db>(), App.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);
    }

    private async Task<Person> FollowerOfAParcel()
    {
        var registered = await RegisterWaybills.Execute(App.Get<Db>(), App.Get<DataKeys>(), App.Clock, "demo",
            [new WaybillReport { Waybill = Waybill, Sender = Party("13812340001"), Recipient = Party("13912346789") }], default);
        registered.Rejected.ShouldBeEmpty();
        await Reports("picked_up");
        var person = await Person.WhoHasWritten(App);
        (await person.Says(Waybill + " 6789")).ShouldContain("已揽收");
        return person;
    }

    private async Task Reports(string code)
    {
        App.Clock.Advance(TimeSpan.FromSeconds(10));
        await Report(code, ++_event);
        await App.Settle();
    }

    private async Task Report(string code, int number) => (await RecordRoutes.Execute(App.Get<Db>(), App.Clock, "demo",
        [new RouteReport { Id = $"e{number}", Waybill = Waybill, Code = code, Time = App.Clock.GetUtcNow().ToString("O"), City = "杭州市", Place = "杭州近江营业点", Text = "快件状态更新" }], default))
        .Rejected.ShouldBeEmpty();

    private static PartyReport Party(string phone) =>
        new() { Name = "王大力", Phone = phone, Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" };
}

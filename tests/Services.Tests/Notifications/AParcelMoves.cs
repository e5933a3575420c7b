using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Notifications;

public sealed class AParcelMovesOnSqlite() : AParcelMoves(DatabaseProvider.Sqlite);

public sealed class AParcelMovesOnMariaDb() : AParcelMoves(DatabaseProvider.MySql);

/// <summary>Followers of a parcel are told of its changes: from the core's report to the customer's chat.</summary>
public abstract class AParcelMoves(DatabaseProvider provider)
{
    private const string RecipientPhone = "13800002222";

    private readonly Mailbox _mailbox = new();

    [Fact]
    public async Task Each_follower_is_told_once_per_change_in_order_and_of_nothing_else()
    {
        await using var stage = await Stage.Set(provider, [_mailbox]);
        var waybill = await Registered(stage);
        var asking = await Customer(stage, "o-1");
        var owner = await Customer(stage, "o-2");
        var stranger = await Customer(stage, "o-3");
        await BindPhone.Execute(stage.Db, stage.Keys, stage.Clock, owner, Phone.Parse(RecipientPhone), PhoneSource.Sms, default);
        await TrackParcels.Execute(stage.Db, stage.Keys, stage.Clock, stage.Get<ParcelsOptions>(), new TrackRequest([waybill], asking, "2222", "v", Follow: true), default);
        string[] codes = ["picked_up", "departed", "arrived", "out_for_delivery", "in_locker", "signed"];
        for (var i = 0; i < codes.Length; i++)
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(10));
            await Report(stage, waybill, codes[i], $"e{i}");
            await Report(stage, waybill, codes[i], $"e{i}"); // repeated by the core
            await Settle(stage);
        }
        await Report(stage, waybill, "out_for_delivery", "late", minutesAgo: 25); // late: the parcel does not move back
        await Settle(stage);
        string[] expected = ["已由杭州市西湖一部揽收", "正由杭州市西湖一部派送", "已存入杭州市西湖一部", "已签收"];
        foreach (var customer in new[] { asking, owner })
        {
            var texts = _mailbox.TextsOf(customer);
            texts.Count.ShouldBe(4);
            foreach (var (text, part) in texts.Zip(expected)) text.ShouldContain(part);
            texts.ShouldAllBe(t => t.Contains(waybill.Text) && !t.Contains("13912345678"));
        }
        _mailbox.TextsOf(stranger).ShouldBeEmpty();
        _mailbox.Arrived.ShouldAllBe(m => m.TemplateKind == "parcel_status" && m.TemplateData!["character_string1"] == waybill.Text);
        (await SentLedger.Undecided(stage.Db, stage.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);
    }

    [Fact]
    public async Task In_quiet_hours_nobody_is_disturbed_and_in_the_morning_only_the_last_state_counts()
    {
        await using var stage = await Stage.Set(provider, [_mailbox], new NotificationsOptions { QuietHours = "22:00-07:00" });
        var waybill = await Registered(stage);
        var asking = await Customer(stage, "o-1");
        await TrackParcels.Execute(stage.Db, stage.Keys, stage.Clock, stage.Get<ParcelsOptions>(), new TrackRequest([waybill], asking, "2222", "v", Follow: true), default);
        stage.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        foreach (var code in new[] { "picked_up", "out_for_delivery" })
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(10));
            await Report(stage, waybill, code, code);
            await Settle(stage);
        }
        _mailbox.Texts.ShouldBeEmpty();
        stage.Clock.Advance(TimeSpan.FromHours(8)); // 07:20
        await Settle(stage);
        _mailbox.Texts.ShouldHaveSingleItem().ShouldContain("派送");
    }

    private static async Task Settle(Stage stage)
    {
        await stage.Deliver();
        await stage.Run<SendNotifications>();
    }

    private static Task<CustomerId> Customer(Stage stage, string openId) =>
        RecogniseCustomer.Execute(stage.Db, stage.Clock, new WechatIdentity("wx1", OpenId.Parse(openId), null), default);

    private static async Task<WaybillNumber> Registered(Stage stage)
    {
        var number = Numbers.Own(123_456_789);
        (await RegisterWaybills.Execute(stage.Db, stage.Keys, stage.Clock, "core", [Reports.Waybill(number.Text, "13700001111", RecipientPhone)], default)).Accepted.ShouldBe(1);
        return number;
    }

    private static async Task Report(Stage stage, WaybillNumber waybill, string code, string id, int minutesAgo = 0) =>
        (await RecordRoutes.Execute(stage.Db, stage.Clock, "core",
        [
            new RouteReport
            {
                Id = id, Waybill = waybill.Text, Code = code, City = "杭州市", Place = "西湖一部", Text = "派件员 13912345678",
                Time = stage.Clock.GetUtcNow().AddMinutes(-minutesAgo).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz"),
            },
        ], default)).Rejected.ShouldBeEmpty();
}

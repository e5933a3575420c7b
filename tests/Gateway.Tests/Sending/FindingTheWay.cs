using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;
using Courier.Wechat.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Gateway.Tests.Sending;

/// <summary>From the carrier's report to the phone over whatever way is open: chat, template, subscribe message, short message, or later.</summary>
public sealed class FindingTheWay : IAsyncLifetime
{
    private const string BizSend = "/cgi-bin/message/subscribe/bizsend", TemplateSend = "/cgi-bin/message/template/send";

    private readonly HeldSms _sms = new();
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await CourierApp.Start(new()
    {
        Demo = true,
        Services = services => services.Replace(ServiceDescriptor.Singleton<ISmsSender>(_sms)),
    });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Each_way_is_taken_while_it_is_open_and_the_last_is_to_wait()
    {
        var (person, parcel) = await Follower(phone: "13800001111");
        await parcel.Reports("out_for_delivery");
        (await person.Inbox("custom")).Count.ShouldBe(1, "the window is open");

        _app.Clock.Sleep(TimeSpan.FromHours(49));
        await parcel.Reports("delivery_failed");
        (await person.Inbox("template")).Count.ShouldBe(1, "the window is closed");

        await RefuseTemplates(person);
        await person.Chooses("accept");
        await parcel.Report("out_for_delivery");
        await Until(async () => (await person.Inbox("subscribe")).Count == 1, "the template does not arrive, the subscribe message does");

        await parcel.Report("in_locker");
        await Until(() => _sms.Sent == 1, "no agreement is left, and it is urgent");
        _sms.LastText.ShouldContain(parcel.Waybill);

        await parcel.Report("signed");
        await Until(async () => await SentLedger.Held(_app.Get<Db>(), default) == 1, "nothing else is open, and it is not urgent");
        (_sms.Sent, (await person.Inbox("subscribe")).Count, (await person.Inbox("custom")).Count).ShouldBe((1, 1, 1));

        await person.Says("帮助");
        await Until(async () => (await person.Inbox("custom")).Count == 2, "the customer is there again");
        (await person.Inbox("custom"))[^1].Text.ShouldContain("签收");
        (await SentLedger.Undecided(_app.Get<Db>(), _app.Clock, TimeSpan.FromSeconds(-1), default)).ShouldBe(0);

        var sums = (await Desk("operations/notification-sums")).GetProperty("today");
        sums.GetProperty("sentMessages").GetInt64().ShouldBe(1);
        sums.GetProperty("sentFen").GetInt64().ShouldBe(5 * sums.GetProperty("sentSegments").GetInt64());
    }

    [Fact]
    public async Task The_code_to_take_a_parcel_with_fits_into_a_template()
    {
        var (person, parcel) = await Follower();
        _app.Clock.Sleep(TimeSpan.FromHours(49));
        await parcel.Reports("in_locker", "经收件人同意，快件已放入【近江时代大厦大堂快递柜】，请凭取件码38291047领取");
        Regex.Unescape((await person.Inbox("template")).ShouldHaveSingleItem().Raw).ShouldContain("取件码38291047 杭州近江营业点");
    }

    [Fact]
    public async Task Who_has_left_the_account_gets_what_is_urgent_as_a_short_message_and_nothing_else()
    {
        var (person, parcel) = await Follower(phone: "13800001111");
        var wechat = Pushes.ToOfficial(_app).As(person.Id);
        _app.Clock.Advance(TimeSpan.FromSeconds(2));
        await wechat.Tell(wechat.EventXml("unsubscribe"));
        await parcel.Report("in_locker", "请凭取件码38291047领取");
        await Until(() => _sms.Sent == 1, "a parcel waits, and short messages are not switched off");
        _sms.LastText.ShouldContain("38291047");
        await parcel.Report("signed");
        await Until(async () => (await SentLedger.List(_app.Get<Db>(), NotificationState.Dropped, null, null, 10, default)) is [{ Reason: "not_following" }], "it is not urgent, and nobody waits for the customer to come back");
        _sms.Sent.ShouldBe(1);
        (await person.Inbox("template")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agreement_given_on_the_phone_carries_one_message_and_is_used_up_then()
    {
        var (person, parcel) = await Follower();
        await RefuseTemplates(person);
        await person.Chooses("accept");
        (await person.Granted()).ShouldBe(1);
        _app.Clock.Sleep(TimeSpan.FromHours(49));

        await parcel.Report("out_for_delivery");
        await Until(async () => (await person.Inbox("subscribe")).Count == 1, "the agreement is used");
        (await person.Inbox("subscribe")).Single().Text.ShouldContain(parcel.Waybill);
        (await person.Granted()).ShouldBe(0);
        await Until(async () => await SentOver(Person.AccountSubscription) == NotificationState.Delivered, "WeChat tells what became of it");

        await parcel.Report("signed");
        await Until(async () => await SentLedger.Held(_app.Get<Db>(), default) == 1, "nothing is open any more");
        (await person.Inbox("subscribe")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_uses_the_mini_program_only_gets_its_subscribe_message()
    {
        var person = await Person.Following(_app, Pushes.MiniProgram);
        var parcel = await Shipment.PickedUp(_app);
        await parcel.IsFollowedBy(person);
        await person.Chooses("accept");
        _app.Clock.Sleep(TimeSpan.FromHours(49));
        await parcel.Reports("out_for_delivery");
        (await person.Inbox("subscribe")).Single().Raw.ShouldContain("pages/parcels/parcels");
        (await person.Granted()).ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_that_WeChat_knows_of_corrects_the_ledger_and_is_not_tried_again()
    {
        var person = await Person.WhoHasWritten(_app);
        await person.Chooses("accept");
        await person.Chooses("accept");
        await _app.Fault(new { call = BizSend, errcode = 43101, times = 1 });
        (await person.Send(Person.AccountSubscription)).ShouldBe(new SendOutcome.NotAvailable("closed:43101"));
        (await person.Granted()).ShouldBe(0);
        (await person.Send(Person.AccountSubscription)).ShouldBe(new SendOutcome.NotAvailable("no_grant"));
        await person.Chooses("accept");
        (await person.Send(Person.AccountSubscription)).ShouldBeOfType<SendOutcome.Sent>();
    }

    [Fact]
    public async Task Refusing_in_the_dialog_grants_nothing_and_switching_off_in_the_settings_ends_all()
    {
        var person = await Person.WhoHasWritten(_app);
        await person.Chooses("reject");
        (await person.Granted()).ShouldBe(0);
        await person.Chooses("accept");
        await person.Chooses("reject");
        (await person.Granted()).ShouldBe(1, "an earlier agreement stands");
        await _app.Post("subscriptions/switch", new { openid = person.Id, templateId = DemoTemplates.ParcelUpdate, on = false });
        (await person.Granted()).ShouldBe(0);
    }

    [Fact]
    public async Task What_waited_comes_as_one_message_with_the_newest_state_of_each_parcel()
    {
        var (person, first) = await Follower();
        var second = await Shipment.PickedUp(_app);
        await second.IsFollowedBy(person);
        await RefuseTemplates(person);
        _app.Clock.Sleep(TimeSpan.FromHours(49));
        foreach (var parcel in new[] { first, second }) await parcel.Report("out_for_delivery");
        await Until(async () => await SentLedger.Held(_app.Get<Db>(), default) == 2, "both wait");
        await first.Report("signed");
        await Until(async () => await SentLedger.Held(_app.Get<Db>(), default) == 3, "the newer one waits, too");

        await person.Says("帮助");
        await Until(async () => (await person.Inbox("custom")).Count > 0, "they come once the customer writes");
        var text = (await person.Inbox("custom")).Single().Text;
        text.ShouldContain(first.Waybill);
        text.ShouldContain("签收");
        text.ShouldContain(second.Waybill);
        (await SentLedger.List(_app.Get<Db>(), NotificationState.Superseded, null, null, 10, default)).Count.ShouldBe(1);
        (await SentLedger.Held(_app.Get<Db>(), default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_template_that_WeChat_does_not_know_is_left_alone_for_an_hour_and_the_desk_sees_it()
    {
        var person = await Person.WhoHasWritten(_app);
        await _app.Fault(new { call = TemplateSend, errcode = 40037, times = 1 });
        (await person.Send(Person.Template)).ShouldBe(new SendOutcome.NotAvailable("template:40037"));
        (await person.Send(Person.Template)).ShouldBe(new SendOutcome.NotAvailable("template_lost"));
        (await Desk("operations/wechat-ledgers")).GetProperty("lostTemplates")[0].GetProperty("templateId").GetString().ShouldBe(DemoTemplates.ParcelUpdate);
        _app.Clock.Advance(TimeSpan.FromMinutes(61));
        (await person.Send(Person.Template)).ShouldBeOfType<SendOutcome.Sent>();
        (await Desk("operations/wechat-ledgers")).GetProperty("lostTemplates").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_short_message_counts_as_saved_until_WeChat_says_that_the_push_did_not_arrive()
    {
        var (person, parcel) = await Follower(phone: "13800002222");
        _app.Clock.Sleep(TimeSpan.FromHours(49));
        await parcel.Reports("in_locker");
        (await person.Inbox("template")).Count.ShouldBe(1);
        var saved = (await Desk("operations/notification-sums")).GetProperty("today");
        saved.GetProperty("savedMessages").GetInt64().ShouldBe(1);
        saved.GetProperty("savedFen").GetInt64().ShouldBe(5 * saved.GetProperty("savedSegments").GetInt64());
        saved.GetProperty("savedFen").GetInt64().ShouldBePositive();

        await RefuseTemplates(person);
        await parcel.Report("delivery_failed");
        await Until(async () => await SentLedger.Held(_app.Get<Db>(), default) == 1, "the template came back, and it is not urgent");
        (await Desk("operations/notification-sums")).GetProperty("today").GetProperty("savedMessages").GetInt64().ShouldBe(1);
        (await Desk("operations/notification-sums")).GetProperty("held").GetInt64().ShouldBe(1);
    }

    private async Task<(Person Person, Shipment Parcel)> Follower(string? phone = null)
    {
        var parcel = await Shipment.PickedUp(_app);
        var person = await Person.WhoHasWritten(_app);
        await parcel.IsFollowedBy(person);
        if (phone is not null) await BindPhone.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, await person.Customer(), Kernel.Phone.Parse(phone), PhoneSource.Sms, default);
        return (person, parcel);
    }

    // The account still takes template messages for this person, and reports afterwards that they were blocked.
    private Task RefuseTemplates(Person person) => _app.Post("followers", new { appId = Pushes.Official, openid = person.Id, acceptsTemplates = false });

    private async Task<NotificationState?> SentOver(string channel) =>
        (await SentLedger.List(_app.Get<Db>(), null, null, null, 20, default)).FirstOrDefault(l => l.Channel == channel)?.State;

    private async Task<JsonElement> Desk(string path)
    {
        using var browser = await _app.AtTheDesk("operator");
        return await browser.GetFromJsonAsync<JsonElement>("/api/desk/v1/" + path);
    }

    private Task Until(Func<bool> isSo, string what) => Until(() => Task.FromResult(isSo()), what);

    // WeChat's events come a second after what they tell of.
    private Task Until(Func<Task<bool>> isSo, string what) => Wait.Until(async () =>
    {
        await _app.Settle();
        if (await isSo()) return true;
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        return false;
    }, what);
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Notifications;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Gateway.Tests.Sending;

public sealed class WritingWithinTheWindow(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private CourierApp App => gateway.App;

    [Fact]
    public async Task After_a_message_five_may_be_written_and_the_sixth_falls_back()
    {
        var person = await Person.WhoHasWritten(App);
        for (var i = 0; i < 5; i++) (await person.Send(Person.CustomerService, $"第 {i} 条")).ShouldBeOfType<SendOutcome.Sent>();
        (await person.Send(Person.CustomerService)).ShouldBe(new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true));
        (await person.Inbox("custom")).Count.ShouldBe(5);

        await person.Says("再问一句"); // a new action opens it again
        (await person.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.Sent>();
    }

    [Fact]
    public async Task The_window_closes_after_forty_eight_hours()
    {
        var person = await Person.WhoHasWritten(App);
        App.Clock.Advance(TimeSpan.FromHours(47.9));
        (await person.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.Sent>();
        App.Clock.Advance(TimeSpan.FromHours(0.2));
        (await person.Send(Person.CustomerService)).ShouldBe(new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true));
    }

    [Fact]
    public async Task A_follow_opens_it_for_a_minute_and_three_messages()
    {
        var person = await Person.Following(App);
        for (var i = 0; i < 3; i++) (await person.Send(Person.CustomerService, $"{i}")).ShouldBeOfType<SendOutcome.Sent>();
        (await person.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.NotAvailable>();

        var other = await Person.Following(App);
        App.Clock.Advance(TimeSpan.FromSeconds(61));
        (await other.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.NotAvailable>();
    }

    [Fact]
    public async Task Many_at_once_never_send_one_too_many()
    {
        var person = await Person.WhoHasWritten(App);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => person.Send(Person.CustomerService, $"{i}")));
        outcomes.Count(o => o is SendOutcome.Sent).ShouldBe(5);
        (await person.Inbox("custom")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task WeChats_word_that_the_window_is_closed_corrects_our_count()
    {
        var person = await Person.WhoHasWritten(App);
        await App.Fault(new { call = "/cgi-bin/message/custom/send", errcode = 45047, times = 1 });
        (await person.Send(Person.CustomerService)).ShouldBe(new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true));
        (await person.Send(Person.CustomerService)).ShouldBe(new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true));
        (await person.Inbox("custom")).ShouldBeEmpty("nothing more was tried");
    }

    [Fact]
    public async Task What_goes_together_asks_no_more_once_WeChat_has_closed_the_window()
    {
        var person = await Person.WhoHasWritten(App);
        await App.Fault(new { call = "/cgi-bin/message/custom/send", errcode = 45047, times = 1 });
        var customer = await person.Customer();
        var portion = new Portion([.. Enumerable.Range(0, 2).Select(i => new OutgoingMessage(Ids.New(App.Clock), customer, NotificationKind.Incident, $"{i}", null, null, null, null, null))]);
        foreach (var message in portion.Messages)
            (await App.Services.GetServices<IChannel>().Single(c => c.Name == Person.CustomerService).Send(message, default)).ShouldBeOfType<SendOutcome.NotAvailable>();
        (await person.Inbox("custom")).ShouldBeEmpty("nothing more was tried");
    }

    [Fact]
    public async Task Whoever_left_gets_nothing_any_more_over_any_channel()
    {
        var person = await Person.WhoHasWritten(App);
        var wechat = Pushes.ToOfficial(App).As(person.Id);
        App.Clock.Advance(TimeSpan.FromSeconds(2));
        (await wechat.Tell(wechat.EventXml("unsubscribe", "<EventKey></EventKey>"))).ShouldBeEmpty();
        (await person.Send(Person.CustomerService)).ShouldBe(new SendOutcome.Unreachable("not_following"));
        (await person.Send(Person.Template)).ShouldBe(new SendOutcome.Unreachable("not_following"));
        (await App.InboxOf(person.Id)).ShouldNotContain(e => e.Kind == "custom" || e.Kind == "template");
    }

    [Fact]
    public async Task A_late_old_unsubscribe_does_not_cut_off_who_follows_again()
    {
        var person = await Person.WhoHasWritten(App);
        var wechat = Pushes.ToOfficial(App).As(person.Id);
        var old = wechat.EventXml("unsubscribe");
        App.Clock.Advance(TimeSpan.FromSeconds(5));
        await wechat.Tell(wechat.EventXml("subscribe"));
        await wechat.Tell(old);
        (await person.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.Sent>();
    }

    [Fact]
    public async Task A_row_that_another_process_erased_does_not_come_back_with_what_waited_to_be_written()
    {
        var person = await Person.WhoHasWritten(App);
        (await person.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.Sent>("the row is written");
        await person.Says("还有一句"); // waits in memory
        await App.Get<Db>().Execute("delete from wechat_followers where openid = @Id", new { person.Id });
        await App.Get<Db>().Execute("delete from customers_identities where openid = @Id", new { person.Id });
        (await person.Send(Person.CustomerService)).ShouldNotBeOfType<SendOutcome.Sent>();
        (await App.Get<Db>().First<long>("select count(*) from wechat_followers where openid = @Id", new { person.Id })).ShouldBe(0);

        await person.Says("我又来了"); // comes back by their own will
        (await person.Send(Person.CustomerService)).ShouldBeOfType<SendOutcome.Sent>();
    }
}

using Courier.Services.Notifications;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

/// <summary>What every channel has to keep: whatever WeChat says becomes an outcome, and nothing is thrown.</summary>
public abstract class WhatChannelsPromise : IAsyncLifetime
{
    private protected CourierApp App { get; private set; } = null!;

    protected abstract string Channel { get; }

    protected abstract string Call { get; }

    /// <summary>A busy WeChat (-1) may have sent it: the outcome depends on whether a repeat would be shown twice.</summary>
    protected abstract Type WhenBusy { get; }

    public async Task InitializeAsync() => App = await CourierApp.Start();

    public async Task DisposeAsync() => await App.DisposeAsync();

    [Fact]
    public async Task A_message_arrives()
    {
        var person = await Person.WhoHasWritten(App);
        (await person.Send(Channel)).ShouldBeOfType<SendOutcome.Sent>();
        (await person.Inbox(Channel == Person.Template ? "template" : "custom")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_becomes_an_outcome()
    {
        foreach (var (errcode, outcome) in new (int, Type)[]
        {
            (45011, typeof(SendOutcome.RetryLater)), (-1, WhenBusy), (47003, typeof(SendOutcome.Rejected)),
            (48001, typeof(SendOutcome.RetryLater)), (50002, typeof(SendOutcome.RetryLater)), (99999, typeof(SendOutcome.Rejected)), (43101, typeof(SendOutcome.NotAvailable)),
            (43004, typeof(SendOutcome.Unreachable)), (43019, typeof(SendOutcome.Unreachable)), (40037, typeof(SendOutcome.NotAvailable)), // the template is not tried again for an hour
            (45009, typeof(SendOutcome.RetryLater)), // nor is the call for a minute
        })
        {
            var person = await Person.WhoHasWritten(App);
            await App.Fault(new { call = Call, errcode, times = 10 });
            var came = await person.Send(Channel);
            came.GetType().ShouldBe(outcome, $"{errcode}: {came}");
            came.ToString().ShouldNotContain(person.Id);
            await App.Http.DeleteAsync("/sandbox/control/faults");
            App.Clock.Advance(TimeSpan.FromMinutes(61)); // whatever was stopped goes on
        }
    }

    [Fact]
    public async Task A_used_up_quota_is_named_with_its_end_and_does_not_count_against_the_message()
    {
        var person = await Person.WhoHasWritten(App);
        await App.Fault(new { call = Call, errcode = 45009, times = 10 });
        var first = (await person.Send(Channel)).ShouldBeOfType<SendOutcome.RetryLater>();
        first.IsOutage.ShouldBeTrue();
        first.After.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1));
        App.Clock.Advance(first.After);
        var second = (await person.Send(Channel)).ShouldBeOfType<SendOutcome.NotAvailable>(); // it persists: the quota of the day, another way is tried
        second.OpensAt!.Value.ShouldBeGreaterThan(App.Clock.GetUtcNow() + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_stopped_account_keeps_its_messages_until_somebody_has_repaired_it()
    {
        var person = await Person.WhoHasWritten(App);
        await App.Fault(new { call = Call, errcode = 40164, times = 1 });
        var stopped = (await person.Send(Channel)).ShouldBeOfType<SendOutcome.RetryLater>();
        (stopped.IsOutage, stopped.Reason).ShouldBe((true, "stopped:40164"));
        stopped.After.ShouldBeInRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        (await person.Send(Channel)).ShouldBeOfType<SendOutcome.Sent>();
    }

    [Fact]
    public async Task After_a_refused_token_it_arrives_all_the_same()
    {
        var person = await Person.WhoHasWritten(App);
        await App.Fault(new { call = Call, errcode = 40001, times = 1 });
        (await person.Send(Channel)).ShouldBeOfType<SendOutcome.Sent>();
    }

    [Fact]
    public async Task A_customer_whom_no_account_knows_is_another_channels_matter()
    {
        var stranger = new Person(App, "wxunknown", "oStranger");
        (await stranger.Send(Channel)).ShouldBe(new SendOutcome.NotAvailable("no_account"));
    }

    public sealed class OfCustomerService : WhatChannelsPromise
    {
        protected override string Channel => Person.CustomerService;

        protected override string Call => "/cgi-bin/message/custom/send";

        protected override Type WhenBusy => typeof(SendOutcome.Ambiguous);

        [Fact]
        public async Task A_lost_answer_is_ambiguous_because_nothing_tells_a_repeat_from_a_new_message()
        {
            var person = await Person.WhoHasWritten(App);
            await App.Fault(new { call = Call, delayMs = 60_000, times = 1 });
            (await person.Send(Channel)).ShouldBeOfType<SendOutcome.Ambiguous>();
            App.Clock.Advance(TimeSpan.FromMinutes(2)); // WeChat's answer comes too late
        }
    }

    public sealed class OfTemplates : WhatChannelsPromise
    {
        protected override string Channel => Person.Template;

        protected override string Call => "/cgi-bin/message/template/send";

        protected override Type WhenBusy => typeof(SendOutcome.RetryLater);

        [Fact]
        public async Task A_repeat_of_the_same_message_arrives_once()
        {
            var person = await Person.WhoHasWritten(App);
            var id = Kernel.Ids.New(App.Clock);
            var first = (await person.Send(Channel, id: id)).ShouldBeOfType<SendOutcome.Sent>();
            first.AwaitsConfirmation.ShouldBeTrue();
            (await person.Send(Channel, id: id)).ShouldBe(first);
            (await person.Inbox("template")).Count.ShouldBe(1);
        }

        [Fact]
        public async Task Long_and_empty_values_are_made_to_fit()
        {
            var person = await Person.WhoHasWritten(App);
            var values = new Dictionary<string, string>
            {
                ["character_string1"] = "CY1234567890128", ["phrase2"] = "已到达中转站点", ["time3"] = "2026-11-22 10:00",
                ["thing4"] = "包裹已经放在小区南门的快递柜里\n请在二十四小时内取走👨‍👩‍👧谢谢",
            };
            (await person.Send(Channel, values: values)).ShouldBeOfType<SendOutcome.Sent>();
            (await person.Send(Channel, values: new Dictionary<string, string>(values) { ["thing4"] = " " })).ShouldBeOfType<SendOutcome.Sent>();
        }

        [Fact]
        public async Task Without_a_template_it_is_another_channels_matter()
        {
            var person = await Person.WhoHasWritten(App);
            (await person.Send(Channel, template: null)).ShouldBe(new SendOutcome.NotAvailable("no_template"));
            (await person.Send(Channel, template: "nobody_configured_this")).ShouldBe(new SendOutcome.NotAvailable("no_template"));
        }
    }
}

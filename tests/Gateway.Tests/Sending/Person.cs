using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;
using Courier.Wechat.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Gateway.Tests.Sending;

/// <summary>Somebody who follows an account of the sandbox, and what is sent to them over our channels.</summary>
internal sealed class Person(CourierApp app, string appId, string openId)
{
    public const string CustomerService = "wechat.customer_service", Template = "wechat.template";
    public const string AccountSubscription = "wechat.account_subscription", MiniProgramSubscription = "wechat.mini_program_subscription";

    public static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string>
    {
        ["character_string1"] = "CY1234567890128", ["phrase2"] = "派送中", ["time3"] = "2026-11-22 10:00", ["thing4"] = "请留意来电",
    };

    public string Id => openId;

    public static async Task<Person> Following(CourierApp app, string appId = Pushes.Official) => new(app, appId, await app.AddFollower(appId));

    public static async Task<Person> WhoHasWritten(CourierApp app, string appId = Pushes.Official)
    {
        var person = await Following(app, appId);
        await person.Says("帮助");
        return person;
    }

    public Task<string> Says(object message) => app.Say(openId, message);

    /// <summary>Chooses in WeChat's dialog about subscribe messages: <c>accept</c> or <c>reject</c>. WeChat tells the product by an event.</summary>
    public Task Chooses(string choice)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1)); // WeChat's events have no id: two within a second are one
        return app.Post("subscriptions/choose", new { openid = openId, choices = new[] { new { templateId = DemoTemplates.ParcelUpdate, choice } } });
    }

    /// <summary>What the product believes to be granted.</summary>
    public async Task<long> Granted() => await app.Get<Db>().First<long?>(
        "select sends_left from wechat_grants where openid = @openId and template_id = @template", new { openId, template = DemoTemplates.ParcelUpdate }) ?? 0;

    public Task<CustomerId> Customer() => RecogniseCustomer.Execute(app.Get<Db>(), app.Clock, new WechatIdentity(appId, OpenId.Parse(openId), null), default);

    public async Task<IReadOnlyList<Received>> Inbox(string kind) => [.. (await app.InboxOf(openId)).Where(e => e.Kind == kind)];

    /// <summary>Sends over a channel; the clock is moved while it waits for WeChat.</summary>
    public async Task<SendOutcome> Send(string channel, string text = "您的快递正在派送", string? template = "parcel_status", IReadOnlyDictionary<string, string>? values = null, string? id = null)
    {
        var customer = await Customer();
        var message = new OutgoingMessage(id ?? Ids.New(app.Clock), customer, NotificationKind.ParcelStatus, text, template, values ?? Values, "https://example.com/p", null, null);
        var sending = app.Services.GetServices<IChannel>().Single(c => c.Name == channel).Send(message, default);
        await Wait.Until(async () =>
        {
            if (await Task.WhenAny(sending, Task.Delay(1000)) != sending) app.Clock.Advance(TimeSpan.FromSeconds(1));
            return sending.IsCompleted;
        }, "the channel comes to an outcome", TimeSpan.FromSeconds(60));
        return await sending;
    }
}

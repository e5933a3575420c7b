using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Gateway.Tests.Sending;

/// <summary>The contract of all channels, kept by customer-service messages.</summary>
public sealed class CustomerServiceKeepsTheContract : ChannelContract
{
    protected override async Task<ChannelStage> Start() => await SandboxStage.Start(Person.CustomerService, "/cgi-bin/message/custom/send", "custom", null);
}

/// <summary>The contract of all channels, kept by template messages.</summary>
public sealed class TemplatesKeepTheContract : ChannelContract
{
    protected override async Task<ChannelStage> Start() => await SandboxStage.Start(Person.Template, "/cgi-bin/message/template/send", "template",
        ("parcel_status", new Dictionary<string, string>
        {
            ["character_string1"] = "CY1234567890128", ["phrase2"] = "已签收", ["time3"] = "2026-11-22 10:00", ["thing4"] = "感谢您的使用",
        }));
}

/// <summary>A channel of WeChat before the sandbox, whose clock runs quickly once something takes time.</summary>
internal sealed class SandboxStage : ChannelStage
{
    private readonly CourierApp _app;
    private readonly string _call, _kind, _person;
    private readonly CancellationTokenSource _over = new();
    private Task _time = Task.CompletedTask;
    private bool _hangs;

    private SandboxStage(CourierApp app, IChannel channel, CustomerId customer, string person, string call, string kind, (string, IReadOnlyDictionary<string, string>)? template)
    {
        (_app, _call, _kind, _person) = (app, call, kind, person);
        (Channel, Customer, Template) = (channel, customer, template);
    }

    public override IChannel Channel { get; }

    public override CustomerId Customer { get; }

    public override (string Kind, IReadOnlyDictionary<string, string> Data)? Template { get; }

    public static async Task<SandboxStage> Start(string channel, string call, string kind, (string, IReadOnlyDictionary<string, string>)? template)
    {
        var app = await CourierApp.Start();
        var person = await Person.WhoHasWritten(app);
        var customer = await RecogniseCustomer.Execute(app.Get<Db>(), app.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(person.Id), null), default);
        return new SandboxStage(app, app.Services.GetServices<IChannel>().Single(c => c.Name == channel), customer, person.Id, call, kind, template);
    }

    public override async Task Set(FarEndMood mood)
    {
        await (mood switch
        {
            FarEndMood.Takes => Task.CompletedTask,
            FarEndMood.CannotReach => _app.Fault(new { call = _call, errcode = _kind == "custom" ? 45015 : 43101, times = 10 }),
            FarEndMood.Busy => _app.Fault(new { call = _call, errcode = _kind == "custom" ? 45011 : -1, times = 10 }),
            FarEndMood.Hangs => _app.Fault(new { call = _call, delayMs = 60_000, times = 10 }),
            FarEndMood.CustomerGone => _app.Fault(new { call = _call, errcode = 43004, times = 10 }),
            FarEndMood.RefusesMessage => _app.Fault(new { call = _call, errcode = 47003, times = 10 }),
        });
        _hangs = mood == FarEndMood.Hangs;
        if (mood is FarEndMood.Busy or FarEndMood.Hangs) _time = LetTimeRun();
    }

    public override async Task<int> Arrived()
    {
        if (_hangs) await Wait.Until(async () => await Count() > 0, "what WeChat took arrives in the end");
        return await Count();
    }

    public override async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _time;
        _over.Dispose();
        _app.Clock.Advance(TimeSpan.FromMinutes(5)); // nothing hangs any more
        await _app.DisposeAsync();
    }

    private async Task<int> Count() => (await _app.InboxOf(_person)).Count(e => e.Kind == _kind);

    private async Task LetTimeRun()
    {
        while (!_over.IsCancellationRequested)
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(30).ConfigureAwait(false);
        }
    }
}

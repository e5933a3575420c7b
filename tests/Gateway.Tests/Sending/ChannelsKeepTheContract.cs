using System.Collections.Concurrent;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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

/// <summary>The contract of all channels, kept by subscribe messages of the account.</summary>
public sealed class AccountSubscriptionsKeepTheContract : ChannelContract
{
    protected override async Task<ChannelStage> Start() =>
        await SandboxStage.Start(Person.AccountSubscription, "/cgi-bin/message/subscribe/bizsend", "subscribe", ("parcel_status", Person.Values));
}

/// <summary>The contract of all channels, kept by subscribe messages of the mini-program.</summary>
public sealed class MiniProgramSubscriptionsKeepTheContract : ChannelContract
{
    protected override async Task<ChannelStage> Start() =>
        await SandboxStage.Start(Person.MiniProgramSubscription, "/cgi-bin/message/subscribe/send", "subscribe", ("parcel_status", Person.Values), Pushes.MiniProgram);
}

/// <summary>The contract of all channels, kept by short messages.</summary>
public sealed class ShortMessagesKeepTheContract : ChannelContract
{
    protected override async Task<ChannelStage> Start() => await SmsStage.Start();
}

/// <summary>Short messages before an operator's gateway that knows repeats by their key, as operators do.</summary>
internal sealed class SmsStage : ChannelStage
{
    private readonly ConcurrentDictionary<string, string> _taken = new();
    private bool _losesAnswers;

    private CourierApp? _app;

    public override IChannel Channel => _app!.Services.GetServices<IChannel>().Single(c => c.Name == "sms");

    public override CustomerId Customer { get; } = CustomerId.Parse("0192f0c0ffee70008000000000000003");

    // The operator says no more than whether it took a message: everything else is a missing answer.
    public override IReadOnlySet<FarEndMood> Impossible { get; } =
        new HashSet<FarEndMood> { FarEndMood.CannotReach, FarEndMood.Busy, FarEndMood.CustomerGone, FarEndMood.RefusesMessage };

    public static async Task<SmsStage> Start()
    {
        var stage = new SmsStage();
        stage._app = await CourierApp.Start(new()
        {
            Settings = new Dictionary<string, string> { ["Sms:Url"] = "/sms-of-the-test", ["Notifications:Sms:OnlyUrgent"] = "false" },
            Endpoints = endpoints => endpoints.MapPost("/sms-of-the-test", stage.Take).AllowAnonymous(),
        });
        await BindPhone.Execute(stage._app.Get<Db>(), stage._app.Get<DataKeys>(), stage._app.Clock, stage.Customer, Kernel.Phone.Parse("13800001111"), PhoneSource.Sms, default);
        return stage;
    }

    public override Task Set(FarEndMood mood)
    {
        _losesAnswers = mood == FarEndMood.Hangs;
        return Task.CompletedTask;
    }

    public override Task<int> Arrived() => Task.FromResult(_taken.Count);

    public override async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    private IResult Take(HttpRequest request)
    {
        _taken.TryAdd(request.Headers["Idempotency-Key"].ToString(), "");
        return Results.StatusCode(_losesAnswers ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status202Accepted);
    }
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

    public static async Task<SandboxStage> Start(
        string channel, string call, string kind, (string, IReadOnlyDictionary<string, string>)? template, string appId = Pushes.Official)
    {
        var app = await CourierApp.Start();
        var person = await Person.WhoHasWritten(app, appId);
        if (kind == "subscribe") for (var i = 0; i < 2; i++) await person.Chooses("accept"); // a repeat needs another one
        var customer = await RecogniseCustomer.Execute(app.Get<Db>(), app.Clock, new WechatIdentity(appId, OpenId.Parse(person.Id), null), default);
        return new SandboxStage(app, app.Services.GetServices<IChannel>().Single(c => c.Name == channel), customer, person.Id, call, kind, template);
    }

    public override async Task Set(FarEndMood mood)
    {
        await (mood switch
        {
            FarEndMood.Takes => Task.CompletedTask,
            FarEndMood.CannotReach => _app.Fault(new { call = _call, errcode = _kind == "custom" ? 45015 : 43101, times = 10 }),
            FarEndMood.Busy => _app.Fault(new { call = _call, errcode = _kind == "template" ? -1 : 45011, times = 10 }),
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
            await Task.Delay(_hangs ? 30 : 150).ConfigureAwait(false); // a call that is answered has its eight seconds, however busy the machine is
        }
    }
}

using Courier.CallCenter.Ivr;
using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Ivr;

/// <summary>The product with demo data on one database, and callers of its hotline.</summary>
public abstract class Hotline : IAsyncLifetime
{
    private CourierApp? _app;
    private int _last;

    public CourierApp App => _app!;
    public Db Db => App.Get<Db>();
    public DataKeys Keys => App.Get<DataKeys>();

    protected abstract Task<string?> MariaDbConnection();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { MariaDb = await MariaDbConnection(), Demo = true });

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>A number that nobody else has.</summary>
    public string NewPhone() => $"139{Interlocked.Increment(ref _last):d4}{2000 + _last:d4}";

    /// <summary>Somebody known to WeChat who has proven a number.</summary>
    public async Task<CustomerId> Customer(string phone, bool withWechat = true)
    {
        var appId = withWechat ? "wxdemo0000000001" : "phone";
        var customer = await RecogniseCustomer.Execute(Db, App.Clock, new WechatIdentity(appId, OpenId.Parse($"o-hotline-{Interlocked.Increment(ref _last)}"), null), default);
        await BindPhone.Execute(Db, Keys, App.Clock, customer, Phone.Parse(phone), PhoneSource.Sms, default);
        return customer;
    }

    /// <summary>A parcel from Shanghai to Hangzhou, with what happened to it.</summary>
    public async Task<WaybillNumber> Parcel(string recipient, params string[] events)
    {
        var digits = (700_000_000 + Interlocked.Increment(ref _last)).ToString("d12", System.Globalization.CultureInfo.InvariantCulture);
        var number = WaybillNumber.Parse("CY" + digits + CheckDigits.Luhn(digits));
        var report = new WaybillReport
        {
            Waybill = number.Text, Product = "standard", WeightGrams = 1200,
            Sender = new() { Name = "王小明", Phone = "13700001111", Province = "上海市", City = "上海市", District = "浦东新区", Detail = "世纪大道 2 号" },
            Recipient = new() { Name = "李雷", Phone = recipient, Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" },
        };
        (await RegisterWaybills.Execute(Db, Keys, App.Clock, "core", [report], default)).Accepted.ShouldBe(1);
        var at = App.Clock.GetUtcNow().AddHours(-20);
        var routes = events.Select((code, i) => new RouteReport
        {
            Id = $"{number}-{i}", Waybill = number.Text, Code = code.Split(':')[0], City = "杭州市", Place = "西湖一部", Text = code.Contains(':') ? code.Split(':')[1] : "快件已扫描",
            Time = at.AddHours(2 * i).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture),
        }).ToList();
        if (routes.Count > 0) (await RecordRoutes.Execute(Db, App.Clock, "core", routes, default)).Accepted.ShouldBe(routes.Count);
        return number;
    }

    /// <summary>Somebody calls and presses; the end is null when they have hung up before.</summary>
    internal async Task<(FlowEnd? End, IReadOnlyList<string> Heard)> Call(string phone, params string[] keys) => await Call("main", phone, keys);

    internal async Task<(FlowEnd? End, IReadOnlyList<string> Heard)> Call(string flow, string phone, string[] keys)
    {
        using var caller = new ScriptedCaller(await App.Get<Prompts>().Current(default), ScriptedCaller.Call(App.Clock, phone, flow), keys);
        try
        {
            return (await App.Get<Flows>().Run(caller, default), caller.Heard);
        }
        catch (OperationCanceledException) when (caller.Gone.IsCancellationRequested)
        {
            return (null, caller.Heard);
        }
    }
}

public sealed class HotlineOnSqlite : Hotline
{
    protected override Task<string?> MariaDbConnection() => Task.FromResult<string?>(null);
}

public sealed class HotlineOnMariaDb : Hotline
{
    protected override async Task<string?> MariaDbConnection() => await MariaDb.NewDatabase();
}

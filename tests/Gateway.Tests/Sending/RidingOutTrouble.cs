using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.Gateway.Tests.Sending;

/// <summary>
/// WeChat fails in one way after the other while parcels are delivered: afterwards everybody was told exactly once, without
/// anybody's help, and the log has a line a minute instead of one for each attempt.
/// </summary>
public sealed class RidingOutTrouble : IAsyncLifetime
{
    private const string AppId = "wxtrouble00000005", TemplateCall = "/cgi-bin/message/template/send";
    private const int People = 4;

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 23, 50, 10, TimeSpan.FromHours(8));

    private readonly string _data = Directory.CreateTempSubdirectory("courier-trouble-").FullName;
    private readonly Wire _wire = new();
    private readonly List<Person> _people = [];
    private CourierApp _app = null!;
    private int _event;
    private DateTimeOffset _since;

    public async Task InitializeAsync()
    {
        _app = await CourierApp.Start(new()
        {
            DataDirectory = _data,
            Clock = new FakeClock(Start - TimeSpan.FromHours(49)),
            Settings = new Dictionary<string, string>
            {
                ["Wechat:ApiBaseUrl"] = $"http://127.0.0.1:{_wire.Port}/sandbox/wechat",
                ["Wechat:Accounts:2:AppId"] = AppId, ["Wechat:Accounts:2:Secret"] = "s5", ["Wechat:Accounts:2:OriginalId"] = "gh_trouble",
                ["Wechat:Accounts:2:Token"] = "troubleToken", ["Wechat:Accounts:2:Mode"] = "Plain",
                ["Wechat:Templates:parcel_status:" + AppId] = "SandboxTemplate_ParcelUpdate_0000000000001",
            },
        });
        _wire.Target = _app.Address;
        for (var i = 0; i < People; i++) await FollowerOfAParcel(i);
        _app.Clock.Sleep(Start - _app.Clock.GetUtcNow()); // the window of two days is closed: from here on it is templates
        await _app.Live(TimeSpan.FromSeconds(20));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _wire.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Busy_for_two_minutes()
    {
        await _app.Fault(new { appId = AppId, call = TemplateCall, errcode = -1 });
        await OutForDelivery();
        await _app.Live(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));
        (await Told()).ShouldAllBe(times => times == 0);

        await NoFaults();
        await _app.Live(TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(10));
        (await Told()).ShouldAllBe(times => times == 1);
        await AfterThat("BackOff", atLeast: 20);
    }

    [Fact]
    public async Task Answering_after_twenty_seconds()
    {
        await _app.Fault(new { appId = AppId, call = TemplateCall, delayMs = 20_000 });
        await OutForDelivery();
        await _app.Live(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));

        await NoFaults();
        await _app.Live(TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(10));
        (await Told()).ShouldAllBe(times => times == 1);
        await AfterThat("BackOff", atLeast: 4 * People);
    }

    [Fact]
    public async Task Refusing_connections()
    {
        await _wire.Cut();
        await OutForDelivery();
        await _app.Live(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(5));
        (await Told()).ShouldAllBe(times => times == 0);

        _wire.Mend();
        await _app.Live(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(5));
        (await Told()).ShouldAllBe(times => times == 1);
        await AfterThat("BackOff", atLeast: 4);
    }

    [Fact]
    public async Task The_quota_of_the_minute_used_up()
    {
        await _app.Fault(new { appId = AppId, call = TemplateCall, quota = "minute" });
        await OutForDelivery();
        (await Told()).ShouldAllBe(times => times == 0);

        await _app.Live(TimeSpan.FromSeconds(90));
        (await Told()).ShouldAllBe(times => times == 1);
        await AfterThat("BreakCall", atLeast: 1, minutes: 2);
    }

    [Fact]
    public async Task The_quota_of_the_day_used_up()
    {
        await _app.Fault(new { appId = AppId, call = TemplateCall, quota = "day" });
        await OutForDelivery();
        await _app.Live(TimeSpan.FromMinutes(2));
        var asked = await Failures("BreakCall");
        await _app.Live(Start.Date.AddDays(1).AddSeconds(-5) - _app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime, TimeSpan.FromSeconds(15));
        (await Told()).ShouldAllBe(times => times == 0);
        (await Failures("BreakCall")).ShouldBe(asked, "until midnight in China nobody asks WeChat");

        await _app.Live(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
        (await Told()).ShouldAllBe(times => times == 1);
        await AfterThat("BreakCall", atLeast: 2, minutes: 2);
    }

    [Fact]
    public async Task The_account_stopped_until_somebody_looks()
    {
        await _app.Fault(new { appId = AppId, call = TemplateCall, errcode = 48001 });
        await OutForDelivery();
        await _app.Live(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(5));
        (await Metric($"courier_wechat_stopped{{account=\"{AppId}\",code=\"48001\"}}")).ShouldBe(1);

        await NoFaults();
        await _app.Live(TimeSpan.FromMinutes(12), TimeSpan.FromSeconds(10));
        (await Told()).ShouldAllBe(times => times == 1);
        (await Metric($"courier_wechat_stopped{{account=\"{AppId}\",code=\"48001\"}}")).ShouldBe(0);
        (await Log()).Count(line => line.Contains($"refuses calls of account {AppId}", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task FollowerOfAParcel(int number)
    {
        var waybill = Waybill(number);
        (await RegisterWaybills.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, "demo",
            [new WaybillReport { Waybill = waybill, Sender = Party("13812340001"), Recipient = Party($"1391234578{number}") }], default)).Rejected.ShouldBeEmpty();
        await Report(waybill, "picked_up");
        var person = await Person.Following(_app, AppId);
        (await person.Says($"{waybill} 578{number}")).ShouldContain("已揽收");
        _people.Add(person);
    }

    private async Task OutForDelivery()
    {
        _since = _app.Clock.GetUtcNow();
        for (var i = 0; i < People; i++) await Report(Waybill(i), "out_for_delivery");
        await _app.Live(TimeSpan.FromSeconds(1));
    }

    private async Task Report(string waybill, string code)
    {
        var route = new RouteReport { Id = $"t{++_event}", Waybill = waybill, Code = code, Time = _app.Clock.GetUtcNow().ToString("O"), City = "杭州市", Place = "杭州近江营业点", Text = "快件状态更新" };
        (await RecordRoutes.Execute(_app.Get<Db>(), _app.Clock, "demo", [route], default)).Rejected.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<int>> Told()
    {
        var told = new List<int>();
        foreach (var person in _people) told.Add((await person.Inbox("template")).Count(entry => entry.Text.Contains("派送", StringComparison.Ordinal)));
        return told;
    }

    private async Task NoFaults() => (await _app.Http.DeleteAsync("/sandbox/control/faults")).EnsureSuccessStatusCode();

    // The lines of the trouble: some, but no more than one a minute; the metric has every attempt.
    private async Task AfterThat(string reaction, int atLeast, int? minutes = null)
    {
        minutes ??= (int)(_app.Clock.GetUtcNow() - _since).TotalMinutes + 1;
        var lines = (await Log()).Count(line => line.Contains($"WeChat, account {AppId}", StringComparison.Ordinal) && line.Contains($"({reaction})", StringComparison.Ordinal));
        lines.ShouldBeInRange(1, minutes.Value);
        (await Failures(reaction)).ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    private async Task<double> Failures(string reaction) => await Metric($"courier_wechat_failures_total{{account=\"{AppId}\",call=\"{TemplateCall}\",reaction=\"{reaction}\"}}")
        + await Metric($"courier_wechat_failures_total{{account=\"{AppId}\",call=\"/cgi-bin/stable_token\",reaction=\"{reaction}\"}}");

    private async Task<double> Metric(string series)
    {
        var value = Regex.Match(await _app.Http.GetStringAsync("/metrics"), "^" + Regex.Escape(series) + " (.+)$", RegexOptions.Multiline);
        return value.Success ? double.Parse(value.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    private async Task<string[]> Log()
    {
        using var file = new StreamReader(new FileStream(Directory.EnumerateFiles(Path.Combine(_data, "logs")).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return (await file.ReadToEndAsync()).Split('\n');
    }

    private static string Waybill(int number) => $"CY700000005{number}111";

    private static PartyReport Party(string phone) =>
        new() { Name = "王大力", Phone = phone, Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" };
}

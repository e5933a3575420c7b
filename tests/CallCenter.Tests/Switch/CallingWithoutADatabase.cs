using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Half a minute without the database, while people call.</summary>
public sealed class CallingWithoutADatabase : IAsyncLifetime
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(30);

    private MariaDb? _server;
    private TelephoneOnMariaDb? _telephone;

    public async Task InitializeAsync()
    {
        _server = await MariaDb.OfItsOwn();
        _telephone = new TelephoneOnMariaDb(await _server.Create());
        await _telephone.InitializeAsync();
    }

    public Task DisposeAsync() => _telephone!.DisposeAsync();

    [Fact]
    public async Task Calls_go_on_new_ones_come_to_people_who_say_so_honestly_and_every_record_follows()
    {
        const string Before = "13800138301", During = "13800138302";
        var telephone = _telephone!;
        await telephone.ChangeQueue("main", queue => queue["wrapUpSeconds"] = 0);
        await using var agent = await Baresip.Registered("agent1001", "demo-1001", telephone.Address, hertz: 500);
        using (var browser = await telephone.SignedIn("agent1001")) await browser.PostAsync("/api/desk/v1/live/me/ready", null);
        string[] said = ["您好，欢迎致电快递服务热线。", "系统暂时查不到，马上为您转人工。"];
        var spoken = await Task.WhenAll(said.Select(telephone.Speech));

        await using var first = await RawCaller.Calls(Before, telephone.Port);
        first.Voice.Press("0");
        await Listening.Tone(() => first.Voice.Heard, 500, "the first caller");

        await _server!.Kill();
        var gone = Stopwatch.StartNew();
        await first.Voice.HasSaid(Sounds.Tone(700, 16_000));
        await Listening.Tone(() => first.Voice.Heard, 500, "the first caller still");
        await first.HangUp();
        await using var second = await RawCaller.Calls(During, telephone.Port);
        await Listening.Tone(() => second.Voice.Heard, 500, "the second caller");
        var heard = second.Voice.Heard;
        foreach (var speech in spoken) Sounds.Find(speech, heard).Likeness.ShouldBeGreaterThan(0.6);
        await second.HangUp();
        await Wait.Until(() => gone.Elapsed > Away, "half a minute is over", Away + TimeSpan.FromSeconds(5));
        await _server.Restart();

        foreach (var number in new[] { Before, During })
        {
            var record = await telephone.RecordOf(number);
            record.GetProperty("call").GetProperty("result").GetString().ShouldBe("completed");
            record.GetProperty("legs").GetArrayLength().ShouldBe(2);
            record.GetProperty("recordings").EnumerateArray().ShouldHaveSingleItem().GetProperty("lengthMs").GetInt64().ShouldBeGreaterThan(0);
        }
        await Wait.Until(async () => (await Desk.Get(telephone.Supervisor, "/call-reports?by=queue")).GetProperty("items").EnumerateArray()
            .Any(q => q.GetProperty("counts").GetProperty("answered").GetInt64() == 2), "the reports have both calls");
    }

    private sealed class TelephoneOnMariaDb(string connection) : SoundingTelephone
    {
        protected override IEnumerable<string> Settings => [.. base.Settings, "Database:Provider=MySql", "Database:ConnectionString=" + connection];
    }
}

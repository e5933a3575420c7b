using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The product in a process of its own, with its telephone on free ports and the demo agents; and people at the desk who see its calls.</summary>
public class TelephoneApp : IAsyncLifetime
{
    private CourierProcess? _process;
    private HttpClient? _supervisor;

    /// <summary>Its data directory.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("courier-test-").FullName;

    public CourierProcess Process => _process ?? throw new InvalidOperationException("not started");

    /// <summary>A signed-in supervisor, who sees all calls.</summary>
    public HttpClient Supervisor => _supervisor ?? throw new InvalidOperationException("not started");

    /// <summary>The UDP port of SIP.</summary>
    public int Port { get; private set; }

    /// <summary>Where people sign in to the desk: another process where this one has the calls alone.</summary>
    protected virtual Uri Desks => Process.Address;

    /// <summary>Settings beside those of Development.</summary>
    protected virtual IEnumerable<string> Settings => [];

    public virtual Task InitializeAsync() => Start();

    public virtual async Task DisposeAsync()
    {
        _supervisor?.Dispose();
        await Process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts it, or starts it again on the same data.</summary>
    public async Task Start()
    {
        _supervisor?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        _process = await CourierProcess.Start(Folder, ["Demo:Enabled=true", "Sandbox:Plays=false", "Service:Hours=00:00-24:00", .. Settings]);
        _supervisor = await SignedIn("supervisor");
        var telephone = await Desk.Get(Supervisor, "/live/telephone");
        telephone.GetProperty("on").GetBoolean().ShouldBeTrue(Process.Output);
        Port = telephone.GetProperty("transports").EnumerateArray().First(t => t.GetProperty("transport").GetString() == "UDP").GetProperty("port").GetInt32();
    }

    /// <summary>The browser of a member of the demo staff.</summary>
    public async Task<HttpClient> SignedIn(string name)
    {
        var cookies = new SocketsHttpHandler { UseCookies = true };
        using (var door = new HttpClient(cookies, disposeHandler: false) { BaseAddress = Desks, Timeout = TimeSpan.FromSeconds(100) })
        {
            door.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
            (await Desk.SignIn(door, name, "demo" + name)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var browser = new HttpClient(cookies) { BaseAddress = Process.Address, Timeout = TimeSpan.FromSeconds(100) };
        browser.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        return browser;
    }

    /// <summary>SIPp calls with a scenario of its own or a built-in one.</summary>
    /// <param name="number">whom it calls</param>
    /// <param name="arguments">further arguments of SIPp</param>
    public PeerProgram Sipp(string number, params string[] arguments) => SippScenario.Start(Address, number, PeerProgram.FreePort(), null, arguments);

    /// <summary>SIPp calls with a scenario.</summary>
    public PeerProgram Sipp(string number, SippScenario scenario, params string[] arguments) => SippScenario.Start(Address, number, PeerProgram.FreePort(), scenario, arguments);

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>The calls that run, as the supervisor sees them.</summary>
    public async Task<List<JsonElement>> Running() => [.. (await Desk.Get(Supervisor, "/live/calls")).GetProperty("calls").EnumerateArray()];

    /// <summary>Waits for the one call that runs to be in a state; its id.</summary>
    public async Task<string> Reaches(string state)
    {
        string? id = null;
        List<JsonElement> running = [];
        try
        {
            await Wait.Until(async () =>
            {
                running = await Running();
                return (id = running.Where(c => c.GetProperty("state").GetString() == state).Select(c => c.GetProperty("id").GetString()).FirstOrDefault()) is not null;
            }, $"a call is {state}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}; running are [{string.Join(", ", running)}]\n{Process.Output}", late);
        }
        return id!;
    }

    /// <summary>Waits until the records have a call's end; the record with legs and recordings.</summary>
    public async Task<JsonElement> Record(string id)
    {
        JsonElement record = default;
        await Wait.Until(async () =>
        {
            using var answer = await Supervisor.GetAsync("/api/desk/v1/calls/" + id);
            if (answer.StatusCode != HttpStatusCode.OK) return false;
            record = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return record.GetProperty("call").GetProperty("endedAt").ValueKind == JsonValueKind.String;
        }, "the call is in the records");
        return record;
    }

    /// <summary>The latest calls of the records, those that are over.</summary>
    public async Task<List<JsonElement>> Records() =>
        [.. (await Desk.Get(Supervisor, "/calls?limit=100")).GetProperty("items").EnumerateArray().Where(c => c.GetProperty("endedAt").ValueKind == JsonValueKind.String)];

    /// <summary>A registered telephone whose owner is ready, by the code that is dialled for it.</summary>
    public async Task<Baresip> AnAgent(string user, string password, int hertz, bool answers = true)
    {
        var before = (await Records()).Count(c => c.GetProperty("direction").GetString() == "internal");
        var phone = await Baresip.Registered(user, password, Address, hertz, answers);
        await phone.Dial("sip:*11@" + Address);
        await Wait.Until(async () => (await Records()).Count(c => c.GetProperty("direction").GetString() == "internal") > before, "the code is understood");
        return phone;
    }

    /// <summary>The telephones of ours that are in a running call.</summary>
    public static IEnumerable<string?> Phones(JsonElement call) => call.GetProperty("phones").EnumerateArray().Select(p => p.GetString());
}

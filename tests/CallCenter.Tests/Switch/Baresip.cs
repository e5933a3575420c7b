using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>baresip as somebody's telephone, without sound hardware: it plays a tone of its own.</summary>
public sealed class Baresip : IAsyncDisposable
{
    private readonly PeerProgram _program;
    private readonly TcpClient _control = new();

    private Baresip(PeerProgram program) => _program = program;

    public string Said => _program.Said;

    /// <summary>Everything that it heard so far, of all its calls one after the other.</summary>
    public short[] Heard => [.. Directory.GetFiles(_program.Directory, "dump-*-dec.wav").Order(StringComparer.Ordinal).SelectMany(f => WavSound.Read(File.ReadAllBytes(f)).Left)];

    /// <summary>Starts it as one of our telephones and waits until it is registered.</summary>
    /// <param name="user">such as agent1001</param>
    /// <param name="password">its SIP password</param>
    /// <param name="address">where the product listens</param>
    /// <param name="hertz">the tone that it plays</param>
    /// <param name="answers">whether it answers by itself</param>
    /// <param name="lines">how many calls it has at a time; it is busy for more</param>
    /// <param name="seconds">for how long it registers at a time</param>
    public static Task<Baresip> Registered(string user, string password, string address, int hertz = 400, bool answers = true, int lines = 4, int seconds = 600) =>
        Start(string.Create(CultureInfo.InvariantCulture, $"<sip:{user}@{address}>;auth_pass={password};regint={seconds};answermode={(answers ? "auto" : "manual")}\n"), hertz, registers: true, lines: lines);

    /// <summary>Starts it as a telephone outside, which calls without registering.</summary>
    /// <param name="number">its number</param>
    /// <param name="hertz">the tone that it plays</param>
    /// <param name="port">where it can be called; 0 for a free one</param>
    public static Task<Baresip> Outside(string number, int hertz = 700, int port = 0) => Start($"<sip:{number}@carrier.example>;regint=0;answermode=auto\n", hertz, registers: false, port);

    /// <summary>Calls.</summary>
    public Task Dial(string uri) => Command("dial", uri);

    /// <summary>Hangs up.</summary>
    public Task HangUp() => Command("hangup", "");

    /// <summary>Puts its end on hold.</summary>
    public Task Hold() => Command("hold", "");

    /// <summary>Takes its end back.</summary>
    public Task Resume() => Command("resume", "");

    /// <summary>Waits until it has said something.</summary>
    public async Task Says(string text)
    {
        try
        {
            await Wait.Until(() => Said.Contains(text, StringComparison.Ordinal), "baresip says " + text);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(late.Message + "\n" + Said, late);
        }
    }

    /// <summary>Asks the product to give its call to somebody else (REFER).</summary>
    public Task Transfer(string uri) => Command("transfer", uri);

    /// <summary>Presses a key.</summary>
    public async Task Press(char key)
    {
        await Command("sndcode", key.ToString());
        await Command("sndcode", "");
    }

    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        _program.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<Baresip> Start(string account, int hertz, bool registers, int sipPort = 0, int lines = 4)
    {
        var port = PeerProgram.FreePort();
        var directory = PeerProgram.NewDirectory();
        File.WriteAllText(Path.Combine(directory, "config"), BaresipConfig.At(sipPort, hertz, "module sndfile.so", "snd_path " + directory, "module_app ctrl_tcp.so", string.Create(CultureInfo.InvariantCulture, $"call_max_calls {lines}"), string.Create(CultureInfo.InvariantCulture, $"ctrl_tcp_listen 127.0.0.1:{port}")));
        File.WriteAllText(Path.Combine(directory, "contacts"), "");
        File.WriteAllText(Path.Combine(directory, "accounts"), account);
        var phone = new Baresip(PeerProgram.Start("baresip", directory, "-v", "-s", "-f", directory, "-t", "300"));
        try
        {
            await Wait.Until(async () => await phone.Connects(port), "baresip takes commands");
            if (registers) await Wait.Until(() => phone.Said.Contains("200 OK", StringComparison.Ordinal), "baresip is registered");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(late.Message + "\n" + phone.Said);
        }
        return phone;
    }

    private async Task<bool> Connects(int port)
    {
        try
        {
            await _control.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A netstring of JSON.
    private async Task Command(string command, string parameters)
    {
        var json = JsonSerializer.Serialize(new { command, @params = parameters, token = "t" });
        await _control.GetStream().WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(json)}:{json},")));
    }
}

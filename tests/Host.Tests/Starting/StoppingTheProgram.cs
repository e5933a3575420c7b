using System.Net.Sockets;
using System.Text;
using Courier.Testing;

namespace Courier.Host.Tests.Starting;

public sealed class StoppingTheProgram : IDisposable
{
    private const string Body = """{"text":"x"}""";
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-stop-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_first_line_says_which_addresses_to_open_and_SIGTERM_ends_it_with_0()
    {
        await using var process = await CourierProcess.Start(_directory, "Demo:Enabled=false");
        process.Output.Split('\n')[0].ShouldStartWith("Courier is ready, open http://localhost:");
        process.Output.Split('\n')[0].ShouldContain("/sandbox/phone");
        (await process.Stop()).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_is_under_way_is_answered_and_new_ones_are_not_taken()
    {
        await using var process = await CourierProcess.Start(_directory, "Demo:Enabled=false");
        using var socket = new TcpClient();
        await socket.ConnectAsync(process.Address.Host, process.Address.Port);
        await using var stream = socket.GetStream();
        // The simulator's SMS entrance reads its whole body before it answers; half of it is sent before the signal.
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /simulator/sms HTTP/1.1\r\nHost: 127.0.0.1:{process.Address.Port}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..4]}"));
        await Wait.Until(async () => (await process.Http.GetStringAsync("/metrics")).Contains("http_server_active_requests{http_request_method=\"POST\",url_scheme=\"http\"} 1", StringComparison.Ordinal), "the request is under way");

        var end = process.Stop();
        await Wait.Until(() => Refuses(process.Address), "new connections are refused");
        process.HasExited.ShouldBeFalse();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body[4..]));
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldStartWith("HTTP/1.1 4"); // understood and answered: the phone is missing
        (await end).ShouldBe(0);
    }

    private static async Task<bool> Refuses(Uri address)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}

using System.Net.Sockets;
using System.Text;
using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;

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
        await Wait.Until(() => process.Output.Length > 0, "the first line");
        process.Output.Split('\n')[0].ShouldStartWith("Courier is ready, open http://localhost:");
        process.Output.Split('\n')[0].ShouldContain("/sandbox/phone");
        (await process.Stop()).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_has_not_fully_arrived_is_told_to_come_again_and_new_ones_are_not_taken()
    {
        await using var process = await CourierProcess.Start(_directory, "Demo:Enabled=false");
        using var socket = new TcpClient();
        await socket.ConnectAsync(process.Address.Host, process.Address.Port);
        await using var stream = socket.GetStream();
        // The simulator's SMS entrance reads its whole body before it answers; half of it is sent before the signal.
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /simulator/sms HTTP/1.1\r\nHost: 127.0.0.1:{process.Address.Port}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..4]}"));
        await Wait.Until(async () => (await process.Http.GetStringAsync("/metrics")).Contains("http_server_active_requests{http_request_method=\"POST\",url_scheme=\"http\"} 1", StringComparison.Ordinal), "the request is under way");

        var end = process.Stop();
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldStartWith("HTTP/1.1 503", Case.Sensitive, process.Output);
        (await reader.ReadToEndAsync()).ShouldContain("Retry-After: 5");
        await Wait.Until(() => Refuses(process.Address), "new connections are refused");
        (await end).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_is_being_worked_on_is_finished_and_answered()
    {
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var app = await CourierApp.Start(new()
        {
            Endpoints = routes => routes.MapPost("/test/slow", async () =>
            {
                began.SetResult();
                await go.Task;
                return "done";
            }).ForAnyone("a test"),
        });
        using var client = app.NewClient();
        var address = app.Address;
        var answer = client.PostAsync("/test/slow", null);
        await began.Task;
        var end = app.DisposeAsync();
        await Wait.Until(() => Refuses(address), "new connections are refused");
        go.SetResult();
        (await (await answer).Content.ReadAsStringAsync()).ShouldBe("done");
        await end;
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

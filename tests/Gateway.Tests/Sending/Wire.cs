using System.Net;
using System.Net.Sockets;

namespace Courier.Gateway.Tests.Sending;

/// <summary>The line to WeChat, that a test can cut and mend: whoever connects while it is cut is refused.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private TcpListener? _listener;
    private CancellationTokenSource? _cut;
    private Task _carrying = Task.CompletedTask;

    public Wire() => Mend();

    public int Port { get; private set; }

    /// <summary>Where it leads.</summary>
    public Uri? Target { get; set; }

    public async Task Cut()
    {
        if (_cut is null) return;
        await _cut.CancelAsync();
        _listener?.Dispose();
        await _carrying;
        _cut.Dispose();
        _cut = null;
    }

    public void Mend()
    {
        _cut = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _carrying = Carry(_listener, _cut.Token);
    }

    public async ValueTask DisposeAsync() => await Cut();

    private async Task Carry(TcpListener listener, CancellationToken cut)
    {
        var lines = new List<Task>();
        while (await Next(listener, cut) is { } near) lines.Add(Join(near, cut));
        await Task.WhenAll(lines);
    }

    private static async Task<TcpClient?> Next(TcpListener listener, CancellationToken cut)
    {
        try
        {
            return await listener.AcceptTcpClientAsync(cut);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task Join(TcpClient near, CancellationToken cut)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, Target!.Port, cut);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
            {
                // It was cut; both ends see it.
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Courier.Sip.Messages;
using Microsoft.Extensions.Logging;

namespace Courier.Sip.Transport;

/// <summary>
/// All sockets of a process (RFC 3261 §18): reads messages and hands them up, and finds the way to a peer – the connection that
/// is there already, or a new one.
/// </summary>
public sealed class SipTransport : IDisposable
{
    private readonly ConcurrentDictionary<(string Transport, IPEndPoint Remote), StreamConnection> _connections = [];
    private readonly ConcurrentDictionary<IPAddress, int> _connectionsBySource = [];
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly TransportOptions _options;
    private readonly TimeProvider _clock;
    private readonly Gate _gate;
    private readonly List<UdpSocket> _udp;
    private readonly List<StreamListener> _listeners;
    private readonly ITimer _sweep;

    /// <summary>Opens the sockets; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="options">where and how</param>
    /// <param name="clock">for limits and idle connections</param>
    /// <param name="receive">what is called with each message, on the network's threads; it must not block</param>
    /// <param name="log">told of messages whose handling failed</param>
    /// <exception cref="SocketException">An address cannot be listened at.</exception>
    public SipTransport(TransportOptions options, TimeProvider clock, Action<SipMessage, Flow> receive, ILogger log)
    {
        _options = options;
        _clock = clock;
        Limits = new SourceLimits(options.Limits, clock);
        _gate = new Gate(Limits, receive, log);
        _udp = [.. options.Listeners.Where(l => l.Transport == "UDP").Select(l => new UdpSocket(l, _gate))];
        _listeners = [.. options.Listeners.Where(l => l.Transport != "UDP").Select(l => new StreamListener(l, AcceptAsync))];
        _sweep = clock.CreateTimer(_ => CloseStale(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>What each address may ask for.</summary>
    public SourceLimits Limits { get; }

    /// <summary>How many connections are open.</summary>
    public int Connections => _connections.Count;

    /// <summary>The address that is listened at for a transport.</summary>
    public IPEndPoint Local(string transport) =>
        transport == "UDP" ? _udp[0].Local : _listeners.First(l => l.Listener.Transport == transport).Local;

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        foreach (var socket in _udp) socket.Start();
        foreach (var listener in _listeners) _ = listener.AcceptAsync();
    }

    /// <summary>
    /// The way to a URI: the connection to that address if there is one, else a new one; null when it cannot be reached, its name is
    /// unknown, or nothing is listened at for its transport. Names are looked up as addresses (RFC 3263 §4.2); service records are not asked.
    /// </summary>
    public async Task<Flow?> ConnectAsync(SipUri target, CancellationToken cancel = default)
    {
        var transport = target.Transport ?? "UDP";
        var port = target.Port ?? (transport == "TLS" ? 5061 : 5060);
        foreach (var address in await AddressesAsync(target.Parameters["maddr"] ?? target.Host, cancel))
            if (await ConnectAsync(transport, new IPEndPoint(address, port), target.Host, cancel) is { } flow) return flow;
        return null;
    }

    /// <summary>Closes everything.</summary>
    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var socket in _udp) socket.Dispose();
        foreach (var listener in _listeners) listener.Dispose();
        foreach (var connection in _connections.Values) connection.Dispose();
        _connecting.Dispose();
    }

    private static async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var literal)) return [literal];
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancel);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private async Task<Flow?> ConnectAsync(string transport, IPEndPoint remote, string host, CancellationToken cancel)
    {
        if (transport == "UDP") return _udp.Find(s => s.Local.AddressFamily == remote.AddressFamily)?.To(remote);
        if (transport is not ("TCP" or "TLS")) return null;
        if (_connections.TryGetValue((transport, remote), out var open)) return open;
        await _connecting.WaitAsync(cancel);
        try
        {
            return _connections.TryGetValue((transport, remote), out open) ? open : await OpenAsync(transport, remote, host, cancel);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<StreamConnection?> OpenAsync(string transport, IPEndPoint remote, string host, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_options.SlowPeer);
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(remote, limit.Token);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (transport == "TLS") stream = await AuthenticateAsync(stream, host, limit.Token);
            // Peers reach us where we listen, not at the port that this connection happens to have.
            var listener = _listeners.Find(l => l.Listener.Transport == transport && l.Local.AddressFamily == remote.AddressFamily);
            return Add(transport, stream, remote, listener?.Advertised ?? (IPEndPoint)socket.LocalEndPoint!);
        }
        catch (Exception unreachable) when (unreachable is SocketException or IOException or AuthenticationException
            || (unreachable is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            stream?.Dispose();
            socket.Dispose();
            return null;
        }
    }

    private async Task<Stream> AuthenticateAsync(Stream stream, string host, CancellationToken cancel)
    {
        var secure = new SslStream(stream);
        var options = new SslClientAuthenticationOptions { TargetHost = host.Trim('[', ']'), RemoteCertificateValidationCallback = _options.ValidateServer };
        await secure.AuthenticateAsClientAsync(options, cancel);
        return secure;
    }

    private async Task AcceptAsync(Socket socket, ListenAt listener, IPEndPoint advertised)
    {
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        if (_connections.Count >= _options.MostConnections || Limits.IsBanned(remote.Address)
            || _connectionsBySource.GetValueOrDefault(remote.Address) >= _options.MostConnectionsPerSource)
        {
            socket.Dispose();
            return;
        }
        socket.NoDelay = true;
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (listener.Transport == "TLS") stream = await WelcomeAsync(stream, listener);
            Add(listener.Transport, stream, remote, advertised);
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            stream.Dispose(); // no TLS, or not in time
        }
    }

    private async Task<Stream> WelcomeAsync(Stream stream, ListenAt listener)
    {
        using var limit = new CancellationTokenSource(_options.SlowPeer);
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = listener.Certificate }, limit.Token);
        return secure;
    }

    private StreamConnection Add(string transport, Stream stream, IPEndPoint remote, IPEndPoint advertised)
    {
        var connection = new StreamConnection(transport, stream, remote, advertised, _gate, _clock);
        _connections[(transport, remote)] = connection;
        _connectionsBySource.AddOrUpdate(remote.Address, 1, static (_, count) => count + 1);
        _ = KeepAsync(connection);
        return connection;
    }

    private async Task KeepAsync(StreamConnection connection)
    {
        await connection.RunAsync();
        _connections.TryRemove(KeyValuePair.Create((connection.Transport, connection.Remote), connection));
        if (_connectionsBySource.AddOrUpdate(connection.Remote.Address, 0, static (_, count) => count - 1) <= 0)
            _connectionsBySource.TryRemove(KeyValuePair.Create(connection.Remote.Address, 0));
    }

    private void CloseStale()
    {
        foreach (var connection in _connections.Values)
            if (connection.IsStale(_options.IdleConnection, _options.SlowPeer)) connection.Dispose();
    }
}

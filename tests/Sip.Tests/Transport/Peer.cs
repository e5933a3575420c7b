using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Courier.Sip.Messages;
using Courier.Sip.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Sip.Tests.Transport;

/// <summary>A transport on the loopback address that answers each request with 200 and notes what it hears.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly Lazy<X509Certificate2> Identity = new(SelfSigned);

    public Peer(SourceLimitOptions? limits = null, TimeProvider? clock = null, TransportOptions? options = null)
    {
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        options ??= new TransportOptions
        {
            Listeners = [new("UDP", local), new("TCP", local), new("TLS", local, Certificate: Identity.Value)],
            Limits = limits ?? new SourceLimitOptions(), ValidateServer = (_, _, _, _) => true,
        };
        Transport = new SipTransport(options, clock ?? TimeProvider.System, Receive, NullLogger.Instance);
        Transport.Start();
    }

    public SipTransport Transport { get; }

    public ConcurrentQueue<(SipMessage Message, Flow Flow)> Heard { get; } = [];

    public SipUri Uri(string transport) => new("sip", "desk", "127.0.0.1", Transport.Local(transport).Port, SipParameters.None.With("transport", transport.ToLowerInvariant()));

    public static byte[] Options(string via = "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1;rport", string fields = "", string length = "0") => Encoding.UTF8.GetBytes(
        $"OPTIONS sip:desk@127.0.0.1 SIP/2.0\nVia: {via}\nFrom: <sip:z@h>;tag=x\nTo: <sip:li@h>\nCall-ID: c\nCSeq: 3 OPTIONS\n{fields}Content-Length: {length}\n\n".ReplaceLineEndings("\r\n"));

    public static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public void Dispose() => Transport.Dispose();

    private void Receive(SipMessage message, Flow flow)
    {
        Heard.Enqueue((message, flow));
        if (message is SipRequest request) flow.TrySend(request.Answer(200, "desk").ToBytes());
    }
}

/// <summary>A bare socket that speaks to a peer.</summary>
internal sealed class Caller : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65_536];

    public Caller(ProtocolType protocol, IPEndPoint peer)
    {
        _socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        if (protocol == ProtocolType.Tcp) _socket.NoDelay = true;
        else _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(peer);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Send(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    /// <summary>Closes the own direction; the other one stays open.</summary>
    public void SendNoMore() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next that comes, as text; empty when the peer has closed.</summary>
    public async Task<string> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return Encoding.UTF8.GetString(_buffer, 0, await _socket.ReceiveAsync(_buffer, limit.Token));
    }

    public bool HasSomething => _socket.Available > 0;

    public void Dispose() => _socket.Dispose();
}

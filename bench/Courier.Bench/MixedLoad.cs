using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Courier.Bench.Kit;

namespace Courier.Bench;

/// <summary>
/// Customers who talk to a person, customers who ask for their parcels, and a carrier core that reports where these are. Everything is
/// repeated unchanged until it is answered 200; what was answered so is kept in mind.
/// </summary>
internal sealed class MixedLoad(int talkers, int parcels, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly WechatSender _wechat = new(seed);
    private readonly ConcurrentDictionary<int, int> _steps = [];
    private readonly Queue<(int Parcel, byte[] Request)> _unanswered = [];
    private readonly ConcurrentDictionary<int, (string Text, byte[] Request)> _said = [];
    private int _sequence, _answered;

    /// <summary>Texts for a person that were accepted, with the OpenId.</summary>
    public ConcurrentQueue<(string OpenId, string Text)> Messages { get; } = [];

    /// <summary>Reports that were accepted: event ids.</summary>
    public ConcurrentQueue<string> Reports { get; } = [];

    /// <summary>The last place that was reported of each parcel whose customer is told.</summary>
    public ConcurrentDictionary<int, string> LastPlace { get; } = [];

    /// <summary>Loads the product until the token says that it is gone; what it does not answer or take, it is asked for again.</summary>
    public Task Run(Uri product, CancellationToken ct) => Task.WhenAll(
        Task.Run(() => Talk(product, 0, talkers / 2, ct), CancellationToken.None), Task.Run(() => Talk(product, talkers / 2, talkers, ct), CancellationToken.None),
        Task.Run(() => Ask(product, ct), CancellationToken.None), Task.Run(() => Report(product, ct), CancellationToken.None));

    /// <summary>Waits until so many more requests are answered, and a message and reports accepted among them.</summary>
    public async Task Answered(int more)
    {
        var (messages, reports, aim) = (Messages.Count, Reports.Count, Volatile.Read(ref _answered) + more);
        var since = TimeProvider.System.GetTimestamp();
        while (Volatile.Read(ref _answered) < aim || Messages.Count == messages || Reports.Count == reports)
        {
            BenchFailed.Unless(TimeProvider.System.GetElapsedTime(since) < Patience, "nothing is accepted any more");
            await Task.Delay(20);
        }
    }

    /// <summary>Repeats what was not answered when the product was killed for the last time.</summary>
    public async Task Finish(Uri product)
    {
        using var once = new CancellationTokenSource();
        foreach (var talker in _said.Keys) await Say(product, talker, once.Token);
        while (_unanswered.Count > 0 && await Post(product, once.Token)) { }
    }

    private async Task Talk(Uri product, int from, int to, CancellationToken ct)
    {
        for (var n = from; !ct.IsCancellationRequested; n = n + 1 < to ? n + 1 : from)
        {
            if (!_said.ContainsKey(n))
            {
                var text = _steps.TryAdd(-1 - n, 0) ? "人工" : string.Create(CultureInfo.InvariantCulture, $"补充说明{n}之{Interlocked.Increment(ref _sequence)}");
                _said[n] = (text, _wechat.Text(World.OpenId(n), text));
            }
            if (!await Say(product, n, ct)) await Pause(ct);
        }
    }

    private async Task<bool> Say(Uri product, int talker, CancellationToken ct)
    {
        var (text, request) = _said[talker];
        if (await Exchange(product, request, ct) != 200) return false;
        if (text != "人工") Messages.Enqueue((World.OpenId(talker), text));
        _said.TryRemove(talker, out _);
        return true;
    }

    private async Task Ask(Uri product, CancellationToken ct)
    {
        var random = new Random(seed);
        while (!ct.IsCancellationRequested)
        {
            var n = random.Next(talkers, parcels);
            if (await Exchange(product, _wechat.Text(World.OpenId(n), World.Waybill(n)), ct) != 200) await Pause(ct);
        }
    }

    private async Task Report(Uri product, CancellationToken ct)
    {
        for (var first = talkers; !ct.IsCancellationRequested; first = first + 10 < parcels ? first + 10 : talkers)
        {
            if (_unanswered.Count == 0) _unanswered.Enqueue((first, Batch([.. Enumerable.Range(first, Math.Min(10, parcels - first))])));
            if (!await Post(product, ct)) await Pause(ct);
        }
    }

    private async Task<bool> Post(Uri product, CancellationToken ct)
    {
        var (first, request) = _unanswered.Peek();
        if (await Exchange(product, request, ct) != 200) return false;
        _unanswered.Dequeue();
        foreach (var n in Enumerable.Range(first, Math.Min(10, parcels - first)))
        {
            Reports.Enqueue(Id(n, _steps[n]));
            LastPlace[n] = Place(_steps[n]);
        }
        return true;
    }

    // Out for delivery and not delivered, in turns: each is a change that the follower is told of.
    private byte[] Batch(int[] numbers)
    {
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        var events = numbers.Select(n =>
        {
            var step = _steps[n] = _steps.GetValueOrDefault(n) + 1;
            return new { id = Id(n, step), waybill = World.Waybill(n), code = step % 2 == 1 ? "delivery_failed" : "out_for_delivery", time, city = "北京市", place = Place(step), text = "第" + step + "步", reason = Place(step) };
        });
        var body = JsonSerializer.Serialize(new { events });
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.CoreSecret), Encoding.UTF8.GetBytes(timestamp + "\n" + body)));
        return Encoding.UTF8.GetBytes(
            $"POST /api/carrier/routes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Courier-Key: {World.CoreKey}\r\nX-Courier-Timestamp: {timestamp}\r\n"
            + $"X-Courier-Signature: {signature}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    private static string Id(int parcel, int step) => string.Create(CultureInfo.InvariantCulture, $"k{parcel}-{step}");

    private static string Place(int step) => string.Create(CultureInfo.InvariantCulture, $"第{step}号点");

    private static async Task Pause(CancellationToken ct) => await Task.Delay(20, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The status of the answer; 0 when there is none.</summary>
    private async Task<int> Exchange(Uri product, byte[] request, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(product.Host, product.Port, ct);
            await socket.SendAsync(request, SocketFlags.None, ct);
            var head = new byte[1024];
            var read = await socket.ReceiveAsync(head, SocketFlags.None, ct);
            Interlocked.Increment(ref _answered);
            return read > 12 && int.TryParse(Encoding.ASCII.GetString(head, 9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return 0;
        }
    }
}

using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;

namespace Courier.Bench.Kit;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Its body.</param>
internal readonly ref struct Answer(int Status, ReadOnlySpan<byte> Body)
{
    public int Status { get; } = Status;

    public ReadOnlySpan<byte> Body { get; } = Body;
}

/// <summary>Looks at an answer.</summary>
/// <param name="request">Which request it answers.</param>
/// <param name="answer">The answer.</param>
/// <returns>False when it is wrong.</returns>
internal delegate bool Check(int request, in Answer answer);

/// <summary>What a round of load came to.</summary>
/// <param name="Requests">Answered requests.</param>
/// <param name="Elapsed">From the first to the last.</param>
/// <param name="Latencies">Milliseconds, sorted.</param>
internal sealed record LoadResult(int Requests, TimeSpan Elapsed, double[] Latencies)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    public double Percentile(double p) => Latencies[(int)Math.Min(Latencies.Length - 1, p * Latencies.Length)];
}

/// <summary>
/// Sends requests that were written out before over keep-alive connections, each waiting for its answer: as little work as can be,
/// because it shares the machine with what it measures.
/// </summary>
internal static class HttpLoad
{
    /// <summary>Sends all requests over so many connections.</summary>
    /// <exception cref="BenchFailed">An answer was wrong, or the server hung up.</exception>
    public static async Task<LoadResult> Run(Uri address, int connections, IReadOnlyList<byte[]> requests, Check check)
    {
        var next = -1;
        var latencies = new double[requests.Count];
        var opened = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connect(address)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(opened.Select(async connection =>
        {
            var buffer = new byte[32 * 1024];
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Count;)
            {
                var sent = Stopwatch.GetTimestamp();
                await connection.SendAsync(requests[i], SocketFlags.None);
                var (head, length) = await Receive(connection, buffer);
                latencies[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                if (!check(i, new Answer(StatusOf(buffer), buffer.AsSpan(head, length - head))))
                    throw new BenchFailed($"request {i} was answered wrongly: {System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, length))}");
            }
        }));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var connection in opened) connection.Dispose();
        Array.Sort(latencies);
        return new LoadResult(requests.Count, elapsed, latencies);
    }

    private static async Task<Socket> Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        return socket;
    }

    // A body in chunks is handed on with their lengths in it: enough to look for something.
    private static async ValueTask<(int Head, int Length)> Receive(Socket connection, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None);
            if (read == 0) throw new BenchFailed("the server hung up");
            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            if (buffer.AsSpan(0, end).IndexOf("Transfer-Encoding: chunked"u8) >= 0)
            {
                if (buffer.AsSpan(end, length - end).EndsWith("\r\n0\r\n\r\n"u8)) return (end + 4, length);
                continue;
            }
            var whole = end + 4 + ContentLength(buffer.AsSpan(0, end));
            if (whole > buffer.Length) throw new BenchFailed("an answer is too long");
            if (length >= whole) return (end + 4, whole);
        }
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0) throw new BenchFailed("an answer has no Content-Length");
        return Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : throw new BenchFailed("an answer has a broken Content-Length");
    }

    private static int StatusOf(ReadOnlySpan<byte> answer) => Utf8Parser.TryParse(answer["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;
}

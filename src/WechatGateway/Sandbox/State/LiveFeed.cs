using System.Threading.Channels;

namespace Courier.Wechat.Sandbox.State;

/// <summary>Tells open phone pages what happened. A page that falls behind loses the oldest news, never the platform's time.</summary>
internal sealed class LiveFeed
{
    readonly Lock gate = new();
    readonly List<Channel<LiveNews>> listeners = [];

    public void Tell(string kind, object data)
    {
        lock (gate)
            foreach (var listener in listeners) listener.Writer.TryWrite(new LiveNews(kind, data));
    }

    public async IAsyncEnumerable<LiveNews> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<LiveNews>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate) listeners.Add(channel);
        try
        {
            yield return new LiveNews("hello", new { });
            while (await Available(channel, ct))
                while (channel.Reader.TryRead(out var news)) yield return news;
        }
        finally
        {
            lock (gate) listeners.Remove(channel);
        }
    }

    /// <summary>False when the page went away or the server stops: an ended stream, not an error.</summary>
    static async Task<bool> Available(Channel<LiveNews> channel, CancellationToken ct)
    {
        try
        {
            return await channel.Reader.WaitToReadAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

internal sealed record LiveNews(string Kind, object Data);

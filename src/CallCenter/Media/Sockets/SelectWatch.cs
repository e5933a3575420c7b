using System.Net.Sockets;

namespace Courier.Media.Sockets;

/// <summary>For systems without epoll: asks for all sockets each time, so that a look costs the more the more there are.</summary>
internal sealed class SelectWatch : SocketWatch
{
    private readonly Dictionary<Socket, int> _numbers = [];
    private readonly List<Socket> _asked = [];
    private readonly AutoResetEvent _bell = new(false);

    public override void Add(Socket socket, int number) => _numbers[socket] = number;

    public override void Remove(Socket socket, int number) => _numbers.Remove(socket);

    public override int Ready(Span<int> numbers)
    {
        _asked.Clear();
        foreach (var socket in _numbers.Keys) _asked.Add(socket);
        if (_asked.Count == 0) return 0;
        Socket.Select(_asked, null, null, 0);
        var count = Math.Min(_asked.Count, numbers.Length);
        for (var i = 0; i < count; i++) numbers[i] = _numbers[_asked[i]];
        return count;
    }

    public override void Pause(int milliseconds) => _bell.WaitOne(milliseconds);

    public override void Wake() => _bell.Set();

    // The bell stays: whoever rings it last may come after the end.
    public override void Dispose() => _numbers.Clear();
}

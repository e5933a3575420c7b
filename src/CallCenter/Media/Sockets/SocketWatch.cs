using System.Net.Sockets;

namespace Courier.Media.Sockets;

/// <summary>Says which of many sockets have something to read, and lets its thread sleep between looks. For one thread, but for <see cref="Wake"/>.</summary>
internal abstract class SocketWatch : IDisposable
{
    /// <summary>The watch that suits the system.</summary>
    public static SocketWatch ForThisSystem() => OperatingSystem.IsLinux() ? new EpollWatch() : new SelectWatch();

    /// <summary>Watches a socket under a number of one's own.</summary>
    public abstract void Add(Socket socket, int number);

    /// <summary>Stops watching it.</summary>
    public abstract void Remove(Socket socket, int number);

    /// <summary>Writes the numbers of sockets that have something to read, as many as fit; returns how many. Does not wait.</summary>
    public abstract int Ready(Span<int> numbers);

    /// <summary>Sleeps for so long, or until it is woken. A negative time has no end.</summary>
    public abstract void Pause(int milliseconds);

    /// <summary>Ends a pause, or the next one; from any thread.</summary>
    public abstract void Wake();

    public abstract void Dispose();
}

using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Courier.Media.Sockets;

/// <summary>
/// epoll(7): a look costs only what is ready, however many sockets are watched. The runtime offers no way to ask this without giving each packet
/// to its thread pool, which costs more than the packet. Pauses end by an eventfd(2), for the same reason: the runtime's events cost more than a turn.
/// </summary>
internal sealed partial class EpollWatch : SocketWatch
{
    private const int CloseOnExec = 0x80000, NonBlocking = 0x800, ControlAdd = 1, ControlRemove = 2, Readable = 1, MostEvents = 256;

    // struct epoll_event is packed on x86-64 alone.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;

    private readonly byte[] _events = new byte[MostEvents * EventSize];
    private readonly int _epoll = Check(Create(CloseOnExec));
    private readonly int _bell = Check(CreateBell(0, CloseOnExec | NonBlocking));
    private readonly Lock _ringing = new();
    private bool _closed;

    public override void Add(Socket socket, int number) => Control(ControlAdd, socket, number);

    public override void Remove(Socket socket, int number) => Control(ControlRemove, socket, number);

    public override int Ready(Span<int> numbers)
    {
        var count = Wait(_epoll, ref _events[0], Math.Min(MostEvents, numbers.Length), 0);
        for (var i = 0; i < count; i++) numbers[i] = BitConverter.ToInt32(_events, i * EventSize + DataOffset);
        return Math.Max(0, count); // -1: interrupted by a signal, the next look is near
    }

    public override void Pause(int milliseconds)
    {
        var asked = new PollEntry { Descriptor = _bell, Events = Readable };
        if (Poll(ref asked, 1, milliseconds) > 0) Read(_bell, out _, sizeof(long));
    }

    public override void Wake()
    {
        // A number that was closed may be somebody else's by then.
        lock (_ringing)
        {
            if (!_closed) Write(_bell, 1, sizeof(long));
        }
    }

    public override void Dispose()
    {
        lock (_ringing)
        {
            if (_closed) return;
            _closed = true;
        }
        Close(_bell);
        Close(_epoll);
    }

    private void Control(int what, Socket socket, int number)
    {
        Span<byte> wanted = stackalloc byte[EventSize];
        wanted.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(wanted, Readable);
        BinaryPrimitives.WriteInt32LittleEndian(wanted[DataOffset..], number);
        Check(Control(_epoll, what, (int)socket.Handle, ref wanted[0]));
    }

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int what, int socket, ref byte wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(int epoll, ref byte events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int CreateBell(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, out long value, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, in long value, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    // struct pollfd.
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}

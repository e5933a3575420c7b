using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Courier.Kernel.Data;

/// <summary>
/// The database's file in the process's memory: mapped once, for all connections of a <see cref="Db"/>, for as long as one of them is open.
/// SQLite by itself maps the file for each connection apart, two gigabytes of it at the most, and anew after each commit; among a million parcels
/// that costs as much as the reading. Here a connection's file gets methods of ours for the two that matter (https://sqlite.org/c3ref/io_methods.html:
/// xFetch, which hands out a page, and xFileControl, which would let SQLite map by itself) and keeps its own for all others.
/// </summary>
/// <remarks>
/// What SQLite guards against by mapping anew, a file that was cut and has grown again, Linux allows in a mapping that is shared: pages that are
/// gone come back with the file (mmap(2)). Which pages exist a reader knows from the state that it reads, and none of them is cut off under it.
/// Where a file cannot be mapped so (another system, a file that was put in the place of the mapped one), SQLite does it in its own way.
/// </remarks>
internal sealed unsafe partial class SqliteMap
{
    /// <summary>How much of the address space is kept for one file; what lies beyond is read instead.</summary>
    private const int ReservedBits = 38;

    private static readonly nint Reserved = (nint)1 << ReservedBits;

    private const int NewestMethods = 3, OfAFile = 7, OfMapping = 18; // SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_MMAP_SIZE
    private const int Readable = 1, Shared = 1; // PROT_READ, MAP_SHARED

    private readonly string _file;
    private readonly Methods* _methods;
    private int _connections;

    private SqliteMap(string file, Methods* methods)
    {
        _file = file;
        _methods = methods;
    }

    /// <summary>Maps the file of this connection, which has not read in it yet; null where that is not to be had.</summary>
    public static SqliteMap? Of(sqlite3 connection)
    {
        if (!OperatingSystem.IsLinux() || !TryFile(connection, out var file, out var identity)) return null;
        var start = Map(0, Reserved, Readable, Shared, file->Descriptor, 0);
        if (start == -1) return null;
        var methods = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
        *methods = *file->Methods;
        methods->Original = file->Methods;
        methods->Start = (byte*)start;
        methods->Length = 0;
        methods->FileControl = &Control;
        methods->Fetch = &Fetch;
        return new SqliteMap(identity, methods);
    }

    /// <summary>Lets a connection read in the mapped file; false when its file is another one.</summary>
    /// <param name="connection">A connection that has not read yet. <see cref="Leave"/> is called when it is closed.</param>
    public bool TryJoin(sqlite3 connection)
    {
        if (!TryFile(connection, out var file, out var identity) || identity != _file) return false;
        file->Methods = _methods;
        _connections++;
        return true;
    }

    /// <summary>A connection is closed. With the last one the mapping ends.</summary>
    /// <returns>Has it ended?</returns>
    public bool Leave()
    {
        if (--_connections > 0) return false;
        _ = Unmap((nint)_methods->Start, Reserved);
        NativeMemory.Free(_methods);
        return true;
    }

    // SQLite's own descriptor is what is mapped: to open and close another one would drop the locks that the process holds on the file (fcntl(2)).
    // That it lies where it is looked for is seen from the name and the methods.
    private static bool TryFile(sqlite3 connection, out OpenFile* file, [NotNullWhen(true)] out string? identity)
    {
        file = null;
        identity = null;
        OpenFile* found = null;
        if (FileControl(connection.DangerousGetHandle(), "main", OfAFile, &found) != raw.SQLITE_OK || found is null || found->Methods is null) return false;
        if (found->Methods->Version < NewestMethods || found->Methods->Fetch is null) return false;
        try
        {
            if (new FileInfo($"/proc/self/fd/{found->Descriptor}").LinkTarget != raw.sqlite3_db_filename(connection, "main").utf8_to_string()) return false;
            // Lines of mount and inode, which together are the file's identity while it is open (proc_pid_fdinfo(5)).
            identity = string.Join(' ', File.ReadLines($"/proc/self/fdinfo/{found->Descriptor}").Where(l => l.StartsWith("mnt_id", StringComparison.Ordinal) || l.StartsWith("ino", StringComparison.Ordinal)));
        }
        catch (IOException)
        {
            return false; // a system that shows it otherwise
        }
        file = found;
        return identity.Contains("ino", StringComparison.Ordinal);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Fetch(OpenFile* file, long offset, int amount, void** page)
    {
        var methods = file->Methods;
        var end = offset + amount;
        if (end > methods->Length) Grow(file, methods);
        *page = end <= methods->Length ? methods->Start + offset : null; // SQLite then reads it
        return raw.SQLITE_OK;
    }

    private static void Grow(OpenFile* file, Methods* methods)
    {
        long length;
        if (methods->FileSize(file, &length) == raw.SQLITE_OK) methods->Length = Math.Min(length, Reserved);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(OpenFile* file, int operation, void* argument)
    {
        if (operation != OfMapping) return file->Methods->Original->FileControl(file, operation, argument);
        *(long*)argument = Reserved;
        return raw.SQLITE_OK;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string database, int operation, void* argument);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    /// <summary>The head of what SQLite keeps of an open file on Unix (<c>unixFile</c> in os_unix.c).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public Methods* Methods;
        public nint System, Inode;
        public int Descriptor;
    }

    /// <summary>The methods of a file (<c>sqlite3_io_methods</c>), and behind them what ours need.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public nint Close, Read, Write, Truncate, Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
        public nint Lock, Unlock, CheckReservedLock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, void*, int> FileControl;
        public nint SectorSize, DeviceCharacteristics, ShmMap, ShmLock, ShmBarrier, ShmUnmap;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int, void**, int> Fetch;
        public nint Unfetch;

        public Methods* Original;
        public byte* Start;
        public long Length;
    }
}

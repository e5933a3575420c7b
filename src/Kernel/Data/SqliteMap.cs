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
    private const int ReservedBits = 38; // of the address space, kept for one file; what lies beyond is read instead
    private const int NewestMethods = 3, OfAFile = 7, OfMapping = 18; // SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_MMAP_SIZE
    private const int Readable = 1, Shared = 1; // PROT_READ, MAP_SHARED

    // In a damaged file SQLite may read a little past a page before it sees the damage; behind the last page of a mapping that ends a process (os_unix.c keeps as much).
    private const int BehindAPage = 256;

    private static readonly nint Reserved = (nint)1 << ReservedBits;

    private readonly FileIdentity _file;
    private readonly Methods* _methods;
    private int _connections;

    private SqliteMap(FileIdentity file, Methods* methods)
    {
        _file = file;
        _methods = methods;
    }

    /// <summary>Maps the file of this connection, which has not read in it yet; null where that is not to be had.</summary>
    public static SqliteMap? Of(sqlite3 connection)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !TryFile(connection, out var file)) return null;
        var start = Map(0, Reserved, Readable, Shared, file->Descriptor, 0);
        if (start == -1) return null;
        var methods = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
        methods->Ours = *file->Methods;
        methods->Ours.FileControl = &Control;
        methods->Ours.Fetch = &Fetch;
        methods->Theirs = file->Methods;
        methods->Start = (byte*)start;
        methods->Length = 0;
        return new SqliteMap(*file->Identity, methods);
    }

    /// <summary>Lets a connection read in the mapped file; false when its file is another one.</summary>
    /// <param name="connection">A connection that has not read yet. <see cref="Leave"/> is called when it is closed.</param>
    public bool TryJoin(sqlite3 connection)
    {
        if (!TryFile(connection, out var file) || *file->Identity != _file) return false;
        file->Methods = &_methods->Ours;
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
    // That it lies where it is looked for is seen from the file's name.
    private static bool TryFile(sqlite3 connection, out OpenFile* file)
    {
        OpenFile* found = null;
        file = null;
        if (FileControl(connection.DangerousGetHandle(), "main", OfAFile, &found) != raw.SQLITE_OK || found is null || found->Methods is null) return false;
        if (found->Methods->Version < NewestMethods || found->Methods->Fetch is null || found->Identity is null) return false;
        try
        {
            if (new FileInfo($"/proc/self/fd/{found->Descriptor}").LinkTarget != raw.sqlite3_db_filename(connection, "main").utf8_to_string()) return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // a system that does not show it
        }
        file = found;
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Fetch(OpenFile* file, long offset, int amount, void** page)
    {
        var methods = (Methods*)file->Methods;
        var end = offset + amount;
        if (end > methods->Length) LookAtLength(file, methods);
        *page = end + BehindAPage <= methods->Length ? methods->Start + offset : null; // SQLite then reads it
        return raw.SQLITE_OK;
    }

    private static void LookAtLength(OpenFile* file, Methods* methods)
    {
        long length;
        if (methods->Ours.FileSize(file, &length) == raw.SQLITE_OK) methods->Length = Math.Min(length, Reserved);
    }

    // Any "pragma mmap_size" but 0 makes SQLite ask for pages by xFetch; it is told that as much is mapped as is kept for the file, and maps nothing itself.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(OpenFile* file, int operation, void* argument)
    {
        if (operation != OfMapping) return ((Methods*)file->Methods)->Theirs->FileControl(file, operation, argument);
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
        public IoMethods* Methods;
        public nint System;
        public FileIdentity* Identity; // with which what it keeps of a file, for all connections, begins (unixInodeInfo)
        public int Descriptor;
    }

    /// <summary>Which file it is, whatever its name (<c>unixFileId</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FileIdentity(ulong Device, ulong Inode);

    /// <summary>The methods of a file (<c>sqlite3_io_methods</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoMethods
    {
        public int Version;
        public nint Close, Read, Write, Truncate, Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
        public nint Lock, Unlock, CheckReservedLock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, void*, int> FileControl;
        public nint SectorSize, DeviceCharacteristics, ShmMap, ShmLock, ShmBarrier, ShmUnmap;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int, void**, int> Fetch;
        public nint Unfetch;
    }

    /// <summary>The methods that a mapped file has, and behind them what ours need.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public IoMethods Ours;
        public IoMethods* Theirs;
        public byte* Start;
        public long Length; // of the file, when it was last looked at
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel.Data;

namespace Courier.CallCenter.Recording;

/// <summary>
/// A file that is encrypted as it is written, and can be read and written anywhere. It begins with its own key, encrypted by the
/// product's; then come blocks of 32 KiB, each AES-256-GCM with a fresh nonce whenever it is written, its place bound to it so that none
/// can be exchanged. That none is missing at the end is seen by the hash of the whole, which the records have.
/// </summary>
internal sealed class SealedStream : Stream
{
    private const int Block = 32 * 1024, NonceSize = 12, TagSize = 16, Sealed = NonceSize + Block + TagSize, HeaderSize = 512;
    private static readonly byte[] Magic = "COURIER1"u8.ToArray();

    private readonly FileStream _file;
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[Block];
    private readonly byte[] _sealedBlock = new byte[Sealed];
    private long _length;
    private long _position;
    private long _loaded = -1;
    private bool _isChanged;

    private SealedStream(FileStream file, byte[] key, long length)
    {
        _file = file;
        _cipher = new AesGcm(key, TagSize);
        _length = length;
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => _file.CanWrite;

    /// <inheritdoc />
    public override long Length => _length;

    /// <inheritdoc />
    public override long Position { get => _position; set => _position = value; }

    /// <summary>Makes a new file.</summary>
    /// <exception cref="IOException">The disk refuses it, or it is there.</exception>
    public static SealedStream Create(string path, DataKeys keys)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var sealedKey = Encoding.ASCII.GetBytes(keys.Encrypt(Convert.ToBase64String(key)));
        var header = new byte[HeaderSize];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), sealedKey.Length);
        sealedKey.CopyTo(header, 12);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1);
        file.Write(header);
        return new SealedStream(file, key, 0);
    }

    /// <summary>Opens a file for reading, or for finishing what a crash has left.</summary>
    /// <exception cref="CryptographicException">It was changed, or its key is not configured any more.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SealedStream Open(string path, DataKeys keys, bool forWriting = false)
    {
        var file = new FileStream(path, FileMode.Open, forWriting ? FileAccess.ReadWrite : FileAccess.Read, FileShare.Read, 1);
        try
        {
            var header = new byte[HeaderSize];
            file.ReadExactly(header);
            if (!header.AsSpan(0, 8).SequenceEqual(Magic)) throw new CryptographicException("not a sealed file");
            var key = Convert.FromBase64String(keys.Decrypt(Encoding.ASCII.GetString(header, 12, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8)))));
            var blocks = (file.Length - HeaderSize) / Sealed;
            var rest = (file.Length - HeaderSize) % Sealed;
            return new SealedStream(file, key, (blocks * Block) + Math.Max(0, rest - NonceSize - TagSize));
        }
        catch (Exception e) when (e is CryptographicException or IOException or FormatException or ArgumentException)
        {
            file.Dispose();
            throw e is CryptographicException or IOException ? e : new CryptographicException("the sealed file's head cannot be read", e);
        }
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, _length - _position));
        for (var done = 0; done < count;)
        {
            Load(_position / Block);
            var at = (int)(_position % Block);
            var part = Math.Min(count - done, Block - at);
            _plain.AsSpan(at, part).CopyTo(buffer[done..]);
            done += part;
            _position += part;
        }
        return count;
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Load(_position / Block);
            var at = (int)(_position % Block);
            var part = Math.Min(buffer.Length, Block - at);
            buffer[..part].CopyTo(_plain.AsSpan(at));
            buffer = buffer[part..];
            _isChanged = true;
            _position += part;
            _length = Math.Max(_length, _position);
        }
    }

    /// <inheritdoc />
    public override void Flush()
    {
        Store();
        _file.Flush(flushToDisk: false);
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => _length + offset,
    };

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException("a sealed file only grows");

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Store();
            _file.Dispose();
            _cipher.Dispose();
        }
        base.Dispose(disposing);
    }

    private static long PlaceOf(long block) => HeaderSize + (block * Sealed);

    private void Load(long block)
    {
        if (block == _loaded) return;
        Store();
        _loaded = block;
        Array.Clear(_plain);
        var used = LengthOf(block);
        if (used == 0) return;
        _file.Position = PlaceOf(block);
        var whole = _sealedBlock.AsSpan(0, NonceSize + used + TagSize);
        _file.ReadExactly(whole);
        _cipher.Decrypt(whole[..NonceSize], whole[NonceSize..^TagSize], whole[^TagSize..], _plain.AsSpan(0, used), BitConverter.GetBytes(block));
    }

    private void Store()
    {
        if (!_isChanged) return;
        _isChanged = false;
        var whole = _sealedBlock.AsSpan(0, NonceSize + LengthOf(_loaded) + TagSize);
        RandomNumberGenerator.Fill(whole[..NonceSize]);
        _cipher.Encrypt(whole[..NonceSize], _plain.AsSpan(0, LengthOf(_loaded)), whole[NonceSize..^TagSize], whole[^TagSize..], BitConverter.GetBytes(_loaded));
        _file.Position = PlaceOf(_loaded);
        _file.Write(whole);
    }

    private int LengthOf(long block) => (int)Math.Clamp(_length - (block * Block), 0, Block);
}

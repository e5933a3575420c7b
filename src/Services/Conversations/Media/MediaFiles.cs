using System.Security.Cryptography;
using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Conversations;

/// <summary>
/// Files of customers on the disk. Each is encrypted with a key of its own, which lies encrypted in the database: when the row is gone,
/// the file is unreadable at once, and is removed from the disk soon after.
/// </summary>
/// <param name="data">Where they lie unless the options name another folder.</param>
/// <param name="options">The folder.</param>
/// <param name="keys">Encrypt the files' keys.</param>
public sealed class MediaFiles(DataDirectory data, ConversationsOptions options, DataKeys keys)
{
    private const int KeySize = 32, NonceSize = 12, TagSize = 16;

    private string Folder => options.MediaFolder.Length == 0 ? data.Folder("media") : Directory.CreateDirectory(options.MediaFolder).FullName;

    /// <summary>Writes a file, in the place of one with the same id; it is on the disk when this returns.</summary>
    /// <returns>Its key, encrypted.</returns>
    internal async Task<string> Write(string id, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        var text = new byte[NonceSize + content.Length + TagSize];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceSize));
        using (var aes = new AesGcm(key, TagSize))
            aes.Encrypt(text.AsSpan(0, NonceSize), content.Span, text.AsSpan(NonceSize, content.Length), text.AsSpan(NonceSize + content.Length));
        var path = PathOf(id);
        var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(text, ct).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        return keys.Encrypt(Convert.ToBase64String(key));
    }

    /// <summary>Reads a file; null when it is not there.</summary>
    internal async Task<byte[]?> Read(string id, string keyCipher, CancellationToken ct)
    {
        if (!File.Exists(PathOf(id))) return null;
        var text = await File.ReadAllBytesAsync(PathOf(id), ct).ConfigureAwait(false);
        var content = new byte[text.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Convert.FromBase64String(keys.Decrypt(keyCipher)), TagSize);
        aes.Decrypt(text.AsSpan(0, NonceSize), text.AsSpan(NonceSize, content.Length), text.AsSpan(NonceSize + content.Length), content);
        return content;
    }

    /// <summary>Removes files; one that is not there is no error.</summary>
    internal void Delete(IEnumerable<string> ids)
    {
        foreach (var id in ids) File.Delete(PathOf(id));
    }

    /// <summary>The ids of all files that were not written a moment ago.</summary>
    internal IEnumerable<string> Old(DateTimeOffset before) => Directory.EnumerateFiles(Folder)
        .Where(f => File.GetLastWriteTimeUtc(f) < before.UtcDateTime).Select(Path.GetFileName).OfType<string>();

    private string PathOf(string id) => Path.Combine(Folder, id);
}

/// <summary>What a file is, by its first bytes: what the far end says about it is not trusted.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    public static string Of(ReadOnlySpan<byte> content) => content switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => "audio/amr",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFB, ..] or [0xFF, 0xF3, ..] => "audio/mpeg",
        _ => content.Length > 0 && content[..Math.Min(200, content.Length)].IndexOf("<svg"u8) >= 0 ? "image/svg+xml" : Unknown,
    };
}

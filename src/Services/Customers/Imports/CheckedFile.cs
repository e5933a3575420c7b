using System.Security.Cryptography;
using Courier.Kernel;

namespace Courier.Services.Customers.Imports;

/// <summary>A file that was looked through once, before anything of it is taken over: it is text, it has a heading, it is not too large.</summary>
/// <param name="Hash">SHA-256 in lower hex.</param>
/// <param name="Header">Its heading.</param>
/// <param name="Rows">Rows that hold something, without the heading.</param>
internal sealed record CheckedFile(string Hash, ImportHeader Header, int Rows)
{
    /// <summary>Looks a file through, a block at a time.</summary>
    /// <exception cref="ImportRefused">It is not to be imported at all.</exception>
    public static async Task<CheckedFile> Check(string path, ImportSource source, CancellationToken ct)
    {
        if (new FileInfo(path).Length > source.MostBytes) throw new ImportRefused(Texts.ImportTooLarge(source.MostBytes));
        ImportHeader? header = null;
        var rows = 0;
        foreach (var record in Records(path, source))
        {
            ct.ThrowIfCancellationRequested();
            if (header is null) header = ImportHeader.Read(record, source);
            else if (!ImportRow.IsEmpty(record) && ++rows > source.MostRows) throw new ImportRefused(Texts.ImportTooManyRows(source.MostRows));
        }
        return header is null ? throw new ImportRefused(Texts.ImportNothing) : new CheckedFile(await HashOf(path, ct).ConfigureAwait(false), header, rows);
    }

    /// <summary>The file's records one by one, never all at once; the first is the heading.</summary>
    /// <exception cref="ImportRefused">It is no text.</exception>
    public static IEnumerable<CsvRecord> Records(string path, ImportSource source)
    {
        using var file = File.OpenRead(path);
        using var reader = TextFile.Open(file) ?? throw new ImportRefused(Texts.ImportNoText);
        foreach (var record in Csv.Records(reader, longest: 20 * source.LongestField)) yield return record;
    }

    private static async Task<string> HashOf(string path, CancellationToken ct)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false)) return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct).ConfigureAwait(false));
    }
}

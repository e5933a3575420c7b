using System.Text;
using Courier.Kernel;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Reads recipients from a file: CSV (UTF-8, UTF-16, GBK) or XLSX, with headings or as free text.</summary>
public static class AddressSheet
{
    /// <summary>Larger files are refused.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>Files with more rows are refused.</summary>
    public const int MostRows = 1000;

    internal const int MostColumns = 100, MostCellCharacters = 2000;

    /// <summary>The recipients, a row each; rows without anything are left out.</summary>
    /// <param name="parser">Reads each of them.</param>
    /// <param name="file">The whole file.</param>
    /// <exception cref="SheetRefused">The file is no list, too large, damaged, or made to do harm.</exception>
    public static IReadOnlyList<AddressDraft> Read(AddressParser parser, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(parser);
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length == 0) throw new SheetRefused("file.empty", Texts.FileEmpty);
        if (file.Length > MostBytes) throw new SheetRefused("file.too_large", Texts.FileTooLarge);
        var drafts = new List<AddressDraft>();
        SheetColumns? columns = null;
        var first = true;
        foreach (var row in Rows(file))
        {
            if (first) columns = SheetColumns.Of(row.Cells);
            var heading = first && columns is not null;
            first = false;
            if (heading) continue;
            if (drafts.Count == MostRows) throw new SheetRefused("file.too_many_rows", Texts.FileTooManyRows(MostRows));
            var text = columns is null ? string.Join(' ', row.Cells.Where(c => c.Length > 0)) : columns.Compose(row.Cells);
            if (text.Length > 0) drafts.Add(AddressDraft.Of(row.Number, string.Join(' ', row.Cells.Where(c => c.Length > 0)), parser.Parse(text)));
        }
        return drafts.Count > 0 ? drafts : throw new SheetRefused("file.empty", Texts.FileEmpty);
    }

    private static IEnumerable<SheetRow> Rows(byte[] file)
    {
        if (file.AsSpan().StartsWith("PK\u0003\u0004"u8)) return XlsxRows.Read(file);
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) throw new SheetRefused("file.type_wrong", Texts.FileIsOldExcel);
        return CsvRows.Read(Decoded(file));
    }

    // A zero byte is in no text, unless a mark says that two bytes make a character.
    private static string Decoded(byte[] file)
    {
        if (file is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && file.Contains((byte)0)) throw new SheetRefused("file.type_wrong", Texts.FileTypeWrong);
        var text = TextFile.Decode(file) ?? throw new SheetRefused("file.encoding_wrong", Texts.FileEncodingWrong);
        return text.AsSpan().IndexOfAnyInRange('\0', '\b') < 0 ? text : throw new SheetRefused("file.type_wrong", Texts.FileTypeWrong);
    }

    /// <summary>A cell as it may be read: the text of ="…", nothing of any other formula, no line breaks.</summary>
    internal static string Plain(string cell)
    {
        var text = cell.Trim();
        if (text.Length > MostCellCharacters) text = text[..MostCellCharacters];
        if (text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text[^1] == '"') text = text[2..^1];
        var leads = text.Length > 0 && (text[0] is '=' or '@' || text[0] is '+' or '-' && !(text.Length > 1 && char.IsAsciiDigit(HalfWidth.Of(text[1]))));
        return leads ? "" : text;
    }
}

/// <summary>A row of a sheet.</summary>
internal readonly record struct SheetRow(int Number, List<string> Cells);

/// <summary>Which column holds what, as the headings say.</summary>
internal sealed class SheetColumns
{
    private readonly List<(int Column, Field Field)> _fields = [];

    /// <summary>The columns when the row is a heading; null when it is not one.</summary>
    public static SheetColumns? Of(List<string> cells)
    {
        var columns = new SheetColumns();
        var known = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            var heading = new string([.. new PastedText(cells[i]).Key.Where(c => !char.IsWhiteSpace(c) && c is not '*' and not ':')]);
            var bracket = heading.IndexOf('(', StringComparison.Ordinal);
            if (bracket > 0) heading = heading[..bracket];
            if (heading.Any(char.IsAsciiDigit)) return null;
            if (Labels.Of(heading) is not { } field || field == Field.None) continue;
            known += field is Field.Name or Field.Phone or Field.Region or Field.Detail ? 1 : 0;
            columns._fields.Add((i, field));
        }
        return known > 0 ? columns : null;
    }

    /// <summary>The row as a labelled text.</summary>
    public string Compose(List<string> cells)
    {
        var (name, phone, place, zip) = (Of(cells, Field.Name, " "), Of(cells, Field.Phone, " "), Of(cells, Field.Region, "") + Of(cells, Field.Detail, ""), Of(cells, Field.Zip, " "));
        var text = new StringBuilder();
        if (name.Length > 0) text.Append("姓名:").Append(name.Replace(':', ' ')).Append('\n');
        if (phone.Length > 0) text.Append("手机:").Append(phone).Append('\n');
        if (place.Length > 0) text.Append("地址:").Append(place).Append('\n');
        if (zip.Length > 0) text.Append("邮编:").Append(zip).Append('\n');
        return text.ToString();
    }

    private string Of(List<string> cells, Field field, string between) =>
        string.Join(between, _fields.Where(f => f.Field == field && f.Column < cells.Count && cells[f.Column].Length > 0).Select(f => cells[f.Column].ReplaceLineEndings(" ")));
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Courier.Services.Addresses.Parsing;

/// <summary>
/// Rows of the first sheet of an XLSX file (ECMA-376), read as a stream. Formulas count with the value that was stored with them. No part
/// may unpack to more than a bound, whatever its header claims; XML has no DTDs.
/// </summary>
internal static class XlsxRows
{
    private const int MostParts = 500, MostUnpacked = 24 * 1024 * 1024, MostRatio = 200, MostStrings = 100_000;
    private const string Rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static IEnumerable<SheetRow> Read(byte[] file)
    {
        using var zip = Open(file);
        if (zip.GetEntry("xl/workbook.xml") is null) throw new SheetRefused("file.type_wrong", Texts.FileTypeWrong);
        using var rows = Sheet(zip).GetEnumerator();
        while (Guarded(rows.MoveNext)) yield return rows.Current;
    }

    // Whatever the reader of zip or XML stumbles over, the file is what is wrong.
    private static T Guarded<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or FormatException or EndOfStreamException or OverflowException or NotSupportedException)
        {
            throw new SheetRefused("file.damaged", Texts.FileDamaged);
        }
    }

    private static ZipArchive Open(byte[] file)
    {
        var zip = Guarded(() => new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read));
        if (Guarded(() => zip.Entries.Count) <= MostParts) return zip;
        zip.Dispose();
        throw new SheetRefused("file.damaged", Texts.FileDamaged);
    }

    private static IEnumerable<SheetRow> Sheet(ZipArchive zip)
    {
        var path = FirstSheet(zip);
        if (zip.GetEntry(path) is not { } entry) throw new SheetRefused("file.damaged", Texts.FileDamaged);
        var strings = Strings(zip);
        using var xml = Xml(entry);
        var number = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row") continue;
            number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : number + 1;
            var cells = Row(xml, strings);
            if (cells.Exists(c => c.Length > 0)) yield return new SheetRow(number, cells);
        }
    }

    private static List<string> Row(XmlReader xml, List<string> strings)
    {
        var cells = new List<string>();
        if (xml.IsEmptyElement) return cells;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            var column = Column(xml.GetAttribute("r"), cells.Count);
            var value = Cell(xml, strings);
            if (column >= AddressSheet.MostColumns) continue;
            while (cells.Count <= column) cells.Add("");
            cells[column] = value;
        }
        return cells;
    }

    private static string Cell(XmlReader xml, List<string> strings)
    {
        var type = xml.GetAttribute("t") ?? "n";
        if (xml.IsEmptyElement) return "";
        var (text, depth, inside) = (new StringBuilder(), xml.Depth, "");
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element) inside = xml.LocalName;
            else if (IsText(xml) && (inside == "v" || inside == "t" && type == "inlineStr")) Append(text, xml.Value);
        }
        return AddressSheet.Plain(Value(type, text.ToString(), strings));
    }

    private static string Value(string type, string raw, List<string> strings) => type switch
    {
        "s" => int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? strings[index] : "",
        "n" => decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : "",
        "str" or "inlineStr" or "d" => raw,
        _ => "", // errors and truth values say nothing about an address
    };

    private static bool IsText(XmlReader xml) => xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA;

    private static void Append(StringBuilder text, string more)
    {
        if (text.Length <= AddressSheet.MostCellCharacters) text.Append(more);
    }

    // "C12" is the third column; cells without a reference follow each other.
    private static int Column(string? reference, int next)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetter(c) || column > 20_000) break;
            column = column * 26 + (char.ToUpperInvariant(c) - 'A' + 1);
        }
        return column > 0 ? column - 1 : next;
    }

    private static List<string> Strings(ZipArchive zip)
    {
        var strings = new List<string>();
        if (zip.GetEntry("xl/sharedStrings.xml") is not { } entry) return strings;
        using var xml = Xml(entry);
        var (text, inside, phonetic) = (new StringBuilder(), "", 0);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element) (inside, phonetic) = (xml.LocalName, phonetic + (xml.LocalName == "rPh" && !xml.IsEmptyElement ? 1 : 0));
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "rPh") phonetic--;
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "t") inside = "";
            else if (IsText(xml) && inside == "t" && phonetic == 0) Append(text, xml.Value);
            if (xml.LocalName != "si" || xml.NodeType != XmlNodeType.EndElement && !(xml.NodeType == XmlNodeType.Element && xml.IsEmptyElement)) continue;
            strings.Add(text.ToString());
            text.Clear();
            if (strings.Count > MostStrings) throw new SheetRefused("file.too_many_rows", Texts.FileTooManyRows(AddressSheet.MostRows));
        }
        return strings;
    }

    private static string FirstSheet(ZipArchive zip)
    {
        string? id = null;
        using (var book = Xml(zip.GetEntry("xl/workbook.xml")!))
            while (id is null && book.Read())
                if (book.NodeType == XmlNodeType.Element && book.LocalName == "sheet") id = book.GetAttribute("id", Rels) ?? "";
        if (id is not null && zip.GetEntry("xl/_rels/workbook.xml.rels") is { } entry)
        {
            using var rels = Xml(entry);
            while (rels.Read())
                if (rels.NodeType == XmlNodeType.Element && rels.LocalName == "Relationship" && rels.GetAttribute("Id") == id && rels.GetAttribute("Target") is { } target)
                    return target.StartsWith('/') ? target[1..] : "xl/" + target;
        }
        return "xl/worksheets/sheet1.xml";
    }

    private static XmlReader Xml(ZipArchiveEntry entry)
    {
        if (entry.Length > MostUnpacked || entry.Length > (long)MostRatio * Math.Max(entry.CompressedLength, 1024)) throw new SheetRefused("file.too_large", Texts.FileTooLarge);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostUnpacked, MaxCharactersFromEntities = 1024, CloseInput = true };
        return XmlReader.Create(new BoundedStream(entry.Open(), MostUnpacked), settings);
    }

    /// <summary>Stops where a part unpacks to more than its bound: the sizes in a zip's headers are claims.</summary>
    private sealed class BoundedStream(Stream inner, long most) : Stream
    {
        private long _left = most;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            _left -= read;
            return _left >= 0 ? read : throw new SheetRefused("file.too_large", Texts.FileTooLarge);
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

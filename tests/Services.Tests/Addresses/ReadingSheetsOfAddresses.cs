using System.IO.Compression;
using System.Text;
using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

public sealed class ReadingSheetsOfAddresses
{
    private const string Heading = "姓名,电话,地址\n", Row = "张三,13812345678,广东省深圳市南山区科苑路8号\n";

    private static readonly Dictionary<string, byte[]> Saved = new()
    {
        ["utf-8"] = Encoding.UTF8.GetBytes(Heading + Row),
        ["utf-8 with mark"] = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Heading + Row)],
        ["utf-16"] = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Heading + Row)],
        ["gbk"] = CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetBytes(Heading + Row),
        ["tabs"] = Encoding.UTF8.GetBytes((Heading + Row).Replace(',', '\t')),
        ["quoted"] = Encoding.UTF8.GetBytes(Heading + "\"张三\",\"13812345678\",\"广东省深圳市南山区\n科苑路8号\"\r\n"),
        ["english"] = Encoding.UTF8.GetBytes("Name,Phone,Province,City,District,Address\n张三,13812345678,广东省,深圳市,南山区,科苑路8号\n"),
        ["text of a formula"] = Encoding.UTF8.GetBytes(Heading + "张三,\"=\"\"13812345678\"\"\",广东省深圳市南山区科苑路8号\n"),
        ["free text"] = Encoding.UTF8.GetBytes("张三 13812345678 广东省深圳市南山区科苑路8号\n"),
        ["xlsx"] = Xlsx("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>张三</t></is></c><c r=\"B2\"><v>1.3812345678E10</v></c><c r=\"C2\" t=\"str\"><f>D2&amp;E2</f><v>广东省深圳市南山区科苑路8号</v></c></row>", ["姓名", "电话", "地址"]),
    };

    // Only the names travel with the test cases: the runner writes each byte of an array out as text.
    public static TheoryData<string> WaysToSave => [.. Saved.Keys];

    [Theory]
    [MemberData(nameof(WaysToSave))]
    public void A_file_is_read_however_it_was_saved(string how)
    {
        var draft = AddressSheet.Read(Cases.Parser, Saved[how]).ShouldHaveSingleItem(how);
        draft.Ready.ShouldBeTrue($"{how}: {draft.Text} {string.Join(',', draft.Doubtful)}");
        draft.Address.ToContact().ShouldBe(new("张三", Kernel.Phone.Parse("13812345678"), null, new("广东省", "深圳市", "南山区", "", "科苑路8号")), how);
    }

    [Fact]
    public void A_formula_is_no_value()
    {
        var draft = AddressSheet.Read(Cases.Parser, Encoding.UTF8.GetBytes(Heading + "\"=HYPERLINK(\"\"http://x\"\",\"\"张三\"\")\",13812345678,广东省深圳市南山区科苑路8号\n")).ShouldHaveSingleItem();
        draft.Doubtful.ShouldBe(["name"]);
        draft.Text.ShouldNotContain("HYPERLINK");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("\"=\"\"1+1\"\"\"")]
    [InlineData("2")]
    public void What_a_formula_leaves_is_nobodys_name(string cell) =>
        AddressSheet.Read(Cases.Parser, Encoding.UTF8.GetBytes($"{Heading}{cell},13812345678,广东省深圳市南山区科苑路8号\n")).ShouldHaveSingleItem().Doubtful.ShouldBe(["name"]);

    [Fact]
    public void Marks_of_direction_are_left_out_of_names()
    {
        var draft = AddressSheet.Read(Cases.Parser, Encoding.UTF8.GetBytes($"{Heading}张\u202e三\u2066,13812345678,广东省深圳市南山区科苑路8号\n")).ShouldHaveSingleItem();
        (draft.Address.Name, draft.Ready).ShouldBe(("张三", true));
    }

    private static readonly Dictionary<string, (string Code, Func<byte[]> File)> Harmful = new()
    {
        ["nothing"] = ("file.empty", () => []),
        ["a heading alone"] = ("file.empty", () => Encoding.UTF8.GetBytes(Heading)),
        ["a PDF"] = ("file.type_wrong", () => [0x25, 0x50, 0x44, 0x46, 0, 1, 2]),
        ["an old workbook"] = ("file.type_wrong", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]),
        ["bytes that are no text"] = ("file.encoding_wrong", () => [0x31, 0xFF, 0xFF, 0x0A]),
        ["a byte too many"] = ("file.too_large", () => new byte[AddressSheet.MostBytes + 1]),
        ["a row too many"] = ("file.too_many_rows", () => Encoding.UTF8.GetBytes(Heading + string.Concat(Enumerable.Repeat(Row, AddressSheet.MostRows + 1)))),
        ["a million rows"] = ("file.too_many_rows", () => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\n", 1_000_000)))),
        ["half a zip"] = ("file.damaged", () => [0x50, 0x4B, 3, 4, 1, 2, 3]),
        ["an entity"] = ("file.damaged", () => Zip(("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><workbook><sheets><sheet/></sheets></workbook>"))),
        ["open elements"] = ("file.damaged", () => Zip(("xl/workbook.xml", "<workbook><sheets><sheet/>"))),
        ["a bomb of rows"] = ("file.too_large", () => Xlsx(new string(' ', 30 * 1024 * 1024), [])),
        ["a bomb of data"] = ("file.too_large", () => Zip(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", "<sheetData>" + new string(' ', 8 * 1024 * 1024)))),
        ["a workbook of too many rows"] = ("file.too_many_rows",
            () => Xlsx(string.Concat(Enumerable.Repeat("<row><c t=\"inlineStr\"><is><t>张三 13812345678</t></is></c></row>", 1100)), [])),
    };

    public static TheoryData<string> HarmfulFiles => [.. Harmful.Keys];

    [Theory]
    [MemberData(nameof(HarmfulFiles))]
    public void A_file_that_is_no_list_or_does_harm_is_refused(string which)
    {
        var (code, file) = Harmful[which];
        Should.Throw<SheetRefused>(() => AddressSheet.Read(Cases.Parser, file())).Code.ShouldBe(code);
    }

    private static byte[] Xlsx(string rows, string[] strings) => Zip(
        ("xl/workbook.xml", "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/sharedStrings.xml", "<sst>" + string.Concat(strings.Select(s => $"<si><t>{s}</t></si>")) + "</sst>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>"));

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return bytes.ToArray();
    }
}

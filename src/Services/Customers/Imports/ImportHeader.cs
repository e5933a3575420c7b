using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers.Imports;

/// <summary>Which column holds what, as the headings say.</summary>
internal sealed class ImportHeader
{
    private const string Id = "id", Updated = "updated_at";

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [Id] = Id, ["external_id"] = Id, ["customer_id"] = Id, ["编号"] = Id, ["客户编号"] = Id, ["客户号"] = Id,
        [Updated] = Updated, ["更新时间"] = Updated, ["修改时间"] = Updated,
        ["姓名"] = "name", ["客户名称"] = "name", ["客户姓名"] = "name",
        ["手机"] = "phone", ["手机号"] = "phone", ["手机号码"] = "phone", ["电话"] = "phone", ["联系电话"] = "phone", ["mobile"] = "phone",
        ["邮箱"] = "email", ["电子邮箱"] = "email", ["公司"] = "company", ["单位"] = "company", ["公司名称"] = "company",
        ["省"] = "province", ["省份"] = "province", ["市"] = "city", ["城市"] = "city", ["地址"] = "address", ["详细地址"] = "address",
    };

    private readonly (CustomerField Field, int Column)[] _fields;

    private ImportHeader(IReadOnlyList<string> names, int id, int updated, (CustomerField, int)[] fields, IReadOnlyList<string> ignored) =>
        (Names, IdColumn, UpdatedColumn, _fields, Ignored) = (names, id, updated, fields, ignored);

    public IReadOnlyList<string> Names { get; }

    public int IdColumn { get; }

    /// <summary>-1 when rows are not dated.</summary>
    public int UpdatedColumn { get; }

    public IReadOnlyList<(CustomerField Field, int Column)> Fields => _fields;

    /// <summary>Headings that mean nothing to us.</summary>
    public IReadOnlyList<string> Ignored { get; }

    public static bool IsMeaning(string text) => text is Id or Updated || EnumText<CustomerField>.TryParse(text, out _);

    /// <summary>Reads the first row.</summary>
    /// <exception cref="ImportRefused">It lacks the id or any field, or two columns mean the same.</exception>
    public static ImportHeader Read(CsvRecord record, ImportSource source)
    {
        if (!record.IsWhole) throw new ImportRefused(Texts.ImportHeaderBroken);
        var names = record.Fields.Select(f => f.Trim()).ToList();
        var meanings = names.Select(n => Meaning(n, source)).ToList();
        if (meanings.Where(m => m is not null).GroupBy(m => m).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ImportRefused(Texts.ImportColumnTwice(twice.Key!));
        var fields = meanings.Select((m, i) => (Meaning: m, Column: i)).Where(m => m.Meaning is not (null or Id or Updated)).Select(m => (EnumText<CustomerField>.Parse(m.Meaning!), m.Column)).ToArray();
        var id = meanings.IndexOf(Id);
        if (id < 0) throw new ImportRefused(Texts.ImportNoId);
        if (fields.Length == 0) throw new ImportRefused(Texts.ImportNoFields);
        return new ImportHeader(names, id, meanings.IndexOf(Updated), fields, [.. names.Where((n, i) => meanings[i] is null && n.Length > 0)]);
    }

    private static string? Meaning(string heading, ImportSource source) =>
        source.Columns.TryGetValue(heading, out var told) ? told
        : Known.TryGetValue(heading, out var known) ? known
        : EnumText<CustomerField>.TryParse(heading.ToLowerInvariant(), out _) ? heading.ToLowerInvariant() : null;
}

/// <summary>A file that is refused whole; the message is what operators read.</summary>
internal sealed class ImportRefused(string message) : Exception(message);

using System.Text.Json;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

/// <summary>Our own cases: pasted texts with what they say.</summary>
internal static class Cases
{
    public static readonly AddressParser Parser = new();

    private const string Ignored = " \t\r\n　，,。.;；、:：|/";

    public static List<JsonElement> Of(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Addresses", file)).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement)];

    public static string Bare(string text) => new([.. text.Where(c => !Ignored.Contains(c, StringComparison.Ordinal))]);

    /// <summary>Which fields are read wrongly.</summary>
    public static List<string> Wrong(JsonElement row)
    {
        var (parsed, expect, wrong) = (Parser.Parse(row.GetProperty("raw").GetString()!), row.GetProperty("expect"), new List<string>());
        Check("name", parsed.Name);
        Check("phone", parsed.Phone?.Text ?? "");
        Check("province", parsed.Province);
        Check("city", parsed.City);
        Check("district", parsed.District);
        Check("detail", Bare(parsed.Detail));
        return wrong;

        void Check(string field, string got)
        {
            if (expect.GetProperty(field).GetString() is not { } wanted) return;
            var right = (field == "detail" ? Bare(wanted) : wanted) == got
                || row.TryGetProperty(field + "_alt", out var others) && others.EnumerateArray().Any(o => o.GetString() == got);
            if (!right) wrong.Add($"{field}: “{got}” instead of “{wanted}”");
        }
    }
}

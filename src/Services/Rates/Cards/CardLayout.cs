namespace Courier.Services.Rates;

/// <summary>Which files a card has, and their columns.</summary>
internal static class CardLayout
{
    public const string Products = "products", Prices = "prices", Zones = "zones", Regions = "regions", Roundings = "roundings", Times = "times",
        Surcharges = "surcharges", Insurance = "insurance", Cod = "cod", Packaging = "packaging", Pickup = "pickup", Tiers = "tiers";

    private static readonly (string Name, string[] Columns)[] All =
    [
        (Products,
        [
            "code", "name", "summary", "introduction", "promise", "air", "max_grams", "max_length_mm", "max_sides_mm", "pickup_ways", "excluded_goods",
            "insured_max_yuan", "cod_max_yuan", "cut_off", "county_cut_off", "example_from", "example_to", "example_grams",
        ]),
        (Regions, ["region", "province", "city", "district"]),
        (Zones, ["from", "to", "zone"]),
        (Roundings, ["rule", "up_to_grams", "step_grams"]),
        (Times, ["product", "zone", "days", "by"]),
        (Prices, ["product", "zone", "first_grams", "first_yuan", "step_grams", "step_yuan", "minimum_yuan", "divisor", "rounding"]),
        (Surcharges, ["kind", "name", "product", "region", "over", "from", "until", "yuan", "percent"]),
        (Insurance, ["product", "up_to_yuan", "yuan", "percent", "least_yuan"]),
        (Cod, ["product", "percent", "least_yuan", "most_yuan"]),
        (Packaging, ["code", "name", "kind", "length_mm", "width_mm", "height_mm", "holds_grams", "own_grams", "yuan"]),
        (Pickup, ["product", "pickup", "yuan", "percent"]),
        (Tiers, ["tier", "name", "percent"]),
    ];

    /// <summary>The files' names, in the order in which they are read.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. All.Select(f => f.Name)];

    public static string[] Columns(string file) => All.First(f => f.Name == file).Columns;

    /// <summary>The columns that tell which row it is.</summary>
    public static IReadOnlyList<string> Names(string file) => file switch
    {
        Products or Packaging => ["code"],
        Prices or Times => ["product", "zone"],
        Zones => ["from", "to"],
        Regions => ["region", "province", "city", "district"],
        Roundings => ["rule", "up_to_grams"],
        Surcharges => ["kind", "name", "product", "region", "over"],
        Insurance => ["product", "up_to_yuan"],
        Pickup => ["product", "pickup"],
        Tiers => ["tier"],
        _ => ["product"],
    };

    /// <summary>As people know the file.</summary>
    public static string FileName(string file) => $"rates_{file}.csv";

    /// <summary>The file that an upload's name means: with or without folder, prefix and extension; null for none.</summary>
    public static string? Known(string uploaded)
    {
        var name = uploaded.Replace('\\', '/');
        name = name[(name.LastIndexOf('/') + 1)..].Trim().ToLowerInvariant();
        if (name.EndsWith(".csv", StringComparison.Ordinal)) name = name[..^4];
        if (name.StartsWith("rates_", StringComparison.Ordinal)) name = name["rates_".Length..];
        return Files.Contains(name) ? name : null;
    }
}

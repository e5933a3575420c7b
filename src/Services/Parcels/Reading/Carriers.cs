using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>Forms of other carriers' numbers, from <c>sql/seed/carriers.csv</c>. They overlap, so several may fit and none is certain.</summary>
internal static class Carriers
{
    private static readonly Lazy<IReadOnlyList<Form>> Forms = new(Load);

    /// <summary>Carriers whose numbers look like this, the likeliest first.</summary>
    /// <param name="number">Canonical number.</param>
    /// <param name="leastWeight">Forms weaker than this are left out (0–100).</param>
    public static IReadOnlyList<CarrierGuess> Guess(string number, int leastWeight) =>
    [
        .. Forms.Value.Where(f => f.Weight >= leastWeight && f.Pattern.IsMatch(number))
            .OrderByDescending(f => f.Weight).Select(f => f.Carrier).DistinctBy(c => c.Code).Take(3),
    ];

    private static List<Form> Load()
    {
        using var reader = new StreamReader(typeof(Carriers).Assembly.GetManifestResourceStream("seed/carriers.csv")!);
        return
        [
            .. Csv.Read(reader).Select(row => new Form(
                new CarrierGuess(row["name"], row["kuaidi100_code"], row["hotline"] is { Length: > 0 } hotline ? hotline : null),
                new Regex(row["pattern"], RegexOptions.CultureInvariant | RegexOptions.NonBacktracking),
                int.Parse(row["weight"], CultureInfo.InvariantCulture))),
        ];
    }

    private sealed record Form(CarrierGuess Carrier, Regex Pattern, int Weight);
}

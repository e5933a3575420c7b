using Courier.Services.Addresses;

namespace Courier.Services.Rates;

/// <summary>The card that the program brings along (<c>sql/seed/rates_*.csv</c>): in force until another is published.</summary>
public static class FirstCard
{
    /// <summary>Its files by name.</summary>
    public static IReadOnlyDictionary<string, string> Files() => CardLayout.Files.ToDictionary(f => f, f => SeedFile.Text("rates_" + f), StringComparer.Ordinal);

    /// <summary>The card itself.</summary>
    /// <param name="divisions">Which places there are.</param>
    public static RateCard Read(Divisions divisions) =>
        CardReader.Read(RateCard.DraftId, Files(), divisions).Card ?? throw new InvalidOperationException("the card of the seed has faults");
}

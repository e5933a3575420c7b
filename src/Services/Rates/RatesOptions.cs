using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>Quotes and rate cards; section <c>Rates</c>.</summary>
public sealed record RatesOptions : ICheckedOptions
{
    /// <summary>How long an order may take a quoted price.</summary>
    public TimeSpan QuoteValidFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>On the accepted quotes of how many days a new card is tried.</summary>
    public int ReplayDays { get; init; } = 30;

    /// <summary>At most so many accepted quotes are replayed, the newest first.</summary>
    public int MostReplayed { get; init; } = 200_000;

    /// <summary>Accepted quotes are forgotten after so many days.</summary>
    public int KeepAcceptedDays { get; init; } = 400;

    /// <summary>A folder, absolute or below the data directory: files of a rate card that are left in it become drafts. Empty for none.</summary>
    public string InboxFolder { get; init; } = "";

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (QuoteValidFor < TimeSpan.FromMinutes(1) || QuoteValidFor > TimeSpan.FromDays(1)) yield return "QuoteValidFor must be a minute to a day";
        if (ReplayDays is < 1 or > 366) yield return "ReplayDays must be 1 to 366";
        if (MostReplayed is < 100 or > 1_000_000) yield return "MostReplayed must be 100 to 1000000";
        if (KeepAcceptedDays < ReplayDays) yield return "KeepAcceptedDays must be ReplayDays at least";
    }
}

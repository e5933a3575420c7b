using System.Globalization;

namespace Courier.Services.Customers;

/// <summary>What a tag is about.</summary>
public enum TagKind
{
    /// <summary>Where somebody often sends to.</summary>
    Route,

    /// <summary>How much somebody spends.</summary>
    Value,

    /// <summary>How somebody talks to us.</summary>
    Tone,
}

/// <summary>A tag that is guessed, before it is kept.</summary>
internal sealed record GuessedTag(TagKind Kind, string Slot, string Value, string Reason);

/// <summary>Guesses from behaviour; each says why. No database, no clock.</summary>
internal static class GuessTags
{
    private const int OftenAYear = 3, MostRoutes = 3, LongestRoute = 80;
    private const long HighFen = 200_000, MiddleFen = 50_000;

    public static IReadOnlyList<GuessedTag> From(FactSheet sheet, IReadOnlyList<RouteUse> routes)
    {
        var tags = routes.Where(r => r.Uses >= OftenAYear && r.From.Length + r.To.Length < LongestRoute).Take(MostRoutes)
            .Select(r => new GuessedTag(TagKind.Route, $"route:{r.From}→{r.To}", $"{r.From}→{r.To}", Texts.RouteReason(r.From, r.To, r.Uses))).ToList();
        var spent = sheet.Number("spend_12m_fen");
        if (spent > 0)
        {
            var (slot, value) = spent >= HighFen ? ("value:high", Texts.ValueHigh) : spent >= MiddleFen ? ("value:middle", Texts.ValueMiddle) : ("value:low", Texts.ValueLow);
            tags.Add(new GuessedTag(TagKind.Value, slot, value, Texts.ValueReason((spent / 100m).ToString("0.00", CultureInfo.InvariantCulture))));
        }
        var (complaints, praises) = (sheet.Number("complaints_12m"), sheet.Number("praises_12m"));
        if (complaints + praises >= 2)
        {
            var (slot, value) = complaints > praises ? ("tone:critical", Texts.ToneCritical) : ("tone:thankful", Texts.ToneThankful);
            tags.Add(new GuessedTag(TagKind.Tone, slot, value, Texts.ToneReason(complaints, praises)));
        }
        return tags;
    }

    /// <summary>What rules ask for, with what people read for it.</summary>
    public static IReadOnlyDictionary<string, string> ByCode(IEnumerable<GuessedTag> tags) => tags.ToDictionary(t => t.Slot, t => t.Value, StringComparer.Ordinal);
}

using Courier.Services.Calendars;

namespace Courier.Services.Network;

/// <summary>How an outlet has to do with a division.</summary>
public enum CoverageKind
{
    /// <summary>Its couriers collect and deliver there.</summary>
    Serves,

    /// <summary>Couriers do not go there: customers collect at the outlet.</summary>
    Beyond,
}

/// <summary>An outlet of ours (服务网点).</summary>
public sealed record Outlet
{
    /// <summary>Its code: <c>SZ004</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the district that it stands in.</summary>
    public required string DistrictCode { get; init; }

    /// <summary>Its full address.</summary>
    public required string Address { get; init; }

    /// <summary>Degrees, GCJ-02.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees, GCJ-02.</summary>
    public required double Longitude { get; init; }

    /// <summary>Opening hours every day: <c>08:30-20:00</c>.</summary>
    public required string Hours { get; init; }

    /// <summary>Its telephone number; empty when it has none.</summary>
    public required string Phone { get; init; }

    /// <summary>What it does, separated by <c>|</c>: <c>send</c>, <c>pickup</c>, <c>cod</c>, <c>large</c>.</summary>
    public required string Services { get; init; }

    /// <summary>Is it closed until somebody opens it again, whatever its hours say?</summary>
    public required bool IsClosed { get; init; }

    /// <summary>The heaviest parcel that it takes, in grams.</summary>
    public required long MaxWeightGrams { get; init; }

    /// <summary>The longest side that it takes, in millimetres; null for no limit.</summary>
    public required int? MaxLengthMm { get; init; }

    /// <summary>The greatest sum of the three sides, in millimetres; null for no limit.</summary>
    public required int? MaxSidesMm { get; init; }

    /// <summary>For so many hours a parcel that waits here is kept for nothing.</summary>
    public required int FreeHours { get; init; }

    /// <summary>Does it do this: <c>send</c>, <c>pickup</c>, <c>cod</c>, <c>large</c>?</summary>
    public bool Offers(string service) => Services.Split('|').Contains(service, StringComparer.Ordinal);

    /// <summary>Why it cannot take such a parcel, for the customer to read; null when it can. Sides that are not known are not judged.</summary>
    /// <param name="weightGrams">Weight.</param>
    /// <param name="lengthMm">A side.</param>
    /// <param name="widthMm">A side.</param>
    /// <param name="heightMm">A side.</param>
    public string? Refuses(long weightGrams, int? lengthMm = null, int? widthMm = null, int? heightMm = null)
    {
        if (!Offers("send")) return Texts.NoSending;
        if (weightGrams > MaxWeightGrams) return Texts.TooHeavy(MaxWeightGrams);
        int?[] sides = [lengthMm, widthMm, heightMm];
        if (MaxLengthMm is { } longest && sides.Any(s => s > longest)) return Texts.TooLong(longest);
        return MaxSidesMm is { } sum && sides.Sum(s => s ?? 0) > sum ? Texts.TooLarge(sum) : null;
    }

    /// <summary>Is it open at this moment?</summary>
    public bool IsOpen(DateTimeOffset now) => !IsClosed && DailyHours.Parse(Hours).Contains(now);
}

/// <summary>An outlet's relation to a division, or to a village or community of it.</summary>
internal sealed record Coverage
{
    public required string OutletCode { get; init; }
    public required string DivisionCode { get; init; }
    public required string Place { get; init; }
    public required CoverageKind Kind { get; init; }
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Calendars;
using Courier.Services.Network;

namespace Courier.Services.Parcels;

/// <summary>A wish about a parcel's way says something that cannot be done by anybody.</summary>
/// <param name="field">The field, as callers name it: <c>place</c>, <c>recipient.district</c>.</param>
/// <param name="message">What the person is told.</param>
public sealed class WrongDirection(string field, string message) : Exception(message)
{
    /// <summary>The field as callers name it.</summary>
    public string Field { get; } = field;
}

/// <summary>
/// What a wish about a parcel's way must say before a carrier is told of it: a time at which couriers come, a place that is one of ours, an address in a
/// region that there is.
/// </summary>
internal static class DirectionCheck
{
    private const int LongestNote = 200, LongestPlace = 100, LongestName = 50, LongestDetail = 200, LongestHold = 30;

    private static readonly TimeSpan ShortestTime = TimeSpan.FromHours(1), Delay = TimeSpan.FromMinutes(5);

    /// <summary>The wish with the code of its place and the full names of its region.</summary>
    /// <exception cref="WrongDirection">Something in it is wrong.</exception>
    public static async Task<DirectionDetail> Checked(
        ISqlReader db, Divisions divisions, ParcelsOptions options, DirectionKind kind, DirectionDetail wish, DateTimeOffset now, CancellationToken ct)
    {
        if (wish.Note?.Length > LongestNote) throw new WrongDirection("note", Texts.NoteTooLong);
        return kind switch
        {
            DirectionKind.OtherTime => Time(wish, options, now),
            DirectionKind.Hold => wish.Until is { } until && (until < now || until > now.AddDays(LongestHold)) ? throw new WrongDirection("until", Texts.HoldUntilWrong)
                : new DirectionDetail { Until = wish.Until, Note = wish.Note },
            DirectionKind.OtherAddress => new DirectionDetail { Recipient = Recipient(wish.Recipient ?? new PartyReport(), divisions), Note = wish.Note },
            DirectionKind.Locker => new DirectionDetail { Place = await Ours(db, PlaceKind.Locker, Named(wish), Texts.LockerUnknown, ct).ConfigureAwait(false), Note = wish.Note },
            DirectionKind.Station => new DirectionDetail { Place = await Ours(db, PlaceKind.Outlet, Named(wish), Texts.StationUnknown, ct).ConfigureAwait(false), Note = wish.Note },
            DirectionKind.Neighbour => new DirectionDetail { Place = Named(wish), Note = wish.Note },
            DirectionKind.Intercept or DirectionKind.Correct => wish,
        };
    }

    // Within one day and the hours in which couriers deliver. A few minutes pass while somebody makes up their mind.
    private static DirectionDetail Time(DirectionDetail wish, ParcelsOptions options, DateTimeOffset now)
    {
        if (wish.From is not { } from || from < now - Delay || ChinaTime.Day(from) > ChinaTime.Day(now).AddDays(options.OtherTimeDays)
            || DailyHours.Parse(options.DeliveryHours).EndAt(from) is not { } end) throw Wrong("from");
        return wish.Until is { } until && until - from >= ShortestTime && until <= end && ChinaTime.Day(until.AddTicks(-1)) == ChinaTime.Day(from)
            ? new DirectionDetail { From = from, Until = until, Note = wish.Note } : throw Wrong("until");

        WrongDirection Wrong(string field) => new(field, Texts.DeliveryTimeWrong(options.OtherTimeDays, options.DeliveryHours));
    }

    private static string Named(DirectionDetail wish) =>
        wish.Place?.Trim() is { Length: >= 1 and <= LongestPlace } place ? place : throw new WrongDirection("place", Texts.PlaceMissing);

    private static async Task<string> Ours(ISqlReader db, PlaceKind kind, string place, string unknown, CancellationToken ct) =>
        await FindNamedPlaces.Exactly(db, kind, place, ct).ConfigureAwait(false) switch
        {
            [var ours] => ours.Code,
            [] => throw new WrongDirection("place", unknown),
            _ => throw new WrongDirection("place", Texts.PlaceNotUnique),
        };

    private static PartyReport Recipient(PartyReport recipient, Divisions divisions)
    {
        if (HiddenMarks.Without(recipient.Name ?? "").Trim() is not { Length: >= 1 and <= LongestName } name || name.Contains('*', StringComparison.Ordinal))
            throw new WrongDirection("recipient.name", Texts.RecipientNameWrong);
        if (!Phone.TryParse(recipient.Phone, out _)) throw new WrongDirection("recipient.phone", Texts.RecipientPhoneWrong);
        if (recipient.Extension is { } extension && !PartyPhone.IsExtension(extension)) throw new WrongDirection("recipient.extension", Texts.RecipientExtensionWrong);
        var (province, city, district) = (recipient.Province?.Trim() ?? "", recipient.City?.Trim() ?? "", recipient.District?.Trim() ?? "");
        if (KnownRegion.Of(divisions, province, city, district) is not { } region)
            throw new WrongDirection(divisions.Locate(province, "", "") is null ? "recipient.province" : "recipient.district", Texts.RecipientRegionWrong);
        return recipient.Detail?.Trim() is { Length: >= 1 and <= LongestDetail } detail && !detail.Contains("**", StringComparison.Ordinal)
            ? recipient with { Name = name, Province = region.Province, City = region.City, District = region.District, Detail = detail }
            : throw new WrongDirection("recipient.detail", Texts.RecipientDetailWrong);
    }
}

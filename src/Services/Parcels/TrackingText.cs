using System.Globalization;
using System.Text;

namespace Courier.Services.Parcels;

/// <summary>Tracking as people read it in a chat; at most 2048 bytes of UTF-8, never cutting a character.</summary>
public static class TrackingText
{
    private const int MostBytes = 2048, MostPoints = 8;
    private static readonly TimeSpan China = TimeSpan.FromHours(8), Stale = TimeSpan.FromDays(2);

    /// <summary>The answer for one number.</summary>
    /// <param name="parcel">What was found.</param>
    /// <param name="clock">The time.</param>
    /// <param name="oneIsTaken">Does “1” answer another question now, so that a word is told instead?</param>
    public static string Of(TrackedParcel parcel, TimeProvider clock, bool oneIsTaken = false) => Fit(parcel switch
    {
        TrackedParcel.Found found => Full(found, clock.GetUtcNow(), oneIsTaken ? Texts.AskByWord : Texts.Ask),
        TrackedParcel.Unknown unknown => Unknown(unknown),
        TrackedParcel.TooManyTries tries => [Texts.TooManyTries(tries.Waybill.Text)],
        _ => throw new ArgumentOutOfRangeException(nameof(parcel)),
    });

    /// <summary>The answer for several numbers: in full for one, a few lines each for more.</summary>
    /// <param name="parcels">What was found.</param>
    /// <param name="clock">The time.</param>
    /// <param name="leftOut">How many more numbers were sent than are answered at once; said in the end.</param>
    /// <param name="oneIsTaken">Does “1” answer another question now?</param>
    public static string Of(IReadOnlyList<TrackedParcel> parcels, TimeProvider clock, int leftOut = 0, bool oneIsTaken = false)
    {
        if (parcels.Count == 1) return Of(parcels[0], clock, oneIsTaken);
        var now = clock.GetUtcNow();
        List<string> notes = [.. Notes(parcels, leftOut)];
        // The latest route texts are left out when many numbers would not fit with them.
        var texts = new[] { 60, 24, 0 }.Select(room => string.Join('\n', parcels.Select(p => Compact(p, now, room)).Concat(notes)));
        return Cut(texts.FirstOrDefault(t => Encoding.UTF8.GetByteCount(t) <= MostBytes) ?? string.Join('\n', parcels.Select(p => Compact(p, now, 0)).Concat(notes)));
    }

    private static IEnumerable<string> Notes(IReadOnlyList<TrackedParcel> parcels, int leftOut)
    {
        if (parcels.Any(p => p is TrackedParcel.Unknown { LooksLike.CheckDigitWrong: false })) yield return Texts.TailForSeveral;
        if (leftOut > 0) yield return Texts.LeftOut(leftOut);
    }

    private static List<string> Full(TrackedParcel.Found found, DateTimeOffset now, string ask)
    {
        var lines = new List<string> { $"【{found.StatusText}】{found.Waybill}" };
        if (found.FromCity.Length > 0 && found.ToCity.Length > 0) lines.Add($"{found.FromCity} → {found.ToCity}");
        var open = StatusMachine.StateOf(found.Status) == ParcelState.Open;
        if (open && found.Eta is { } eta) lines.Add(OutlookWords.Of(eta, now));
        else if (open && found.Trouble is { Reason: not TroubleReason.NotFetched }) lines.Add(Texts.NoEta);
        if (open && found.PickupHint is null && OutlookWords.Promise(found.PromisedBy, found.Eta, found.Trouble, now) is { } promise) lines.Add(promise);
        if (found.PickupHint is { } hint) lines.Add(hint);
        if (found.Trouble is { } trouble) lines.AddRange(OutlookWords.Of(trouble, now));
        if (found.Routes.Count == 0) lines.Add(Texts.NoRoutes);
        for (var i = 0; i < found.Routes.Count && i < MostPoints; i++) lines.Add(Point(found.Routes[i], now));
        lines.Add(found.Choices.Count > 0 ? AnswerWarning.ChoicesFor(found.Choices.Contains(LateChoice.Redirect)) : found.Trouble is not null ? $"{Texts.Help}；{ask}" : open && now - found.UpdatedAt > Stale ? $"{Texts.StaleFor((int)(now - found.UpdatedAt).TotalDays)}，{Texts.AskForStaff}"
            : open && found.Follows ? $"{Texts.FollowedNote}；{ask}" : ask);
        return lines;
    }

    private static string Point(RoutePoint point, DateTimeOffset now)
    {
        var place = point.City.Length > 0 && !point.Text.Contains(point.City, StringComparison.Ordinal) ? $"[{point.City}]" : "";
        var text = point.Text.Length > 0 ? point.Text : $"{(point.Status is { } status ? ParcelWords.Of(status) : "")} {point.Place}".Trim();
        return $"{Time(point.At, now)} {place}{text}";
    }

    private static List<string> Unknown(TrackedParcel.Unknown unknown)
    {
        var lines = new List<string> { Texts.Unknown(unknown.Waybill.Text) };
        if (unknown.LooksLike.CheckDigitWrong) lines.Add(Texts.MaybeMistyped);
        lines.Add(Texts.MaybeTail);
        lines.Add(Texts.MaybeTooNew);
        if (unknown.LooksLike.Guesses is { Count: > 0 } guesses)
            lines.Add(Texts.MaybeOther(string.Join('、', guesses.Select(g => g.Hotline is null ? g.Name : $"{g.Name}（{g.Hotline}）"))));
        return lines;
    }

    private static string Compact(TrackedParcel parcel, DateTimeOffset now, int room) => parcel switch
    {
        TrackedParcel.Found found => $"{found.Waybill} {found.StatusText} {Time(found.UpdatedAt, now)}{Soon(found, now)}{Stuck(found, now)}{Latest(found, room)}",
        TrackedParcel.Unknown { LooksLike.CheckDigitWrong: true } mistyped => $"{mistyped.Waybill} 未查到，校验位不符，请核对单号",
        TrackedParcel.Unknown unknown => $"{unknown.Waybill} 未查到或需验证手机号后四位",
        TrackedParcel.TooManyTries tries => $"{tries.Waybill} 验证次数过多，请一小时后再试",
        _ => throw new ArgumentOutOfRangeException(nameof(parcel)),
    };

    private static string Soon(TrackedParcel.Found found, DateTimeOffset now) => found.Eta is { } eta ? $"，{OutlookWords.Short(eta, now)}" : "";

    private static string Stuck(TrackedParcel.Found found, DateTimeOffset now) => found.Trouble is { } trouble ? $"，{OutlookWords.Short(trouble, now)}" : "";

    private static string Latest(TrackedParcel.Found found, int room)
    {
        if (room == 0 || found.Routes.Count == 0 || found.Routes[0].Text is not { Length: > 0 } text) return "";
        return "\n　" + (text.Length <= room ? text : text[..(char.IsHighSurrogate(text[room - 1]) ? room - 1 : room)] + "…");
    }

    private static string Time(DateTimeOffset at, DateTimeOffset now)
    {
        var (local, today) = (at.ToOffset(China), now.ToOffset(China));
        // Put together here: the words of a format would be read anew for each point.
        var inYear = string.Create(CultureInfo.InvariantCulture, $"{local.Month:D2}-{local.Day:D2} {local.Hour:D2}:{local.Minute:D2}");
        return local.Year == today.Year ? inYear : string.Create(CultureInfo.InvariantCulture, $"{local.Year:D4}-{inYear}");
    }

    /// <summary>Leaves the oldest route points out until the text fits; head and closing hint stay.</summary>
    private static string Fit(List<string> lines)
    {
        var text = string.Join('\n', lines);
        while (lines.Count > 3 && Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            lines.RemoveAt(lines.Count - 2);
            text = string.Join('\n', lines);
        }
        return Cut(text);
    }

    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes) return text;
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes) return text[..length];
            length += rune.Utf16SequenceLength;
        }
        return text;
    }
}

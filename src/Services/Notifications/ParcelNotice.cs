using System.Globalization;
using System.Text;
using Courier.Kernel;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>
/// What a follower reads when a parcel moves: as chat text and as the values of a template, uncut: the channel knows what its far end takes,
/// and the code to take the parcel with stands first, so that no cut reaches it. Pure.
/// </summary>
internal static class ParcelNotice
{
    private const int LongestHint = 120;

    public static string Text(ParcelStatusChanged change, ExpectedArrival? expected = null)
    {
        var text = new StringBuilder(Texts.Headline(change.To, change.Waybill.Text, Place(change)));
        if (change.Reason is { Length: > 0 } reason) text.Append('\n').Append(Texts.Reason(Cut(Masking.PhonesIn(reason), LongestHint)));
        if (HasPickupHint(change)) text.Append('\n').Append(Texts.PickupHint(Cut(Masking.PhonesIn(change.Text.Trim()), LongestHint)));
        if (expected is not null) text.Append('\n').Append(expected.Sentence).Append('。');
        if (Texts.WhatNow(change.To) is { Length: > 0 } next) text.Append('\n').Append(next);
        return text.Append('\n').Append(Texts.Time(ChinaTime.In(change.At))).ToString();
    }

    /// <summary>The text with the incident that concerns the parcel as its last line.</summary>
    public static string WithIncident(string text, string incident) => $"{text}\n{incident}";

    public static IReadOnlyDictionary<string, string> Template(ParcelStatusChanged change, ParcelTemplateKeys keys, ExpectedArrival? expected = null)
    {
        var note = HasPickupHint(change) && PickupCode.In(change.Text) is { } code ? Texts.PickupCode(code, change.Place)
            : change.Reason is { Length: > 0 } reason ? reason : HasPickupHint(change) ? change.Text : expected?.Short ?? Texts.Note(change.To);
        var values = new (string Key, string Value)[]
        {
            (keys.Waybill, change.Waybill.Text),
            (keys.Status, Texts.Phrase(change.To)),
            (keys.Time, ChinaTime.In(change.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            (keys.Place, Place(change) is { Length: > 0 } place ? place : Texts.OnTheWay),
            (keys.Note, Masking.PhonesIn(note)),
        };
        return values.Where(v => v.Key.Length > 0).ToDictionary(v => v.Key, v => v.Value.ReplaceLineEndings(" ").Trim(), StringComparer.Ordinal);
    }

    /// <summary>The values of the most important notice, with a word about the others: before the note, or at the place when the note tells how to get the parcel; without a place behind the code.</summary>
    public static IReadOnlyDictionary<string, string>? WithMore(IReadOnlyDictionary<string, string>? values, ParcelTemplateKeys keys, int others)
    {
        if (values is null || others == 0) return values;
        var note = values.GetValueOrDefault(keys.Note, "");
        var tellsCode = note.Contains("码", StringComparison.Ordinal);
        var key = tellsCode && values.ContainsKey(keys.Place) ? keys.Place : keys.Note;
        if (!values.TryGetValue(key, out var value)) return values;
        var behind = tellsCode && key == keys.Note && PickupCode.In(note) is { } code && note.IndexOf(code, StringComparison.Ordinal) is >= 0 and var at ? at + code.Length : 0;
        return new Dictionary<string, string>(values, StringComparer.Ordinal) { [key] = behind == 0 ? Texts.AndMore(others) + value : $"{value[..behind]} {Texts.AndMore(others)}{value[behind..].TrimStart()}" };
    }

    private static bool HasPickupHint(ParcelStatusChanged change) =>
        change.To is ParcelStatus.InLocker or ParcelStatus.InStation && !string.IsNullOrWhiteSpace(change.Text);

    private static string Place(ParcelStatusChanged change) =>
        change.Place.Length == 0 ? change.City
        : change.City.Length == 0 || change.Place.StartsWith(change.City.TrimEnd('市'), StringComparison.Ordinal) ? change.Place
        : change.City + change.Place;

    // By text element, so that no character is cut in half.
    private static string Cut(string text, int length)
    {
        var elements = new StringInfo(text);
        return elements.LengthInTextElements <= length ? text : elements.SubstringByTextElements(0, length - 1) + "…";
    }
}

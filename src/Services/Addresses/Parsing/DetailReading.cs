using System.Text;

namespace Courier.Services.Addresses.Parsing;

/// <summary>What is left of a text when place, name and numbers are taken.</summary>
internal readonly record struct DetailFound(string Detail, string Zip);

/// <summary>Gathers the detail: all that looks like an address, in the order of the text, without repetitions and talk.</summary>
internal sealed class DetailReading(PlaceReading places, PastedText text, List<Segment> segments, List<FoundNumber> numbers, ParsedPhone? phone)
{
    private readonly StringBuilder _detail = new();
    private int _lastEnd = -1;

    // 广东省-惠州市-惠城区-江北街道-…: hyphens that part the levels say nothing below them either.
    private bool _hyphensPart;

    public DetailFound Read(Reading? reading, (int First, int Last) within, NameGuess? name)
    {
        var zip = numbers.Find(n => n.Use == NumberUse.Zip) is { End: > 0 } found ? text.ShownOf(found.Start, found.End) : "";
        _hyphensPart = reading is { } place && text.KeyOf(place.Start, place.DetailStart).Contains('-');
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (segment.Used || segment.Field is Field.Other or Field.Zip) continue;
            var (start, end) = (segment.Start, segment.End);
            if (name is { } n && n.From == segment)
            {
                if (!n.Glued) continue;
                if (n.Start <= start || i == within.First && n.End <= reading?.Start) start = Math.Max(start, n.End);
                else end = n.Head;
            }
            if (i == within.First && reading is { } first && start < first.Start) Before(start, first.Start, segment);
            if (reading is { } read && i >= within.First && i <= within.Last)
            {
                start = Math.Max(start, DetailStart(read));
                if (start >= end) continue;
            }
            else if (!Belongs(segment, start, end, reading, i, within)) continue;
            else if (reading is { } known && i > within.Last) start = places.SkipRepetition(text, start, text.Length, known.Place);
            end = WithoutZip(start, end, reading, ref zip);
            if (start < end) Append(start, end);
        }
        return new DetailFound(Balanced(_detail.ToString()), zip == "000000" ? "" : zip);
    }

    // 张三（北京市…1号）: the bracket that closes around the address.
    private static string Balanced(string detail) => detail.Length > 0 && detail[^1] is ')' or '）' && detail.IndexOfAny(['(', '（']) < 0 ? detail[..^1] : detail;

    // Kowloon is no district; it stays where it was written.
    private static int DetailStart(Reading reading) =>
        reading is { Place: { Level: DivisionLevel.City, Code: ['8', ..] }, Street: null } ? reading.DetailStart - reading.Place.Name.Length : reading.DetailStart;

    private void Before(int start, int placeStart, Segment segment)
    {
        var words = text.KeyOf(start, placeStart);
        if (segment.AfterNoise < placeStart && words.Length >= 4 && AddressWords.LooksLikeAddress(words) && words.IndexOfAnyInRange('0', '9') >= 0 && !Noise.IsChatter(words)) Append(start, placeStart);
    }

    private bool Belongs(Segment segment, int start, int end, Reading? reading, int index, (int First, int Last) within)
    {
        if (segment.Field is Field.Detail or Field.Region) return true;
        var words = text.KeyOf(start, end);
        if (Noise.IsTag(words) || phone?.Extension is { } extension && words.SequenceEqual(extension)) return false;
        var looks = AddressWords.LooksLikeAddress(words);
        if (Noise.IsChatter(words) && !(looks && words.IndexOfAnyInRange('0', '9') >= 0)) return false;
        if (reading is null) return looks || segment.Field == Field.None && !segment.BehindPhone;
        if (index < within.First) return looks && words.Length >= 4 && words.IndexOfAnyInRange('0', '9') >= 0 && AddressWords.CountMarkers(words) > 0;
        var phoneBetween = numbers.Exists(n => n.Use == NumberUse.Phone && n.Start >= reading.Value.End && n.End <= start);
        return !phoneBetween || looks;
    }

    // …大都荟710061: six digits glued to the end are a post code when they fit the province.
    private int WithoutZip(int start, int end, Reading? reading, ref string zip)
    {
        if (zip.Length > 0 || end - start < 8 || !text.IsDigit(end - 1) || text.IsDigit(end - 7) || reading is not { } read) return end;
        for (var at = end - 6; at < end; at++)
            if (!text.IsDigit(at)) return end;
        if (!PastedText.IsHan(text.Key[end - 7]) || !Zips.Fit(text.KeyOf(end - 6, end), read.Place.Code)) return end;
        zip = text.ShownOf(end - 6, end);
        return end - 6;
    }

    private void Append(int start, int end)
    {
        if (_detail.Length > 0)
        {
            var between = _lastEnd >= 0 && start > _lastEnd ? text.KeyOf(_lastEnd, start) : default;
            if (between.Length == 1 && (between[0] is '、' or '/' or '.' or '~' || between[0] == '-' && !_hyphensPart)) _detail.Append(between[0]);
            else if (char.IsAsciiLetterOrDigit(_detail[^1]) && char.IsAsciiLetterOrDigit(text.Key[start])) _detail.Append(' ');
            if (Repeated(text.ShownOf(start, end))) return;
        }
        _detail.Append(text.Shown, start, end - start);
        _lastEnd = end;
    }

    // The same words once more, as shops copy them.
    private bool Repeated(string words) => words.Length >= 4 && _detail.ToString().EndsWith(words, StringComparison.Ordinal);
}

/// <summary>Post codes: the first two digits tell the province.</summary>
internal static class Zips
{
    private static readonly Dictionary<string, string> ByProvince = new(StringComparer.Ordinal)
    {
        ["11"] = "10", ["12"] = "30", ["13"] = "05 06 07", ["14"] = "03 04", ["15"] = "01 02 16", ["21"] = "11 12", ["22"] = "13", ["23"] = "15 16", ["31"] = "20", ["32"] = "21 22", ["33"] = "31 32", ["34"] = "23 24",
        ["35"] = "35 36", ["36"] = "33 34", ["37"] = "25 26 27", ["41"] = "45 46 47", ["42"] = "43 44", ["43"] = "41 42", ["44"] = "51 52", ["45"] = "53 54", ["46"] = "57", ["50"] = "40", ["51"] = "61 62 63 64",
        ["52"] = "55 56", ["53"] = "65 66 67", ["54"] = "85 86", ["61"] = "71 72", ["62"] = "73 74", ["63"] = "81", ["64"] = "75", ["65"] = "83 84",
    };

    /// <summary>Does a post code lie in the province of a division?</summary>
    public static bool Fit(ReadOnlySpan<char> zip, string code) =>
        ByProvince.TryGetValue(code[..2], out var heads) && heads.AsSpan().Contains(zip[..2], StringComparison.Ordinal) && zip[0] is >= '0' and <= '8';
}

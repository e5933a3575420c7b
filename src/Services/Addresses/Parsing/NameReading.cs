namespace Courier.Services.Addresses.Parsing;

/// <summary>A possible name.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Score">How much it looks like a name.</param>
/// <param name="From">The segment that it is, or is part of.</param>
/// <param name="Glued">Was it cut from words that are written together?</param>
internal readonly record struct NameGuess(int Start, int End, int Score, Segment From, bool Glued)
{
    /// <summary>Where the words before it end: at the name, or at 收件人 before it.</summary>
    public int Head { get; init; } = Start;
}

/// <summary>Finds the name: whatever is left and looks like one, by its place, its length, its surname, its neighbours.</summary>
internal sealed class NameReading(PastedText text, List<Segment> segments, bool hasPhone)
{
    private const int Impossible = -1000, Labelled = 100, EnoughWithPhone = 30, EnoughWithout = 36;

    /// <summary>The name; null when nothing looks like one.</summary>
    /// <param name="place">How the place was read; null when there is none.</param>
    /// <param name="placeSegments">First and last segment that the names of the place lie in; -1 for none.</param>
    public NameGuess? Best(Reading? place, (int First, int Last) placeSegments)
    {
        NameGuess? best = null;
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (i >= placeSegments.First && i <= placeSegments.Last)
            {
                if (i == placeSegments.First && place is { } read) Consider(Prefix(segment, read.Start), ref best);
                continue;
            }
            Consider(Whole(i, place is not null), ref best);
        }
        if (best is { } found && found.Score >= (hasPhone ? EnoughWithPhone : EnoughWithout)) return Spaced(found);
        return GluedBehind(place, placeSegments.Last);
    }

    private static void Consider(NameGuess? guess, ref NameGuess? best)
    {
        if (guess is { } g && (best is null || g.Score > best.Value.Score)) best = g;
    }

    private NameGuess? Whole(int index, bool hasPlace)
    {
        var segment = segments[index];
        if (segment.Field is Field.Zip or Field.Other || segment.Field is Field.Region or Field.Detail && !(segment.BesidePhone && index > 0 && segments[index - 1].Field == segment.Field)) return null;
        var (start, end, addressed) = Noise.WithoutNameNoise(text, segment.Start, segment.End);
        var score = Look(text.KeyOf(start, end));
        if (segment.Field == Field.Name) return new NameGuess(start, end, Labelled + Math.Max(score, 0), segment, false);
        if (score == Impossible) return null;
        if (addressed) score += 25;
        if (segment.BesidePhone) score += 18;
        // 吴镇, 李庄: behind the number and at the end, words that begin with a surname are a name, whatever they end with.
        if (segment is { BesidePhone: true, BehindPhone: true } && hasPlace && index == segments.Count - 1 && end - start is 2 or 3 && Surnames.IsUsual(text.Key[start]) && AddressWords.EndsLikeAddress(text.Key[end - 1])) score += 20;
        if (segment.BehindZip && index == segments.Count - 1) score += 8;
        if (index == 0 || index == segments.Count - 1) score += 6;
        if (segment.BeginsLine && (index == segments.Count - 1 || segments[index + 1].BeginsLine || segment.BesidePhone)) score += 6;
        var betweenWords = index > 0 && index < segments.Count - 1 && !segment.BesidePhone && !segment.BeginsLine;
        if (betweenWords && hasPlace) score -= 10;
        if (IsTalk(text.KeyOf(segment.Start, segment.End)) && !addressed) score -= 40;
        return new NameGuess(start, end, score, segment, false);
    }

    // 陶明天 is nobody's talk: a surname before the word.
    private static bool IsTalk(ReadOnlySpan<char> words) =>
        Noise.IsChatter(words) && !(words.Length == 3 && Surnames.IsUsual(words[0]) && !Noise.IsChatter(words[..2]));

    /// <summary>How much the words themselves look like a name.</summary>
    private static int Look(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > 24 || Noise.IsTag(name)) return Impossible;
        var (han, latin, digits, dots, stars) = (0, 0, 0, 0, 0);
        foreach (var c in name)
        {
            if (PastedText.IsHan(c)) han++;
            else if (char.IsAsciiLetter(c) || c is ' ' or '.' or '\'' or '-') latin++;
            else if (char.IsAsciiDigit(c)) digits++;
            else if (c is '·' or '•' or '.' or '・') dots++;
            else if (c == '*') stars++;
        }
        if (han + latin == 0 && stars == 0) return Impossible;
        if (digits > 0) return digits > 3 || han > 5 || han == 0 && latin < 2 ? Impossible : 6;
        if (han == 0) return stars > 0 ? Impossible : name.Length is >= 2 and <= 20 ? 18 : Impossible;
        return dots > 0 && han >= 4 ? 34 : Chinese(name, han + stars, latin);
    }

    private static int Chinese(ReadOnlySpan<char> name, int han, int latin)
    {
        var score = han switch { 1 => latin > 0 ? 22 : 30, 2 => 30, 3 => 32, 4 => 24, 5 => 6, 6 => 0, _ => Impossible };
        if (score == Impossible) return Impossible;
        var surname = Surnames.Length(name);
        if (surname == 1) score += Surnames.IsUsual(name[0]) ? 20 : 14;
        if (surname == 2) score += han <= 4 ? 38 : 20;
        if (name.Length >= 2 && name[0] is '小' or '老' or '阿' && Surnames.Length(name[1..]) > 0) score += 12;
        if (HasTitle(name)) return score + 25;
        if (han > 1 && AddressWords.EndsLikeAddress(name[^1])) score -= surname > 0 && han <= 3 && name[^1] is '里' or '元' or '道' or '行' or '铺' or '桥' or '营' or '坊' or '房' or '线' ? 8 : 45;
        if (han > 1 && AddressWords.MayEndAddress(name[^1])) score -= surname > 0 && han <= 3 ? 8 : 22;
        if (AddressWords.HasWord(name)) score -= 50;
        return score - 10 * Math.Max(0, AddressWords.CountMarkers(name[Math.Max(1, surname)..]) - 1);
    }

    private static bool HasTitle(ReadOnlySpan<char> name) =>
        name.Length <= 6 && (name.EndsWith("先生") || name.EndsWith("女士") || name.EndsWith("小姐") || name.EndsWith("老师") || name.EndsWith("同学") || name.EndsWith("师傅") || name.EndsWith("经理") || name.EndsWith("医生")
            || name.EndsWith("阿姨") || name.EndsWith("叔叔") || name.EndsWith("总") && name.Length <= 3 || name.EndsWith("太太") || name.EndsWith("主任") || name.EndsWith("校长") || name.EndsWith("教授") || name.EndsWith("律师"));

    // 张三浙江省杭州市…: the words before the first name of the place.
    private NameGuess? Prefix(Segment segment, int placeStart)
    {
        var (start, end, addressed) = Noise.WithoutNameNoise(text, segment.Start, placeStart);
        if (start >= end || segment.AfterNoise == placeStart && !addressed) return null;
        var score = Look(text.KeyOf(start, end));
        if (score == Impossible || Noise.IsChatter(text.KeyOf(segment.Start, placeStart))) return null;
        // 扎西多吉四川省…: words that open the text or stand behind the number are hardly anything else.
        var opens = start == segment.Start && (segment.BeginsLine || segment.BesidePhone);
        return new NameGuess(start, end, score + (opens ? 6 : -8) + (addressed ? 20 : 0) + (segment.BesidePhone ? 6 : 0), segment, true);
    }

    // 姚家园楼丽丽15000000000: a surname and one or two characters more behind a word that an address ends with.
    private NameGuess? GluedBehind(Reading? place, int last)
    {
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            var segment = segments[i];
            if (segment.Field is Field.Other or Field.Zip || !segment.BesidePhone && (hasPhone || i != segments.Count - 1)) continue;
            var from = place is { } read && i == last ? Math.Max(segment.Start, read.DetailStart) : segment.Start;
            var (_, end, addressed) = Noise.WithoutNameNoise(text, from, segment.End);
            if (Noise.NameLeadWithin(text.KeyOf(from, end)) is { } lead && Look(text.KeyOf(from + lead.End, end)) is var look && look >= EnoughWithPhone)
                return new NameGuess(from + lead.End, end, look, segment, true) { Head = from + lead.Start };
            if (BestTail(from, end, addressed) is { } guess) return new NameGuess(guess.Start, end, guess.Score, segment, true);
        }
        return null;
    }

    private (int Start, int Score)? BestTail(int from, int end, bool addressed)
    {
        (int Start, int Score)? best = null;
        for (var length = 2; length <= 4; length++)
        {
            var start = end - length;
            if (start - 2 < from) break;
            var name = text.KeyOf(start, end);
            var surname = Surnames.Length(name);
            if (surname == 0 || length == 4 && surname < 2 && !HasTitle(name) || !AllHan(name)) continue;
            if (!AddressWords.MayStandBeforeName(text.Key[start - 1]) && !addressed) continue;
            // 3楼马云: the floor is no surname.
            if ((char.IsAsciiDigit(text.Key[start - 1]) || text.Key[start - 1] is '号' or '栋' or '幢' or '座' or '期' or '#') && AddressWords.LooksLikeAddress([name[0], name[0]])) continue;
            var score = Chinese(name, length, 0);
            if (score >= (hasPhone ? 40 : 48) && (best is null || score > best.Value.Score)) best = (start, score);
        }
        return best;
    }

    private static bool AllHan(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (!PastedText.IsHan(c)) return false;
        return true;
    }

    // "张 三" and "John Smith" stand in two segments.
    private NameGuess Spaced(NameGuess name)
    {
        var at = segments.IndexOf(name.From);
        if (name.Glued || at < 0) return name;
        var latin = char.IsAsciiLetter(text.Key[name.Start]);
        while (at + 1 < segments.Count && OneWord(name.End, segments[at + 1], latin, name.End - name.Start))
        {
            at++;
            segments[at].Used = true;
            name = name with { End = segments[at].End };
        }
        var first = segments.IndexOf(name.From);
        while (first > 0 && OneWord(segments[first - 1].End, segments[first], latin, segments[first].Length) && segments[first - 1] is { Field: Field.None } before && SameWord(before, latin))
        {
            first--;
            segments[first].Used = true;
            name = name with { Start = segments[first].Start };
        }
        return name;
    }

    private bool OneWord(int end, Segment next, bool latin, int length) =>
        text.KeyOf(end, next.Start) is " " && next.Field is Field.None or Field.Name && text.KeyOf(end, next.Start) is " " && (latin || length == 1) && SameWord(next, latin);

    private bool SameWord(Segment other, bool latin)
    {
        var word = text.KeyOf(other.Start, other.End);
        return latin ? word.IndexOfAnyExceptInRange('a', 'z') < 0 && word.Length >= 2 : word.Length <= 2 && AllHan(word) && !AddressWords.LooksLikeAddress(word);
    }
}

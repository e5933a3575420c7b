using System.Text;
using Courier.Kernel;

namespace Courier.Services.Addresses.Parsing;

/// <summary>
/// Reads what people paste: name, number and address in any order, with labels, greetings, old names and mistakes. It asks when the text
/// does not decide. Safe for any text and from several threads; the tables are built when it is asked first.
/// </summary>
public sealed class AddressParser
{
    /// <summary>Longer texts are read up to here.</summary>
    public const int MostCharacters = 2000;

    private static readonly Lazy<PlaceTable> Table = new(() => new PlaceTable(new Divisions()));

    /// <summary>Reads one address; a list of them is for <see cref="PastedList"/>.</summary>
    /// <param name="text">As it was pasted.</param>
    public ParsedAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = HiddenMarks.Without(text);
        return new OneParse(new PlaceReading(Table.Value), plain.Length > MostCharacters ? plain[..MostCharacters] : plain).Result();
    }
}

/// <summary>The steps of one parse: numbers, labels, segments, place, name, detail.</summary>
internal sealed class OneParse
{
    private readonly PlaceReading _places;
    private readonly PastedText _text;
    private readonly List<FoundNumber> _numbers;
    private readonly List<FoundLabel> _labels;
    private List<Segment> _segments;
    private ParsedPhone? _phone;

    public OneParse(PlaceReading places, string text)
    {
        _places = places;
        _text = new PastedText(text);
        _numbers = NumberScan.Find(_text);
        Senders.Wall(_text, _numbers);
        foreach (var number in _numbers) _text.Set(number.Start, number.End, Mark.Wall);
        ChatHeads.Wall(_text);
        _labels = Labels.Find(_text);
        LocalNumbers(_labels);
        _segments = Segment.Cut(_text, _numbers, _labels);
        _phone = Chosen();
    }

    public ParsedAddress Result()
    {
        var readings = _places.Read(_text, _segments);
        if (NumberBeside(readings)) readings = _places.Read(_text, _segments);
        var fromStreet = readings.Count == 0;
        if (fromStreet) readings = _places.ReadStreets(_text, _segments);
        Reading? reading = readings.Count > 0 ? readings[0] : null;
        var within = reading is { } r ? Holding(r) : (-1, -1);
        var name = new NameReading(_text, _segments, _phone is not null).Best(reading, within);
        var rest = new DetailReading(_places, _text, _segments, _numbers, _phone).Read(reading, within, name);
        return new Findings(_text, _phone, readings, fromStreet, name, rest).Result();
    }

    private (int First, int Last) Holding(Reading reading)
    {
        var first = _segments.FindIndex(s => s.End > reading.Start);
        var last = _segments.FindLastIndex(s => s.Start < reading.End);
        return (first, Math.Max(first, last));
    }

    // "电话：63330000": seven or eight digits are a number only where the text says so.
    private void LocalNumbers(List<FoundLabel> labels)
    {
        foreach (var label in labels)
        {
            if (label.Field != Field.Phone) continue;
            var start = label.End;
            while (start < _text.Length && _text.Key[start] is ' ' or ':') start++;
            var end = start;
            while (_text.IsDigit(end)) end++;
            if (end - start is not (7 or 8) || _text.Marks[start] == Mark.Wall || _numbers.Exists(n => n.Start <= start && n.End > start)) continue;
            _numbers.Add(new FoundNumber(NumberUse.Phone, start, end, new ParsedPhone(_text.ShownOf(start, end), null, PhoneKind.Landline)));
            _text.Set(start, end, Mark.Wall);
        }
    }

    // Eight digits, or ten from 09 on, are a telephone number where the place is one in which they are.
    private bool NumberBeside(List<Reading> readings)
    {
        if (_phone is not (null or { Kind: PhoneKind.Landline, Dialled: null }) || readings is not [{ Place.Code: ['7' or '8', ..] code }, ..]) return false;
        if (NumberScan.Local(_text, _numbers, code.AsSpan(0, 2)) is not { } number) return false;
        _numbers.RemoveAll(n => n.Start < number.End && number.Start < n.End);
        _numbers.Add(number);
        _text.Set(number.Start, number.End, Mark.Wall);
        _segments = Segment.Cut(_text, _numbers, _labels);
        _phone = Chosen();
        return true;
    }

    // A mobile number before others, and among them the first.
    private ParsedPhone? Chosen()
    {
        var phones = _numbers.FindAll(n => n.Use == NumberUse.Phone);
        return (phones.Find(n => n.Phone!.Kind is PhoneKind.Mobile or PhoneKind.Virtual).Phone ?? phones.Find(n => n.Phone!.Kind != PhoneKind.Masked).Phone ?? phones.FirstOrDefault().Phone);
    }
}

/// <summary>Puts the pieces together and tells what is missing and how sure it is.</summary>
internal sealed class Findings(PastedText text, ParsedPhone? phone, List<Reading> readings, bool fromStreet, NameGuess? name, DetailFound rest)
{
    private readonly List<string> _doubtful = [];
    private double _confidence = 1;

    public ParsedAddress Result()
    {
        var region = Region();
        var who = name is { } n ? WithoutBlanks(Unbracketed(text.ShownOf(n.Start, n.End))) : "";
        // 1+1 under the heading 姓名: what a formula left is nobody's name.
        if (who.Length > 0 && !who.Any(c => char.IsLetter(c) || PastedText.IsHan(c))) Doubt("name", 0.3);
        else if (name is { Glued: true }) Doubt("name", 0.1);
        else if (who.Length > 0 && name!.Value.Score < 40) Doubt("name", 0.05);
        var missing = Missing(region, who);
        _confidence -= 0.1 * missing.Count;
        var refusals = Refusals(who);
        var notices = readings is [{ Renamed: { } renamed }] ? new List<string> { Misspellings.Mean(renamed.Old, renamed.Now.Name) ? Texts.Misspelt(renamed.Old, renamed.Now.Name) : Texts.Renamed(renamed.Old, renamed.Now.Name) } : [];
        return new ParsedAddress(
            who, phone, region.Province, region.City, region.District, readings.Count == 1 ? readings[0].Street?.Name ?? "" : "", rest.Detail, rest.Zip,
            Math.Round(Math.Clamp(_confidence, 0, 1), 2), [.. readings.Select(r => NameOf(r.Place))], missing, _doubtful, refusals, notices);
    }

    // A bracket without its twin is none of the name; 老李(李建国) keeps both.
    private static string Unbracketed(string name)
    {
        var bare = name.Trim(' ', '(', '（', ')', '）');
        return name.IndexOfAny(['(', '（']) is > 0 && name[^1] is ')' or '）' ? name.Trim() : bare;
    }

    // "张 三" is 张三; John Smith keeps the blank.
    private static string WithoutBlanks(string name) => name.Length > 0 && PastedText.IsHan(name[0]) ? name.Replace(" ", "", StringComparison.Ordinal) : name;

    private void Doubt(string field, double less)
    {
        _doubtful.Add(field);
        _confidence -= less;
    }

    private RegionName Region()
    {
        if (readings.Count == 0)
        {
            _confidence -= 0.2;
            return new RegionName("", "", "");
        }
        var all = readings.ConvertAll(r => NameOf(r.Place));
        if (all.Count > 1)
        {
            Doubt("district", 0.4);
            return new RegionName(Common(all, r => r.Province), Common(all, r => r.City), Common(all, r => r.District));
        }
        if (fromStreet) Doubt("district", 0.3);
        else if (readings[0].Score < 5.5f) Doubt("district", 0.1);
        if (readings[0].ByZone) Doubt("city", 0.2);
        return all[0];
    }

    private static string Common(List<RegionName> all, Func<RegionName, string> field) => all.TrueForAll(r => field(r) == field(all[0])) ? field(all[0]) : "";

    private static RegionName NameOf(Division place) => RegionNames.Of(place);

    private List<string> Missing(RegionName region, string who)
    {
        var missing = new List<string>(4);
        if (who.Length == 0) missing.Add("name");
        if (phone is null) missing.Add("phone");
        if (region.Province.Length == 0) missing.Add("province");
        if (region.City.Length == 0) missing.Add("city");
        if (region.District.Length == 0 && (region.City.Length == 0 || readings.Count != 1 || !RegionNames.HasNoDistricts(readings[0].Place))) missing.Add("district");
        if (rest.Detail.Length == 0) missing.Add("detail");
        return missing;
    }

    private List<ParseRefusal> Refusals(string who)
    {
        var refusals = new List<ParseRefusal>();
        if (phone?.Kind == PhoneKind.Masked) refusals.Add(new ParseRefusal("phone", "phone.masked", Texts.PhoneMasked));
        else if (phone is { Dialled: null, Kind: PhoneKind.Landline }) refusals.Add(new ParseRefusal("phone", "phone.incomplete", Texts.PhoneWithoutArea));
        if (who.Contains('*', StringComparison.Ordinal)) refusals.Add(new ParseRefusal("name", "name.masked", Texts.NameMasked));
        if (refusals.Count > 0) _confidence -= 0.3;
        return refusals;
    }
}

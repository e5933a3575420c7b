using System.Text.RegularExpressions;
using Courier.Services.Addresses;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>The places of a question for a price, by which side of 到 they stand on. Pure.</summary>
/// <param name="From">Where it may begin.</param>
/// <param name="To">Where it may end.</param>
/// <param name="LeftOver">How many characters named nothing.</param>
/// <param name="Unknown">The word that stands where a place belongs and names none; empty when there is none.</param>
internal sealed partial record PricePlaces(IReadOnlyList<Division> From, IReadOnlyList<Division> To, int LeftOver, string Unknown)
{
    private const int MostPlaces = 4;

    /// <summary>Reads them.</summary>
    /// <param name="text">What is left of the question once weight, size and chatter are taken out.</param>
    /// <param name="isList">Does it say nothing but places, 深圳 北京?</param>
    /// <param name="divisions">The places of China.</param>
    public static PricePlaces In(string text, bool isList, Divisions divisions)
    {
        var origin = Side.Of("", divisions);
        if (Origin().Match(text) is { Success: true } match && Side.Of(match.Groups["place"].Value, divisions) is var said && (said.Places.Count > 0 || said.Word.Length > 0))
        {
            origin = said;
            text = text.Remove(match.Index, match.Length).Insert(match.Index, " ");
        }
        var way = Towards().Match(text);
        if (!way.Success) return Listed(Side.Of(text, divisions), origin, isList);
        var before = Side.Of(text[..way.Index], divisions);
        var behind = Side.Of(Towards().Replace(text[way.Index..], " "), divisions);
        var unknown = origin.Word.Length > 0 ? origin.Word
            : origin.Places.Count + before.Places.Count == 0 && way.Value is "到" or "至" or "→" or "->" ? before.Word
            : behind.Places.Count == 0 && Leads().IsMatch(text[way.Index..]) ? behind.Word : "";
        if (behind.Places.Count == 0 && unknown.Length == 0) return Listed(before, origin, isList);
        return new PricePlaces(Whole([.. origin.Places, .. before.Places]), Whole(behind.Places), origin.LeftOver + before.LeftOver + behind.LeftOver, unknown);
    }

    // 深圳 北京: the first is where it begins. 广东 深圳 北京: what lies within the one before belongs to it, as long as two are left.
    private static PricePlaces Listed(Side said, Side origin, bool isList)
    {
        var places = said.Places.ToList();
        var most = origin.Places.Count > 0 ? 1 : 2;
        for (var i = 0; i + 1 < places.Count && places.Count > most;)
        {
            if (Within(places[i], places[i + 1]) is not { Count: > 0 } part) i++;
            else
            {
                places[i] = part;
                places.RemoveAt(i + 1);
            }
        }
        var unknown = origin.Word.Length > 0 ? origin.Word : isList && places.Count < most ? said.Word : "";
        var left = said.LeftOver + origin.LeftOver;
        if (origin.Places.Count > 0) return new PricePlaces(Whole(origin.Places), places.Count > 0 ? places[0] : [], left, unknown);
        return places.Count < 2 ? new PricePlaces([], places.Count > 0 ? places[0] : [], left, unknown) : new PricePlaces(places[0], places[1], left, unknown);
    }

    // On one side of 到 stands one place: 广东 深圳 are the province and its city.
    private static IReadOnlyList<Division> Whole(IReadOnlyList<IReadOnlyList<Division>> places) =>
        places.Count == 0 ? [] : places.Skip(1).Aggregate(places[0], (whole, next) => Within(whole, next) is { Count: > 0 } part ? part : whole);

    private static IReadOnlyList<Division> Within(IReadOnlyList<Division> around, IReadOnlyList<Division> places) =>
        [.. places.Where(p => around.Any(a => p != a && p.IsWithin(a)))];

    [GeneratedRegex("(?:从|由|自(?![贡治]))(?<place>[^ 到往至去寄发邮给]{2,20})")]
    private static partial Regex Origin();

    [GeneratedRegex("(?:寄往|寄到|寄去|寄至|寄给|寄回|发往|发到|发去|发至|邮到|邮往|邮寄到|快递到|送到|到达|到|往|至|去|邮寄|寄|发|(?<!高)邮|→|->|—|~|-)+")]
    private static partial Regex Towards();

    [GeneratedRegex("[到往至→]|->")]
    private static partial Regex Leads();

    /// <summary>The places of one side, and the first word that is none.</summary>
    private sealed partial record Side(IReadOnlyList<IReadOnlyList<Division>> Places, string Word, int LeftOver)
    {
        // Words between blanks are places of their own; in one word 深圳北京 are two, 深圳南山 is one.
        public static Side Of(string text, Divisions divisions)
        {
            List<IReadOnlyList<Division>> places = [];
            var (word, left) = ("", 0);
            foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var rest = part;
                while (places.Count < MostPlaces && rest.Length > 1 && PlaceChoices.In(divisions, rest) is { Places.Count: > 0 } named)
                {
                    places.Add(named.Places);
                    rest = named.Left;
                }
                left += rest.Length;
                if (word.Length == 0 && rest == part && Name().IsMatch(part)) word = part;
            }
            return new Side(places, word, left);
        }

        [GeneratedRegex("^(?!.*[哪什多这那我你门家里])[\u4e00-\u9fff]{2,8}$")]
        private static partial Regex Name();
    }
}

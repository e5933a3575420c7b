using System.Buffers;

namespace Courier.WechatGateway.Keywords;

/// <summary>
/// The rows of an edition, laid out so that a text is compared with few of them: most of what customers write is a number or a
/// sentence that no row is for, and that shows without looking at each.
/// </summary>
internal sealed class KeywordIndex
{
    private readonly IReadOnlyList<Keyword> _rows;
    private readonly Dictionary<string, List<int>> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<char, List<int>> _numbers = [], _prefixes = [];
    private readonly List<int> _contained = [];
    private readonly SearchValues<string> _containedWords;

    public KeywordIndex(IReadOnlyList<Keyword> rows)
    {
        _rows = rows;
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Word.Length > 0) PlaceOf(rows[i]).Add(i);
        _containedWords = SearchValues.Create([.. _contained.Select(i => rows[i].Word)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All rows in their order.</summary>
    public IReadOnlyList<Keyword> Rows => _rows;

    /// <summary>Rows that may match the words, in their order; no other row does.</summary>
    public IReadOnlyList<Keyword> Candidates(string words)
    {
        if (words.Length == 0) return [];
        List<int>? found = null;
        Add(ref found, _exact.GetValueOrDefault(words));
        if (Keyword.WithoutEnd(words) is var bare && bare.Length < words.Length) Add(ref found, _exact.GetValueOrDefault(bare));
        if (SaidNumber.In(words) is { } number)
        {
            Add(ref found, _numbers.GetValueOrDefault(number.Digits[0]));
            if (number.WithoutZero.Length < number.Digits.Length) Add(ref found, _numbers.GetValueOrDefault(number.WithoutZero[0]));
        }
        Add(ref found, _prefixes.GetValueOrDefault(char.ToUpperInvariant(words[0])));
        if (_contained.Count > 0 && words.AsSpan().ContainsAny(_containedWords)) Add(ref found, _contained);
        if (found is null) return [];
        found.Sort();
        return [.. found.Select(i => _rows[i])];
    }

    private List<int> PlaceOf(Keyword row) => row.MatchKind switch
    {
        KeywordMatch.Exact => Place(_exact, row.Word),
        KeywordMatch.Number => Place(_numbers, row.Word[0]),
        KeywordMatch.Prefix => Place(_prefixes, char.ToUpperInvariant(row.Word[0])),
        KeywordMatch.Contains => _contained,
    };

    private static List<int> Place<TKey>(Dictionary<TKey, List<int>> places, TKey key) where TKey : notnull =>
        places.TryGetValue(key, out var known) ? known : places[key] = [];

    private static void Add(ref List<int>? found, List<int>? more)
    {
        if (more is null) return;
        found ??= [];
        found.AddRange(more);
    }
}

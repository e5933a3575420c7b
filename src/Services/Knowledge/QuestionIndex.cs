namespace Courier.Services.Knowledge;

/// <summary>
/// Matches a text with the frequent questions by their keywords. The score is the number of the text's characters that
/// keywords cover, plus something for every pair of neighbouring characters shared with the standard question.
/// </summary>
internal sealed class QuestionIndex(IEnumerable<QuestionRow> rows)
{
    private const double LeastScore = 2, LeastShare = 0.2, LeastLead = 0.5, PairWeight = 0.7;
    private const int PairsInsteadOfKeywords = 3;

    private readonly List<Entry> _entries = [.. rows.Select(r => new Entry(r))];

    /// <summary>The one answer that fits; null when nothing fits, too little of the text is understood, or two fit alike.</summary>
    public FaqAnswer? Best(string text)
    {
        var plain = PlainText.Of(text);
        if (plain.Length is < 2 or > 200) return null;
        var ranked = _entries
            .Select(e => (Entry: e, Score: e.Score(plain)))
            .Where(m => m.Score >= LeastScore && m.Score / plain.Length >= LeastShare)
            .OrderByDescending(m => m.Score)
            .Take(2)
            .ToList();
        if (ranked.Count == 0) return null;
        return ranked.Count == 1 || ranked[0].Score - ranked[1].Score >= LeastLead ? ranked[0].Entry.Row.Found : null;
    }

    private sealed class Entry
    {
        private readonly string[] _keywords;
        private readonly HashSet<string> _pairs;

        public Entry(QuestionRow row)
        {
            Row = row;
            var question = PlainText.Of(row.Question);
            _keywords = [.. row.Keywords.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(PlainText.Of).Append(question).Where(k => k.Length > 1).Distinct()];
            _pairs = [.. Pairs(question)];
        }

        public QuestionRow Row { get; }

        public double Score(string text)
        {
            var covered = new bool[text.Length];
            foreach (var keyword in _keywords)
            {
                for (var at = text.IndexOf(keyword, StringComparison.Ordinal); at >= 0; at = text.IndexOf(keyword, at + 1, StringComparison.Ordinal))
                    covered.AsSpan(at, keyword.Length).Fill(true);
            }
            var count = covered.Count(c => c);
            var shared = Pairs(text).Distinct().Count(_pairs.Contains);
            return count == 0 && shared < PairsInsteadOfKeywords ? 0 : count + PairWeight * shared;
        }

        private static IEnumerable<string> Pairs(string text) => Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => text.Substring(i, 2));
    }
}

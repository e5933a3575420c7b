namespace Courier.Services.Addresses.Parsing;

/// <summary>
/// Reads many recipients out of one pasted text: one a line, several lines each with blank lines between, numbered, labelled, or mixed.
/// A record has one telephone number; that is what the borders are found by. Where the lines hold an address each, a line that lacks its
/// number is still somebody: no recipient is lost, and none gets two addresses unseen.
/// </summary>
public static class PastedList
{
    /// <summary>Longer texts are refused by those who call.</summary>
    public const int MostCharacters = 60_000;

    /// <summary>More recipients than that are refused by those who call.</summary>
    public const int MostRecords = 500;

    private const string Circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

    /// <summary>The recipients in the order of the text; headings and empty lines are none.</summary>
    /// <param name="parser">Reads each of them.</param>
    /// <param name="text">The whole list.</param>
    public static IReadOnlyList<AddressDraft> Read(AddressParser parser, string text)
    {
        ArgumentNullException.ThrowIfNull(parser);
        ArgumentNullException.ThrowIfNull(text);
        var drafts = new List<AddressDraft>();
        foreach (var record in Records(parser, text))
        {
            var words = string.Join('\n', record.Select(l => l.Text));
            var address = parser.Parse(words);
            if (address.Phone is null && address.Candidates.Count == 0) continue;
            var draft = AddressDraft.Of(record[0].Number, words, address);
            var isTwo = record.Count(l => l.Addressed) > 1 && !draft.Doubtful.Contains("detail");
            drafts.Add(isTwo ? draft with { Doubtful = [.. draft.Doubtful, "detail"] } : draft);
        }
        return drafts;
    }

    private static IEnumerable<List<Line>> Records(AddressParser parser, string text)
    {
        var block = new List<Line>();
        var number = 0;
        foreach (var words in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(words) && !IsRule(words))
            {
                block.AddRange(Line.Of(parser, number, words));
                continue;
            }
            foreach (var record in Borders(block)) yield return record;
            block = [];
        }
        foreach (var record in Borders(block)) yield return record;
    }

    // "-----" and "=====" stand between records as blank lines do.
    private static bool IsRule(string line) => line.AsSpan().Trim().IndexOfAnyExcept("-=_*—~·.#") < 0;

    private static IEnumerable<List<Line>> Borders(List<Line> block)
    {
        if (block.Count == 0) return [];
        if (block.Exists(l => l.Numbered)) return Cut(block, (_, line) => line.Numbered);
        // A line without an address among them is more of the one before; a heading is nobody.
        if (2 * block.Count(l => l.Addressed) > block.Count) return Cut(block, (record, line) => line.Addressed && record.TrueForAll(l => l.Addressed || l.Phones == 0));
        var phones = block.Sum(l => l.Phones);
        if (phones == 1 || block.Count == 1) return [block];
        if (phones == 0) return block.Exists(l => l.Labelled) ? [block] : block.ConvertAll(l => new List<Line> { l });
        if (block.TrueForAll(l => l.Phones > 0)) return block.ConvertAll(l => new List<Line> { l });
        if (block.Exists(l => l.Named)) return Cut(block, (record, line) => line.Named && record.Exists(l => l.Named || l.Phones > 0 && line.Phones > 0));
        return Regular(block, phones) is { } size ? block.Chunk(size).Select(c => c.ToList()) : Cut(block, (record, line) => line.Phones > 0 && record.Exists(l => l.Phones > 0) || Complete(record) && line.Phones == 0 && record.Count > 0 && record[^1].Long && record.Exists(l => l.Phones > 0));
    }

    // Three lines each, the number always in the same one.
    private static int? Regular(List<Line> block, int phones)
    {
        if (block.Count % phones != 0) return null;
        var size = block.Count / phones;
        return block.Chunk(size).All(c => c.Sum(l => l.Phones) == 1) ? size : null;
    }

    private static bool Complete(List<Line> record) => record.Sum(l => l.Text.Length) >= 25;

    private static IEnumerable<List<Line>> Cut(List<Line> block, Func<List<Line>, Line, bool> begins)
    {
        var record = new List<Line>();
        foreach (var line in block)
        {
            if (record.Count > 0 && begins(record, line))
            {
                yield return record;
                record = [];
            }
            record.Add(line);
        }
        yield return record;
    }

    /// <summary>A line of the list without its number.</summary>
    private sealed record Line(int Number, string Text, int Phones, bool Numbered, bool Named, bool Labelled, bool Addressed)
    {
        public bool Long => Text.Length > 12;

        public static IEnumerable<Line> Of(AddressParser parser, int number, string words)
        {
            var text = words.Trim();
            var behind = BehindNumber(text);
            if (behind > 0) text = text[behind..].TrimStart();
            var phones = Phones0(text);
            if (phones < 2) return [Make(parser, number, text, phones, behind > 0)];
            var parts = text.Split(';', '；');
            // Two numbers in one line are two people only where a semicolon parts them.
            return parts.Count(p => Phones0(p) == 1) == phones && phones > 1
                ? parts.Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => Make(parser, number, p.Trim(), Phones0(p), true))
                : [Make(parser, number, text, 1, behind > 0)];
        }

        private static Line Make(AddressParser parser, int number, string text, int phones, bool numbered)
        {
            var labels = Labels.Find(new PastedText(text));
            var address = parser.Parse(text);
            return new Line(number, text, phones, numbered, labels.Exists(l => l.Field == Field.Name), labels.Count > 0, address.Candidates.Count > 0 && address.Detail.Length > 0);
        }

        private static int Phones0(string text) => NumberScan.Find(new PastedText(text)).Count(n => n.Use == NumberUse.Phone);

        // "1.", "2、", "(3)", "4)", "⑤", "No.6", "第7个:"
        private static int BehindNumber(string text)
        {
            if (text.Length > 0 && Circled.Contains(text[0], StringComparison.Ordinal)) return 1;
            var at = text.StartsWith('(') || text.StartsWith('（') || text.StartsWith('#') ? 1 : text.StartsWith("No.", StringComparison.OrdinalIgnoreCase) ? 3 : text.StartsWith('第') ? 1 : 0;
            var digits = at;
            while (at < text.Length && at - digits < 4 && char.IsAsciiDigit(Kernel.HalfWidth.Of(text[at]))) at++;
            if (at == digits || at >= text.Length || char.IsAsciiDigit(text[at])) return 0;
            if (text[at] is '.' or '、' or ')' or '）' or ':' or '：' or '．' or '\t') return at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && text[at] == '.' && at - digits > 1 ? 0 : at + 1;
            if (text[0] == '第' && text[at] is '个' or '位' or '单') return at + (at + 1 < text.Length && text[at + 1] is ':' or '：' or '、' ? 2 : 1);
            return text[0] is '#' or 'N' && text[at] == ' ' || digits == 0 && at <= 3 && text[at] is ' ' or ',' or '，' ? at + 1 : 0;
        }
    }
}

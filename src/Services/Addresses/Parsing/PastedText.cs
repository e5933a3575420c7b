using Courier.Kernel;

namespace Courier.Services.Addresses.Parsing;

/// <summary>What a character is part of.</summary>
internal enum Mark : byte
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>Blanks and punctuation: between words; the names of one place may lie on both sides.</summary>
    Gap,

    /// <summary>The end of a line.</summary>
    Line,

    /// <summary>Phones, other numbers and labels: nothing is joined across them.</summary>
    Wall,
}

/// <summary>A text with its marks, character by character. Positions are the same in all three.</summary>
internal sealed class PastedText
{
    public PastedText(string text)
    {
        Length = text.Length;
        Shown = new char[Length];
        Key = new char[Length];
        Marks = new Mark[Length];
        for (var i = 0; i < Length; i++) Take(text, i);
        SpokenNumbers.Write(this);
        for (var i = 0; i < Length; i++) Marks[i] = MarkAt(i);
        OpenBrackets();
    }

    public int Length { get; }

    /// <summary>As it is shown: full-width digits and letters are replaced, traditional characters stay.</summary>
    public char[] Shown { get; }

    /// <summary>As it is looked up: half-width, simplified, Latin letters small.</summary>
    public char[] Key { get; }

    public Mark[] Marks { get; }

    public ReadOnlySpan<char> KeyFrom(int start) => Key.AsSpan(start);

    public ReadOnlySpan<char> KeyOf(int start, int end) => Key.AsSpan(start, end - start);

    public string ShownOf(int start, int end) => new(Shown, start, end - start);

    public bool IsText(int at) => at >= 0 && at < Length && Marks[at] == Mark.Text;

    public bool IsDigit(int at) => at >= 0 && at < Length && char.IsAsciiDigit(Key[at]);

    public void Set(int start, int end, Mark mark) => Marks.AsSpan(start, end - start).Fill(mark);

    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' || IsRareHan(c) || c == '〇';

    // Halves of characters beyond the basic plane: planes 2 and 3 are Chinese characters, plane 1 is emoji.
    private static bool IsRareHan(char c) => c is >= '\ud840' and <= '\ud8bf';

    private void Take(string text, int i)
    {
        var c = text[i];
        if (c is '\u00a0' or '\u2002' or '\u2003' or '\u2009' or '\u200b' or '\u200c' or '\u200d' or '\ufeff' or '\ufe0f') c = ' ';
        var half = HalfWidth.Of(c);
        Shown[i] = half == ' ' || char.IsAsciiLetterOrDigit(half) ? half : c;
        Key[i] = half is >= 'A' and <= 'Z' ? (char)(half | 0x20) : half switch { '－' or '—' or '–' or '―' or '‐' or '‑' => '-', '＊' or '✱' or '∗' => '*', _ => Traditional.Simplified(half) };
    }

    private Mark MarkAt(int i) => Key[i] switch
    {
        '\n' or '\r' or '\u2028' or '\u2029' => Mark.Line,
        ' ' or '\t' or ',' or ';' or '。' or '、' or '|' or '\\' or '/' or '!' or '?' or '"' or '“' or '”' or '‘' or '’' or '【' or '】' or '[' or ']' or '{' or '}'
            or '<' or '>' or '《' or '》' or '「' or '」' or '『' or '』' or '…' or ':' or '=' or '^' or '︰' or '﹕' or '〔' or '〕' => Mark.Gap,
        '.' or '_' or '~' => BetweenWords(i) ? Mark.Text : Mark.Gap,
        '-' => i > 0 && i + 1 < Length && IsHan(Key[i - 1]) && IsHan(Key[i + 1]) ? Mark.Gap : Mark.Text,
        var c when char.IsControl(c) => Mark.Gap,
        var c when char.IsSurrogate(c) => SurrogateIsHan(i) ? Mark.Text : Mark.Gap,
        >= '\u2010' and <= '\u2bff' => char.IsDigit(Key[i]) || Key[i] is >= '\u2160' and <= '\u217f' or >= '\u2460' and <= '\u24ff' ? Mark.Text : Mark.Gap,
        _ => Mark.Text,
    };

    private bool SurrogateIsHan(int i) => char.IsHighSurrogate(Key[i]) ? IsRareHan(Key[i]) : i > 0 && IsRareHan(Key[i - 1]);

    private bool BetweenWords(int i) => i > 0 && i + 1 < Length && char.IsAsciiLetterOrDigit(Key[i - 1]) && char.IsAsciiLetterOrDigit(Key[i + 1]);

    // 何雨收, 收何雨; foreign names are longer: 买买提·艾力收.
    private static bool IsForName(ReadOnlySpan<char> inside) =>
        inside.Length >= 1 && (inside[^1] == '收' || inside[0] == '收') && inside.Length <= (inside.Contains('·') ? 20 : 6);

    // "(何雨收)" and "(13800001111)" are words of their own; "(成都)律师事务所" is part of a name.
    private void OpenBrackets()
    {
        for (var open = 0; open < Length; open++)
        {
            if (Key[open] != '(') continue;
            var close = Array.IndexOf(Key, ')', open, Math.Min(40, Length - open));
            if (close < 0) continue;
            var inside = KeyOf(open + 1, close);
            var number = inside.Length >= 3 && inside.IndexOfAnyExcept("0123456789-+* ") < 0;
            if (!number && !(IsForName(inside) && !inside.EndsWith("代收"))) continue;
            if (number && open > 0 && IsHan(Key[open - 1]) && inside.Length < 7) continue;
            Marks[open] = Marks[close] = Mark.Gap;
        }
    }
}

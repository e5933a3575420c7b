using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Rates;

/// <summary>A row of a file; each reading that fails names its cell and gives a harmless value, so that all faults are found at once.</summary>
internal sealed partial class SheetRow(string file, int number, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> fields, FaultList faults)
{
    private const decimal MostYuan = 1_000_000m;

    public int Number => number;

    public string Raw(string column) => HalfWidth.Of(fields[columns[column]]).Trim();

    public bool IsEmpty(string column) => Raw(column).Length == 0;

    public void Wrong(string column, string message) => faults.Add(file, number, column, columns.GetValueOrDefault(column, -1), message);

    /// <summary>Text as it stands, punctuation included.</summary>
    public string Text(string column, int most, bool required = true)
    {
        var text = fields[columns[column]].Trim();
        if (text.Length == 0 && required) Wrong(column, CardTexts.Missing);
        else if (text.Length > most) Wrong(column, CardTexts.TooLong(most));
        else if (text.Length > 0 && text[0] is '=' or '+' or '@') Wrong(column, CardTexts.Formula);
        else if (text.Any(char.IsControl)) Wrong(column, CardTexts.ControlCharacter);
        return text;
    }

    public string Code(string column)
    {
        var code = Raw(column);
        if (!CodeForm().IsMatch(code)) Wrong(column, CardTexts.CodeForm);
        return code;
    }

    public long Whole(string column, long least, long most, long? empty = null)
    {
        var raw = Raw(column);
        if (raw.Length == 0 && empty is { } given) return given;
        if (long.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Wrong(column, CardTexts.Whole(least, most));
        return least;
    }

    /// <summary>Yuan with two decimals at most, as fen.</summary>
    public long Fen(string column, long? empty = null) => Hundredths(column, MostYuan, CardTexts.Yuan, empty);

    /// <summary>Percent with two decimals at most, as 1/10,000.</summary>
    public long Share(string column, long? empty = null) => Hundredths(column, 100m, CardTexts.Percent, empty);

    public TimeOnly Time(string column)
    {
        if (TimeOnly.TryParseExact(Raw(column), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Wrong(column, CardTexts.Time);
        return default;
    }

    public DateOnly Date(string column)
    {
        if (DateOnly.TryParseExact(Raw(column), ["yyyy-MM-dd", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Wrong(column, CardTexts.Date);
        return default;
    }

    public bool YesNo(string column)
    {
        var raw = Raw(column);
        if (raw is not ("yes" or "no" or "是" or "否")) Wrong(column, CardTexts.YesNo);
        return raw is "yes" or "是";
    }

    public T One<T>(string column) where T : struct, Enum
    {
        if (EnumText<T>.TryParse(Raw(column), out var value)) return value;
        Wrong(column, CardTexts.OneOf(Enum.GetValues<T>().Select(EnumText<T>.Of)));
        return default;
    }

    public IReadOnlyList<string> Several(string column, IEnumerable<string> known, bool required)
    {
        var parts = Raw(column).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Except(known).Any() || (required && parts.Length == 0)) Wrong(column, CardTexts.Several(known));
        return parts;
    }

    private long Hundredths(string column, decimal most, string message, long? empty)
    {
        var raw = Raw(column);
        if (raw.Length == 0 && empty is { } given) return given;
        if (decimal.TryParse(raw, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= most && value * 100 % 1 == 0) return (long)(value * 100);
        Wrong(column, message);
        return 0;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,19}$")]
    private static partial Regex CodeForm();
}

/// <summary>Collects what is wrong, up to a number that people can read.</summary>
internal sealed class FaultList
{
    private readonly List<CardFault> _faults = [];

    public IReadOnlyList<CardFault> All => _faults;

    public bool IsFull => _faults.Count >= CardReader.MostFaults;

    public void Add(string file, int row, string column, int index, string message)
    {
        if (!IsFull) _faults.Add(new CardFault(CardLayout.FileName(file), row, column, index < 0 || row == 0 ? "" : Letters(index) + row.ToString(CultureInfo.InvariantCulture), message));
    }

    public void Add(string file, string message) => Add(file, 0, "", -1, message);

    public void AddUnknown(string uploaded)
    {
        if (!IsFull) _faults.Add(new CardFault(uploaded, 0, "", "", CardTexts.FileUnknown(uploaded)));
    }

    private static string Letters(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letters(index / 26 - 1) + (char)('A' + index % 26);
}

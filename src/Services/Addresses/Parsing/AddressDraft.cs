namespace Courier.Services.Addresses.Parsing;

/// <summary>One recipient of a list, to be looked over before an order is made of it.</summary>
/// <param name="Line">The line of the text, or the row of the sheet, that it begins at; from 1.</param>
/// <param name="Text">What was read.</param>
/// <param name="Address">What was understood.</param>
/// <param name="Doubtful">Fields that a person must look at: missing, guessed or refused.</param>
public sealed record AddressDraft(int Line, string Text, ParsedAddress Address, IReadOnlyList<string> Doubtful)
{
    /// <summary>May it be used as it is?</summary>
    public bool Ready => Address.IsComplete && Doubtful.Count == 0;

    internal static AddressDraft Of(int line, string text, ParsedAddress address)
    {
        var open = address.Candidates.Count > 1 ? ["district"] : Array.Empty<string>();
        return new AddressDraft(line, text, address, [.. address.Missing.Concat(open).Concat(address.Doubtful).Concat(address.Refusals.Select(r => r.Field)).Distinct()]);
    }

    /// <summary>The line only.</summary>
    public override string ToString() => $"draft of line {Line}";
}

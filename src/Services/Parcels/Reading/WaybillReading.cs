namespace Courier.Services.Parcels;

/// <summary>What a text holds of waybill numbers.</summary>
/// <param name="Candidates">At most 15, without repeats: our own first, then forms of other carriers, then the rest; within these as they stand in the text.</param>
/// <param name="OnlyNumbers">The text holds nothing else but them (and words like 单号), so it is surely a question for parcels.</param>
/// <param name="PhoneTail">Four digits that stand alone beside a number: the last digits of a phone; null when there are none.</param>
public sealed record WaybillReading(IReadOnlyList<WaybillCandidate> Candidates, bool OnlyNumbers, string? PhoneTail)
{
    /// <summary>How many numbers the text holds beyond those of <see cref="Candidates"/>.</summary>
    public int LeftOut { get; init; }
}

/// <summary>Something that may be a waybill number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Own">It has our own prefix, 13 digits and the right check digit.</param>
/// <param name="CheckDigitWrong">It has our own prefix and 13 digits (or one too many or few), or the form of UPU S10, but its check digit is wrong: mistyped.</param>
/// <param name="Guesses">Other carriers whose numbers look like it, the likeliest first; never certain.</param>
public sealed record WaybillCandidate(WaybillNumber Number, bool Own, bool CheckDigitWrong, IReadOnlyList<CarrierGuess> Guesses);

/// <summary>Another carrier that a number may belong to.</summary>
/// <param name="Name">顺丰速运.</param>
/// <param name="Code">Its kuaidi100 code.</param>
/// <param name="Hotline">Its telephone; null when not surely known.</param>
public sealed record CarrierGuess(string Name, string Code, string? Hotline);

namespace Courier.Services.Rates;

/// <summary>What a request may ask for at all, whatever the card says.</summary>
public static class QuoteLimits
{
    private const long MostGrams = 5_000_000, MostMm = 20_000, MostFen = 100_000_000;

    /// <summary>What is wrong with a request: the field as callers name it, and the sentence that people read; null when nothing is.</summary>
    public static (string Field, string Message)? Problem(QuoteRequest request) => request switch
    {
        { Goods.WeightGrams: < 1 or > MostGrams } => ("goods.weightGrams", Texts.WeightWrong),
        { Goods.LengthMm: < 0 or > MostMm } => ("goods.lengthMm", Texts.SizeWrong),
        { Goods.WidthMm: < 0 or > MostMm } => ("goods.widthMm", Texts.SizeWrong),
        { Goods.HeightMm: < 0 or > MostMm } => ("goods.heightMm", Texts.SizeWrong),
        { Goods: { HasSize: false } goods } when goods.LengthMm + goods.WidthMm + goods.HeightMm > 0 => ("goods.lengthMm", Texts.SizeIncomplete),
        { InsuredFen: < 0 or > MostFen } => ("insuredFen", Texts.SumWrong),
        { CodFen: < 0 or > MostFen } => ("codFen", Texts.SumWrong),
        _ => null,
    };
}

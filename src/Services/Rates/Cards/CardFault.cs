namespace Courier.Services.Rates;

/// <summary>What is wrong with a cell of a rate card's files.</summary>
/// <param name="File">The file: <c>rates_prices.csv</c>.</param>
/// <param name="Row">The row as a spreadsheet counts it, 1 is the header; 0 when the whole file is meant.</param>
/// <param name="Column">The column's name; empty when the whole row is meant.</param>
/// <param name="Cell">The cell as a spreadsheet names it: <c>D5</c>; empty when no cell is meant.</param>
/// <param name="Message">What is wrong, as people read it.</param>
public sealed record CardFault(string File, int Row, string Column, string Cell, string Message);

/// <summary>What reading a card's files came to: a card, or what is wrong; never both.</summary>
/// <param name="Card">The card; null when anything is wrong.</param>
/// <param name="Faults">What is wrong, in the order of the files; at most <see cref="CardReader.MostFaults"/>.</param>
public sealed record CardReading(RateCard? Card, IReadOnlyList<CardFault> Faults);

using System.Globalization;

namespace Courier.Bench.Kit;

/// <summary>The same figure of several rounds.</summary>
internal sealed class Figures
{
    private readonly List<double> _values = [];

    public double Median => Sorted[_values.Count / 2];

    private List<double> Sorted => [.. _values.Order()];

    public void Add(double value) => _values.Add(value);

    /// <summary>One line: the median, between the least and the most.</summary>
    public void Print(string name, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-44} {Median,12:N1} {unit,-8} ({Sorted[0]:N1} … {Sorted[^1]:N1})"));

    /// <summary>One line with the ratio of each round's two figures, so that what else the machine does falls on both sides.</summary>
    public static void PrintRatio(string name, Figures ours, Figures theirs, string aim)
    {
        var ratios = ours._values.Zip(theirs._values, (a, b) => a / b).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-44} {ratios[ratios.Count / 2],12:N2} x        ({ratios[0]:N2} … {ratios[^1]:N2}); aim {aim}"));
    }
}

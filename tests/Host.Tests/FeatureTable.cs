using System.Text.RegularExpressions;

namespace Courier.Host.Tests;

/// <summary>docs/features.md is complete, and what it names as proof exists.</summary>
public sealed partial class FeatureTable
{
    private static string Root => Repository.Root;

    private static readonly Lazy<string> TestSources = new(() => string.Join('\n',
        Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText)));

    [Fact]
    public void Every_row_is_there_once()
    {
        var expected = Enumerable.Range(1, 108).Select(n => $"F{n:00}").Concat(Enumerable.Range(1, 41).Select(n => $"X{n:00}"));
        Rows().Select(r => r.Id).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void A_row_that_works_or_works_in_part_names_its_tests_and_a_part_says_what_is_missing()
    {
        foreach (var row in Rows()) Problems(row).ShouldBeEmpty();
    }

    [Fact]
    public void Every_named_test_and_bench_program_exists()
    {
        foreach (var proof in Rows().SelectMany(r => r.Proofs)) Exists(proof).ShouldBeTrue($"{proof} does not exist");
    }

    [Fact]
    public void The_check_itself_sees_a_missing_test_and_an_empty_part()
    {
        Exists("FeatureTable.Nobody_wrote_this").ShouldBeFalse();
        Exists("FeatureTable.Every_row_is_there_once").ShouldBeTrue();
        Problems(new Row("F01", "x", "part", ["FeatureTable.Every_row_is_there_once"], "")).ShouldNotBeEmpty();
        Problems(new Row("F01", "x", "works", [], "")).ShouldNotBeEmpty();
        Problems(new Row("F01", "x", "done", [], "")).ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Problems(Row row)
    {
        if (row.State is not ("none" or "part" or "works")) yield return $"{row.Id}: state '{row.State}'";
        if (row.Meaning.Length == 0) yield return $"{row.Id}: no meaning";
        if (row.State is "works" or "part" && row.Proofs.Count == 0) yield return $"{row.Id}: no test";
        if (row.State is "part" && row.Missing.Length == 0) yield return $"{row.Id}: what is missing?";
        if (row.State is "works" && row.Missing.Length > 0) yield return $"{row.Id}: works, but something is missing";
    }

    private static bool Exists(string proof)
    {
        if (proof.StartsWith("bench/", StringComparison.Ordinal)) return Directory.Exists(Path.Combine(Root, proof));
        var (type, method) = (proof.Split('.')[0], proof.Split('.')[1]);
        return Regex.IsMatch(TestSources.Value, $@"\bclass {Regex.Escape(type)}\b") && Regex.IsMatch(TestSources.Value, $@"\b{Regex.Escape(method)}\(");
    }

    private static List<Row> Rows() =>
        [.. File.ReadLines(Path.Combine(Root, "docs", "features.md"))
            .Select(l => RowLine().Match(l))
            .Where(m => m.Success)
            .Select(m => new Row(m.Groups[1].Value, m.Groups[2].Value.Trim(), m.Groups[3].Value.Trim(),
                [.. Proof().Matches(m.Groups[4].Value).Select(p => p.Groups[1].Value)], m.Groups[5].Value.Trim()))];

    private sealed record Row(string Id, string Meaning, string State, IReadOnlyList<string> Proofs, string Missing);

    [GeneratedRegex(@"^\| ([FX]\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|\s*$")]
    private static partial Regex RowLine();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Proof();
}

using System.Text.RegularExpressions;

namespace Courier.Host.Tests;

/// <summary>docs/features.md is complete, and what it names as proof exists.</summary>
public sealed partial class FeatureTable
{
    private static string Root => Repository.Root;

    private static readonly Lazy<TestSource> Tests = new(() => new(
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
        Exists("FeatureTable.Exists").ShouldBeFalse();
        Exists("FeatureTable.A_wrong_method_is_405").ShouldBeFalse();
        Problems(new Row("F01", "x", "part", ["FeatureTable.Every_row_is_there_once"], "")).ShouldNotBeEmpty();
        Problems(new Row("F01", "x", "works", [], "")).ShouldNotBeEmpty();
        Problems(new Row("F01", "x", "done", [], "")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Parcels", "A_parcel_is_found", true)]
    [InlineData("Parcels", "It_takes_cases", true)]
    [InlineData("Parcels", "It_is_on_one_line", true)]
    [InlineData("Parcels", "Nobody_marked_it", false)]
    [InlineData("Parcels", "It_is_in_a_comment", false)]
    [InlineData("Parcels", "Inside", false)]
    [InlineData("Nested", "Inside", true)]
    [InlineData("Nested", "After_the_nested_class", false)]
    [InlineData("Parcels", "After_the_nested_class", true)]
    [InlineData("Suite", "It_is_kept_by_all", true)]
    [InlineData("OnSqlite", "It_is_kept_by_all", false)]
    [InlineData("Lonely", "Nobody_runs_it", false)]
    public void A_test_is_what_is_marked_in_that_class_and_run_by_somebody(string type, string method, bool there)
    {
        var source = new TestSource(["""
            namespace X;

            public sealed class Parcels(Host host) : IClassFixture<Host>
            {
                [Fact]
                public async Task A_parcel_is_found()
                {
                    Nobody_marked_it();
                }

                [Theory]
                [InlineData(1)]
                public void It_takes_cases(int n) => n.ShouldBe(1);

                [Fact] public void It_is_on_one_line() { }

                public void Nobody_marked_it() { }

                // [Fact]
                // public void It_is_in_a_comment() { }

                public sealed class Nested
                {
                    [Fact]
                    public void Inside() { }
                }

                [Fact]
                public void After_the_nested_class() { }
            }

            public abstract class Suite
            {
                [Fact]
                public void It_is_kept_by_all() { }
            }

            public abstract class Middle : Suite;

            public sealed class OnSqlite() : Tests.Middle();

            public abstract class Lonely
            {
                [Fact]
                public void Nobody_runs_it() { }
            }
            """]);

        source.Has(type, method).ShouldBe(there);
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
        return Tests.Value.Has(type, method);
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

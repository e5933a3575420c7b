using Courier.Kernel.Data;

namespace Courier.Gateway.Tests.Receiving;

public sealed class KeepingLinesInTheSpool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("courier-spool-").FullName;

    private string At => Path.Combine(_folder, "callbacks-0.lines");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_appended_is_there_in_its_order_after_a_crash()
    {
        using (var file = Open())
        {
            file.Append(["one", "two"]);
            file.Append(["three"]);
        }
        using var again = Open();
        again.Lines(10).Select(l => l.Line).ShouldBe(["one", "two", "three"]);
        again.Lines(2).Count().ShouldBe(2);
    }

    [Fact]
    public void What_is_done_with_does_not_come_again()
    {
        using (var file = Open())
        {
            var ends = file.Append(["one", "two", "three"]);
            file.MarkDone(ends[1]);
        }
        using var again = Open();
        again.Lines(10).Select(l => l.Line).ShouldBe(["three"]);
    }

    [Fact]
    public void A_file_that_is_done_with_is_empty_and_takes_new_lines()
    {
        using (var file = Open())
        {
            file.MarkDone(file.Append(["one", "two"])[^1]);
            new FileInfo(At).Length.ShouldBe(0);
            file.Append(["three"]);
        }
        using var again = Open();
        again.Lines(10).Select(l => l.Line).ShouldBe(["three"]);
    }

    [Fact]
    public void A_line_that_a_crash_cut_off_is_written_over()
    {
        using (var file = Open()) file.Append(["one"]);
        File.AppendAllText(At, "tw");
        using (var file = Open())
        {
            file.Lines(10).Select(l => l.Line).ShouldBe(["one"]);
            file.Append(["three"]);
        }
        File.ReadAllText(At).ShouldBe("one\nthree\n");
    }

    [Theory]
    [InlineData("999")]  // the crash came between emptying the file and writing the marker
    [InlineData("no number")]
    public void A_marker_that_cannot_be_right_counts_as_none(string marker)
    {
        using (var file = Open()) file.Append(["one"]);
        File.WriteAllText(At + ".done", marker);
        using var again = Open();
        again.Lines(10).Select(l => l.Line).ShouldBe(["one"]);
    }

    [Fact]
    public void One_process_has_it_alone()
    {
        using var file = Open();
        SpoolFile.TryOpen(At).ShouldBeNull();
    }

    private SpoolFile Open() => SpoolFile.TryOpen(At).ShouldNotBeNull();
}

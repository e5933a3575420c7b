using System.Text;
using Courier.Kernel;
using Courier.Kernel.Folders;
using Courier.Testing;

namespace Courier.Data.Tests;

/// <summary>Files that other systems leave in a folder.</summary>
public sealed class WatchingAFolder : IDisposable
{
    private static readonly WatchedFolderLimits Limits = new(TimeSpan.FromSeconds(5), 1000);
    private readonly string _path = Directory.CreateTempSubdirectory("courier-test-").FullName;
    private readonly FakeClock _clock = new();
    private readonly List<string> _taken = [];

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task A_file_is_taken_once_nothing_of_it_changes_any_more()
    {
        var folder = Watched();
        await Leave("a.csv", "1");
        (await folder.TakeAll(Take, default)).ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(4));
        await Leave("a.csv", "1,2");
        (await folder.TakeAll(Take, default)).ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(4));
        (await folder.TakeAll(Take, default)).ShouldBe(0, "it has been quiet for four seconds only");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await folder.TakeAll(Take, default)).ShouldBe(1);
        _taken.ShouldBe(["a.csv: 1,2"]);
        In("").ShouldBeEmpty();
        In("done").Count.ShouldBe(2);
        (await Report("done")).ShouldBe("line,code,message\r\n,file.taken,1 taken\r\n3,row.odd,\"'=1+1, \"\"so\"\"\"\r\n");
    }

    [Fact]
    public async Task What_is_still_being_written_under_another_name_is_left_alone()
    {
        var folder = Watched();
        foreach (var name in (string[])[".a.csv", "a.csv.tmp", "a.csv.part", "a.csv.FILEPART"]) await Leave(name, "1");
        await Twice(folder);
        _taken.ShouldBeEmpty();
        In("").Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_file_that_is_refused_or_too_large_goes_to_the_failed_ones_with_the_reason()
    {
        var folder = Watched();
        await Leave("bad.csv", "no");
        await Leave("large.csv", new string('x', 1001));
        await Twice(folder);
        _taken.ShouldBe(["bad.csv: no"]);
        In("failed").Count.ShouldBe(4);
        var reports = In("failed").Where(f => f.EndsWith(WatchedFolder.ReportEnding, StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        reports.ShouldContain(r => r.Contains("file.too_large", StringComparison.Ordinal));
        reports.ShouldContain(r => r.Contains("file.bad", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_before_the_report_lets_the_file_be_taken_again_and_one_after_it_only_moves_it()
    {
        var first = Watched();
        await Leave("a.csv", "1");
        await first.TakeAll(Take, default);
        _clock.Advance(Limits.Quiet);
        await Should.ThrowAsync<TimeoutException>(() => first.TakeAll((_, _) => throw new TimeoutException("the process dies here"), default));
        In("working").Count.ShouldBe(1);

        var second = Watched();
        (await second.TakeAll(Take, default)).ShouldBe(1);
        _taken.ShouldBe(["a.csv: 1"]);

        var moved = In("done").Single(f => !f.EndsWith(WatchedFolder.ReportEnding, StringComparison.Ordinal));
        File.Move(moved, Path.Combine(_path, "working", Path.GetFileName(moved)));
        (await Watched().TakeAll(Take, default)).ShouldBe(1);
        _taken.Count.ShouldBe(1, "its report says that it was done");
        In("done").Count.ShouldBe(2);
        In("working").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_always_fails_blocks_no_other()
    {
        var folder = Watched();
        await Leave("a.csv", "poison");
        await folder.TakeAll(Take, default);
        _clock.Advance(Limits.Quiet);
        await Should.ThrowAsync<TimeoutException>(() => folder.TakeAll(Take, default));
        await Leave("b.csv", "1");
        await folder.TakeAll(Broken, default).ShouldThrowAsync<TimeoutException>();
        _clock.Advance(Limits.Quiet);
        await folder.TakeAll(Take, default).ShouldThrowAsync<TimeoutException>();
        _taken.ShouldBe(["b.csv: 1"]);
    }

    [Fact]
    public async Task Text_is_read_in_the_encodings_that_spreadsheets_save()
    {
        const string text = "收件人,备注\n李雷,“易碎”\n";
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(text), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], gbk.GetBytes(text), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]])
            TextFile.Decode(bytes).ShouldBe(text);
        TextFile.Decode([0x50, 0x4B, 0x03, 0x04, 0x00, 0x01]).ShouldBeNull();
        TextFile.Decode([0xFF, 0x31]).ShouldBeNull();
        TextFile.Decode([]).ShouldBe("");
        await Leave("gbk.csv", "");
        await File.WriteAllBytesAsync(Path.Combine(_path, "gbk.csv"), gbk.GetBytes("王五"));
        await Twice(Watched());
        _taken.ShouldBe(["gbk.csv: 王五"]);
    }

    private WatchedFolder Watched() => new(_path, _clock, Limits);

    private async Task Twice(WatchedFolder folder)
    {
        await folder.TakeAll(Take, default);
        _clock.Advance(Limits.Quiet);
        await folder.TakeAll(Take, default);
    }

    private async Task<FileOutcome> Take(WatchedFile file, CancellationToken ct)
    {
        using var reader = file.OpenText()!;
        var text = await reader.ReadToEndAsync(ct);
        if (text == "poison") throw new TimeoutException("the database is away");
        _taken.Add($"{file.Name}: {text}");
        return text == "no" ? FileOutcome.Refused("file.bad", "no") : FileOutcome.Taken("1 taken", [new FileRemark(3, "row.odd", "=1+1, \"so\"")]);
    }

    private static Task<FileOutcome> Broken(WatchedFile file, CancellationToken ct) => throw new TimeoutException("the database is away");

    private Task Leave(string name, string text) => File.WriteAllTextAsync(Path.Combine(_path, name), text);

    private List<string> In(string folder) => Directory.Exists(Path.Combine(_path, folder)) ? [.. Directory.GetFiles(Path.Combine(_path, folder))] : [];

    private Task<string> Report(string folder) => File.ReadAllTextAsync(In(folder).Single(f => f.EndsWith(WatchedFolder.ReportEnding, StringComparison.Ordinal)));
}

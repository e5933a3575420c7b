using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class StateFiles : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("sandbox-state-").FullName;
    string FileName => Path.Combine(directory, "sandbox.state");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void The_last_word_on_a_key_counts_and_what_was_removed_stays_away()
    {
        Work(tickets =>
        {
            tickets.Put("a", new("first", default));
            tickets.Put("b", new("other", default));
            tickets.Put("a", new("second", default));
            tickets.Remove("b");
        });
        Work(tickets =>
        {
            tickets["a"]!.Value.ShouldBe("second");
            tickets["b"].ShouldBeNull();
        });
    }

    [Fact]
    public void A_line_that_was_cut_off_by_a_crash_is_dropped_and_writing_goes_on()
    {
        Work(tickets => tickets.Put("a", new("kept", default)));
        File.AppendAllText(FileName, "ticket\tb\t{\"value\":\"half");
        Work(tickets => tickets.Put("c", new("after", default)));
        Work(tickets =>
        {
            tickets["a"]!.Value.ShouldBe("kept");
            tickets["b"].ShouldBeNull();
            tickets["c"]!.Value.ShouldBe("after");
        });
    }

    [Fact]
    public void A_file_of_mostly_outdated_lines_is_rewritten_and_loses_nothing()
    {
        Work(tickets =>
        {
            for (var number = 0; number <= 60_000; number++) tickets.Put($"key{number % 10}", new($"value{number}", default));
        });
        File.ReadLines(FileName).Count().ShouldBeLessThan(20_000);
        Work(tickets =>
        {
            tickets.Count.ShouldBe(10);
            tickets["key0"]!.Value.ShouldBe("value60000");
            tickets["key9"]!.Value.ShouldBe("value59999");
        });
    }

    void Work(Action<Documents<StoredTicket>> work)
    {
        using var file = new StateFile(directory);
        work(new Documents<StoredTicket>(file, "ticket"));
    }
}

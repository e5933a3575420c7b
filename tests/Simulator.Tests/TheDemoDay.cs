using Courier.Simulator.Replay;

namespace Courier.Simulator.Tests;

/// <summary>The day that comes with the program is the one that is written for it; COURIER_WRITE_DOCS=1 writes it.</summary>
public sealed class TheDemoDay
{
    [Fact]
    public void It_is_the_file_that_comes_with_the_program()
    {
        var path = Path.Combine(Root(), "src", "Simulator", "Replay", "demo-day.jsonl");
        if (Environment.GetEnvironmentVariable("COURIER_WRITE_DOCS") == "1") File.WriteAllText(path, DemoDay.Write());
        File.ReadAllText(path).ShouldBe(DemoDay.Write());
    }

    [Fact]
    public void It_is_a_whole_day_of_a_courier_company()
    {
        var day = DayFile.Parse(DemoDay.Write());
        day.Head.Seconds.ShouldBe(86_400);
        day.Lines.OfType<ParcelLine>().Select(line => line.Waybill).Distinct().Count().ShouldBeGreaterThanOrEqualTo(200);
        var said = day.Lines.OfType<SayLine>().ToList();
        said.Count.ShouldBeGreaterThanOrEqualTo(300);
        said.ShouldAllBe(line => line.At >= 0 && line.At < 86_400);
        var types = said.Select(line => line.Message.ValueKind == System.Text.Json.JsonValueKind.String ? "text" : line.Message.GetProperty("type").GetString()!).ToHashSet();
        types.ShouldBe(["text", "click", "scancode_waitmsg", "location", "voice", "image", "location_report"], ignoreOrder: true);
        said.Count(line => line.Message.ToString() == "人工").ShouldBe(10);

        var moves = day.Lines.OfType<MoveLine>().ToList();
        var rain = moves.Where(line => line.Reason == "受暴雨天气影响" && line.At >= 0).ToList();
        rain.Count.ShouldBeGreaterThan(10, "it rains in one province");
        rain.Count(line => line.City is "杭州市" or "宁波市" or "温州市").ShouldBeGreaterThan(10);
        moves.Count(line => line.Code == "in_locker" && line.At >= 0).ShouldBeGreaterThan(5);
        moves.ShouldAllBe(line => line.At < 86_400);
    }

    static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Courier.sln"))) directory = directory.Parent!;
        return directory.FullName;
    }
}

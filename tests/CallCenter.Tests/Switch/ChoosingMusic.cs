using Courier.CallCenter.Switch;
using Courier.Kernel.Modules;
using Courier.Media.Mixing;
using Courier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>What those who wait hear, by the files that are there; told apart by their length.</summary>
public sealed class ChoosingMusic : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-test-").FullName;
    private readonly HoldMusic _music;

    public ChoosingMusic() => _music = new HoldMusic(new DataDirectory(_directory), NullLogger<HoldMusic>.Instance);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_queue_has_its_own_or_that_of_all_or_the_tune_of_the_product()
    {
        var tune = _music.Of("vip");
        tune.Length.ShouldBeGreaterThan(TimeSpan.FromSeconds(5));
        Write("music.wav", seconds: 1);
        Write("music-vip.wav", seconds: 2);
        ((string[])["vip", "main", ""]).Select(q => _music.Of(q).Length.TotalSeconds).ShouldBe([2, 1, 1]);
        _music.Of("vip").ShouldBeSameAs(_music.Of("vip"), "it is read once");
        File.Delete(PathOf("music.wav"));
        _music.Of("main").ShouldBeSameAs(tune);
        _music.Of("../music").ShouldBeSameAs(tune, "a queue's name leads nowhere else");
    }

    [Fact]
    public void A_file_that_is_no_sound_is_as_none_and_a_changed_one_counts_at_once()
    {
        Write("music.wav", seconds: 1);
        File.WriteAllText(PathOf("music-vip.wav"), "no sound");
        _music.Of("vip").ShouldBeSameAs(_music.Of("main"));
        Write("music-vip.wav", seconds: 3);
        File.SetLastWriteTimeUtc(PathOf("music-vip.wav"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _music.Of("vip").Length.ShouldBe(TimeSpan.FromSeconds(3));
    }

    private void Write(string name, int seconds) => File.WriteAllBytes(PathOf(name), WavSound.Write(new short[8000 * seconds]));

    private string PathOf(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, "prompts")).FullName, name);
}

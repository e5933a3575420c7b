using Courier.CallCenter.Voice;
using Courier.Kernel.Modules;
using Courier.Media.Mixing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.CallCenter.Tests.Voice;

/// <summary>The synthesizer for real: what a telephone gets to play.</summary>
public sealed class SpeakingPrompts(DeskApp desk) : IClassFixture<DeskApp>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-voice-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_text_becomes_telephone_sound_that_is_neither_silent_nor_clipped()
    {
        var path = (await A(new PromptOptions()).Render("您好，欢迎致电快递服务热线。", _directory, default)).ShouldNotBeNull();

        var wav = await File.ReadAllBytesAsync(path);
        (BitConverter.ToInt16(wav, 22), BitConverter.ToInt32(wav, 24), BitConverter.ToInt16(wav, 34)).ShouldBe(((short)1, 8000, (short)16));
        var samples = new short[(wav.Length - 44) / 2];
        Buffer.BlockCopy(wav, 44, samples, 0, samples.Length * 2);
        (samples.Length / 8000.0).ShouldBeInRange(1.5, 6);
        samples.Max(s => Math.Abs((int)s)).ShouldBeInRange(18_000, 32_000); // about 3 dB below the end of the scale
        Math.Sqrt(samples.Average(s => (double)s * s)).ShouldBeGreaterThan(1000);
        Directory.GetFiles(_directory).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Digits_that_are_written_out_take_longer_than_one_word()
    {
        var clips = new Clips(A(new PromptOptions()), new PromptOptions(), new DataDirectory(_directory), TimeProvider.System);
        var word = await clips.Get("件", onDisk: false, default);
        var digits = await clips.Get(Spoken.Digits("456789"), onDisk: false, default);

        digits.Length.ShouldBeGreaterThan(word.Length * 2);
        Directory.GetFiles(Path.Combine(_directory, "voice")).ShouldBeEmpty(); // what is said in one call only is not left lying there
        clips.TryGet("件", out var again).ShouldBeTrue();
        again.ShouldBeSameAs(word);
    }

    [Fact]
    public async Task A_text_is_an_input_and_never_an_argument()
    {
        var clips = new Clips(A(new PromptOptions()), new PromptOptions(), new DataDirectory(_directory), TimeProvider.System);

        (await clips.Get("--help; touch 坏了 $(id) `id` \" ' 您好", onDisk: true, default)).Length.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));

        File.Exists("坏了").ShouldBeFalse();
        Directory.GetFiles(Path.Combine(_directory, "voice")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Memory_holds_what_was_heard_last()
    {
        var options = new PromptOptions { SecondsInMemory = 3 };
        var clips = new Clips(A(options), options, new DataDirectory(_directory), TimeProvider.System);
        await clips.Get("这是第一句话，它要说上两三秒钟才能说完。", onDisk: true, default);
        await clips.Get("这是第二句话，它要说上两三秒钟才能说完。", onDisk: true, default);

        clips.TryGet("这是第一句话，它要说上两三秒钟才能说完。", out _).ShouldBeFalse();
        clips.TryGet("这是第二句话，它要说上两三秒钟才能说完。", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Sounds_of_former_texts_leave_the_disk_after_a_day()
    {
        var clock = new Testing.FakeClock(TimeProvider.System.GetUtcNow());
        var clips = new Clips(A(new PromptOptions()), new PromptOptions(), new DataDirectory(_directory), clock);
        var (kept, former) = ((await clips.File("您好", default))!, (await clips.File("再见", default))!);

        clips.Tidy(["您好"]);
        (File.Exists(kept), File.Exists(former)).ShouldBe((true, true));
        clock.Sleep(TimeSpan.FromDays(2));
        clips.Tidy(["您好"]);
        (File.Exists(kept), File.Exists(former)).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-synthesizer")]
    [InlineData("false")]
    public async Task Without_a_synthesizer_callers_hear_a_tone_and_the_log_says_so_once(string program)
    {
        var log = new Lines();
        var options = new PromptOptions { Synthesizer = program };
        var clips = new Clips(new Synthesizer(options, TimeProvider.System, log), options, new DataDirectory(_directory), TimeProvider.System);

        (await clips.Get("您好", onDisk: true, default)).ShouldBeSameAs(Tones.Beep);
        (await clips.Get("再见", onDisk: false, default)).ShouldBeSameAs(Tones.Beep);

        log.Texts.ShouldHaveSingleItem().ShouldStartWith("Prompts cannot be spoken");
        (await clips.File("您好", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_prompt_sounds_as_before_until_its_new_sound_is_there_and_a_recording_goes_before()
    {
        var (prompts, announcer, recordings) = (desk.App.Get<Prompts>(), desk.App.Get<Announcer>(), desk.App.Get<Recordings>());
        var before = (await announcer.Render(Speech.Named("survey.thanks"), default)).ShouldHaveSingleItem();

        await prompts.Change("survey.thanks", "谢谢您，祝您生活愉快，再见。", Services.Staff.StaffId.System, default);
        (await announcer.Render(Speech.Named("survey.thanks"), default)).ShouldHaveSingleItem().ShouldBeSameAs(before);
        await Testing.Wait.Until(async () => (await announcer.Render(Speech.Named("survey.thanks"), default))[0] != before, "the new sound is heard");

        var recorded = (await announcer.File("main.welcome", default)).ShouldNotBeNull();
        await recordings.Keep("survey.thanks", await File.ReadAllBytesAsync(recorded), TimeSpan.FromMinutes(2), default);
        var real = (await announcer.Render(Speech.Named("survey.thanks"), default))[0];
        real.Length.ShouldBe((await announcer.Render(Speech.Named("main.welcome"), default))[0].Length);
        await Should.ThrowAsync<InvalidDataException>(() => recordings.Keep("survey.thanks", [1, 2, 3], TimeSpan.FromMinutes(2), default));

        recordings.Remove("survey.thanks").ShouldBeTrue();
        (await announcer.Render(Speech.Named("survey.thanks"), default))[0].ShouldNotBeSameAs(real);
    }

    [Fact]
    public async Task What_was_rendered_ahead_is_there_at_once()
    {
        var announcer = desk.App.Get<Announcer>();
        await announcer.RenderAhead(default);

        announcer.Render(Speech.Named("main.welcome") + Speech.Named("main.menu"), default).IsCompletedSuccessfully.ShouldBeTrue(); // out of memory, nothing is waited for
    }

    private static Synthesizer A(PromptOptions options) => new(options, TimeProvider.System, NullLogger<Synthesizer>.Instance);

    private sealed class Lines : ILogger<Synthesizer>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Texts.Add(formatter(state, exception));
    }
}

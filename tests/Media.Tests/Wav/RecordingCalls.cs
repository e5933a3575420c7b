using System.Buffers.Binary;
using System.Security.Cryptography;
using Courier.Media.Mixing;
using Courier.Media.Wav;
using Courier.Testing;

namespace Courier.Media.Tests.Wav;

public sealed class RecordingCalls : IDisposable
{
    private readonly Stage _stage = new();
    private readonly MemoryStream _file = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Both_sides_lie_on_one_time_line_the_peer_on_the_left_what_it_hears_on_the_right()
    {
        var (customer, agent) = (_stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(customer.Leg, agent.Leg);
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        var (voice, reply) = (Sounds.Voice(32_000, 3), Sounds.Voice(32_000, 4));
        Speak(customer, voice);
        Speak(agent, reply);
        _stage.Turns(210);
        var recorded = await Finish(recorder);
        recorded.Length.ShouldBe(TimeSpan.FromMilliseconds(4200));
        var (left, right) = Channels(_file.ToArray());
        left.Length.ShouldBe(33_600);
        var (l, r) = (Sounds.Likeness(voice, left, 1600), Sounds.Likeness(reply, right, 1600));
        l.Correlation.ShouldBeGreaterThan(0.98);
        r.Correlation.ShouldBeGreaterThan(0.98);
        Math.Abs(l.Delay - r.Delay).ShouldBeLessThanOrEqualTo(160);
        Sounds.Likeness(voice, agent.Sound, 2000).Correlation.ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public async Task A_recording_goes_on_through_prompt_talk_music_and_transfer()
    {
        var (customer, first, second) = (_stage.Caller(), _stage.Caller(), _stage.Caller());
        Speak(first, Sounds.Tone(700, 80_000));
        Speak(second, Sounds.Tone(1100, 80_000));
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        customer.Leg.Play(new AudioClip(Sounds.Tone(400, 8000)));
        _stage.Turns(50);
        var talk = _stage.Engine.Bridge(customer.Leg, first.Leg);
        _stage.Turns(50);
        talk.Dispose();
        customer.Leg.Play(new AudioClip(Sounds.Tone(1500, 8000)), loop: true);
        _stage.Turns(50);
        customer.Leg.StopPlaying();
        _stage.Engine.Bridge(customer.Leg, second.Leg);
        _stage.Turns(50);
        await Finish(recorder);
        var (_, heard) = Channels(_file.ToArray());
        int[] order = [400, 700, 1500, 1100];
        for (var i = 0; i < order.Length; i++) Sounds.Share(heard.AsSpan(i * 8000 + 1000, 6000), order[i]).ShouldBeGreaterThan(0.95, $"second {i}");
    }

    [Fact]
    public async Task A_pause_is_silence_and_keeps_the_time_line()
    {
        var customer = _stage.Caller();
        Speak(customer, Sounds.Tone(400, 80_000));
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        _stage.Turns(100);
        recorder.Pause();
        customer.Leg.Play(Tones.Beep);
        _stage.Turns(50);
        recorder.Resume();
        _stage.Turns(50);
        recorder.Length.ShouldBe(TimeSpan.FromSeconds(4));
        (await Finish(recorder)).Length.ShouldBe(TimeSpan.FromSeconds(4));
        var (left, right) = Channels(_file.ToArray());
        left.AsSpan(16_000, 8000).ContainsAnyExcept((short)0).ShouldBeFalse();
        right.AsSpan(16_000, 8000).ContainsAnyExcept((short)0).ShouldBeFalse();
        Sounds.Share(left.AsSpan(8000, 8000), 400).ShouldBeGreaterThan(0.95);
        Sounds.Share(left.AsSpan(24_000, 8000), 400).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task The_hash_is_that_of_the_file_and_the_file_is_whole()
    {
        var customer = _stage.Caller();
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        _stage.Turns(77);
        var recorded = await Finish(recorder);
        var bytes = _file.ToArray();
        recorded.ShouldBe(new Recorded(TimeSpan.FromMilliseconds(1540), 44 + 1540 * 32, Convert.ToHexStringLower(SHA256.HashData(bytes)), null));
        bytes.Length.ShouldBe((int)recorded.Bytes);
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)).ShouldBe((uint)bytes.Length - 8);
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(40)).ShouldBe((uint)bytes.Length - 44);
        (await recorder.Finish()).ShouldBe(recorded);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_made_whole()
    {
        var customer = _stage.Caller();
        Speak(customer, Sounds.Tone(400, 80_000));
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        _stage.Turns(125);
        await Courier.Testing.Wait.Until(() => _file.Length >= 44 + 2 * 32_000, "two blocks are written");
        var torn = new MemoryStream();
        torn.Write(_file.ToArray());
        torn.Write([1, 2, 3]); // half a sample
        var recorded = await WavFile.Complete(torn, CancellationToken.None);
        recorded.Length.ShouldBe(TimeSpan.FromSeconds(2));
        recorded.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(torn.ToArray())));
        Sounds.Share(Channels(torn.ToArray()).Left.AsSpan(4000), 400).ShouldBeGreaterThan(0.95);
        (await WavFile.Complete(torn, CancellationToken.None)).ShouldBe(recorded);
        await Finish(recorder);
    }

    [Fact]
    public async Task Voice_mail_holds_the_callers_side_alone()
    {
        var customer = _stage.Caller();
        Speak(customer, Sounds.Tone(400, 80_000));
        var recorder = _stage.Engine.Record(customer.Leg, _file, RecordedSides.Peer);
        customer.Leg.Play(Tones.Beep, loop: true);
        _stage.Turns(100);
        (await Finish(recorder)).Length.ShouldBe(TimeSpan.FromSeconds(2));
        var bytes = _file.ToArray();
        BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(22)).ShouldBe((short)1);
        Sounds.Share(Samples(bytes).AsSpan(1600), 400).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task A_leg_that_ends_ends_its_recording()
    {
        var customer = _stage.Caller();
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        _stage.Turns(50);
        customer.Leg.Dispose();
        _stage.Turns(1);
        (await recorder.Finish()).Length.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_not_the_call()
    {
        var customer = _stage.Caller();
        var recorder = _stage.Engine.Record(customer.Leg, new FullDisk(1000));
        _stage.Turns(100);
        var recorded = await Finish(recorder);
        recorded.Fault.ShouldBe("no space left");
        customer.Packets.Clear();
        _stage.Turns(10);
        customer.Packets.Count.ShouldBe(10);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_refused_at_once()
    {
        var customer = _stage.Caller();
        Should.Throw<ArgumentException>(() => _stage.Engine.Record(customer.Leg, new System.IO.Compression.DeflateStream(_file, System.IO.Compression.CompressionMode.Compress)));
    }

    [Fact]
    public async Task A_stall_of_the_machine_does_not_shorten_the_time_line()
    {
        var customer = _stage.Caller();
        var recorder = _stage.Engine.Record(customer.Leg, _file);
        _stage.Turns(50);
        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        _stage.Engine.Step();
        _stage.Turns(50);
        (await Finish(recorder)).Length.ShouldBe(TimeSpan.FromSeconds(3));
    }

    private async Task<Recorded> Finish(Recorder recorder)
    {
        var finished = recorder.Finish();
        _stage.Engine.Step();
        return await finished;
    }

    private void Speak(Phone phone, short[] sound)
    {
        var at = 0;
        _stage.EachTurn(() =>
        {
            if (at + 160 > sound.Length) return;
            phone.Say(sound.AsSpan(at, 160));
            at += 160;
        });
    }

    private static short[] Samples(byte[] wav)
    {
        var samples = new short[(wav.Length - 44) / 2];
        Buffer.BlockCopy(wav, 44, samples, 0, samples.Length * 2);
        return samples;
    }

    private static (short[] Left, short[] Right) Channels(byte[] wav)
    {
        var both = Samples(wav);
        return ([.. both.Where((_, i) => i % 2 == 0)], [.. both.Where((_, i) => i % 2 == 1)]);
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Length + buffer.Length > room ? throw new IOException("no space left") : base.WriteAsync(buffer, cancellationToken);
    }
}

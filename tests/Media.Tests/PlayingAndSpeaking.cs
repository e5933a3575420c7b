using Courier.Media.Codecs;
using Courier.Media.Mixing;
using Courier.Testing;

namespace Courier.Media.Tests;

public sealed class PlayingAndSpeaking : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("Pcma", 20, 160)]
    [InlineData("Pcmu", 20, 160)]
    [InlineData("Pcma", 10, 80)]
    [InlineData("Pcma", 30, 240)]
    [InlineData("Pcmu", 40, 320)]
    [InlineData("Pcma", 60, 480)]
    public void A_prompt_is_heard_as_it_was_recorded_in_packets_of_the_wanted_length(string codec, int packetMs, int bytes)
    {
        var phone = _stage.Caller(new PhoneKind(Enum.Parse<Codec>(codec), PacketMs: packetMs));
        var prompt = Sounds.Voice(8000, 1);
        phone.Leg.Play(new AudioClip(prompt));
        _stage.Turns(60);
        phone.Packets.ShouldAllBe(p => p.Payload.Length == bytes);
        phone.Sound.Length.ShouldBeInRange(60 * 160 - 480, 60 * 160);
        Sounds.Correlation(prompt, phone.Sound).ShouldBeGreaterThan(0.999);
        phone.Sound.Skip(8000).ShouldAllBe(s => Math.Abs((int)s) <= 8);
    }

    [Fact]
    public void A_leg_has_one_source_one_sequence_and_one_clock_whatever_it_plays()
    {
        var phone = _stage.Caller();
        phone.Leg.Play(new AudioClip(Sounds.Tone(300, 800)));
        _stage.Turns(20);
        phone.Leg.SendDigits("12");
        _stage.Turns(40);
        phone.Leg.Play(Tones.RingBack, loop: true);
        _stage.Turns(20);
        phone.Leg.StopPlaying();
        phone.Offers("sendonly");
        _stage.Turns(20);
        phone.Offers();
        _stage.Turns(20);
        phone.Packets.Select(p => p.Ssrc).Distinct().Count().ShouldBe(1);
        phone.Packets.Zip(phone.Packets.Skip(1)).ShouldAllBe(p => (ushort)(p.Second.Sequence - p.First.Sequence) == 1);
        phone.Packets.Zip(phone.Packets.Skip(1)).ShouldAllBe(p => (int)(p.Second.Timestamp - p.First.Timestamp) >= 0);
        (phone.Packets[^1].Timestamp - phone.Packets[0].Timestamp).ShouldBe(119u * 160);
    }

    [Fact]
    public void Clips_follow_each_other_and_their_end_is_told_once()
    {
        var phone = _stage.Caller();
        var id = phone.Leg.Play([new AudioClip(Sounds.Tone(400, 1600)), new AudioClip(Sounds.Tone(900, 1600))]);
        _stage.Turns(20);
        _stage.Heard.Plays.ShouldBeEmpty();
        _stage.Turns(20);
        _stage.Heard.Plays.ShouldBe([id]);
        Sounds.Share(phone.Sound.AsSpan(0, 1600), 400).ShouldBeGreaterThan(0.95);
        Sounds.Share(phone.Sound.AsSpan(1600, 1600), 900).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void What_is_stopped_or_replaced_or_plays_in_a_loop_has_no_end_to_be_told()
    {
        var phone = _stage.Caller();
        phone.Leg.Play(new AudioClip(new short[1600]));
        phone.Leg.Play(new AudioClip(new short[1600]));
        phone.Leg.StopPlaying();
        _stage.Turns(20);
        phone.Leg.Play(Tones.Busy, loop: true);
        _stage.Turns(100);
        _stage.Heard.Plays.ShouldBeEmpty();
        var last = phone.Leg.Play(AudioClip.Silence(TimeSpan.Zero));
        _stage.Turns(1);
        _stage.Heard.Plays.ShouldBe([last]);
    }

    [Fact]
    public void The_ring_back_tone_is_the_Chinese_one()
    {
        var phone = _stage.Caller();
        phone.Leg.Play(Tones.RingBack, loop: true);
        _stage.Turns(300);
        var sound = phone.Sound;
        Sounds.Share(sound.AsSpan(0, 8000), 450).ShouldBeGreaterThan(0.98);
        sound.Skip(8000).Take(32_000).ShouldAllBe(s => Math.Abs((int)s) <= 8);
        Sounds.Share(sound.AsSpan(40_000, 8000), 450).ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public void A_leg_that_has_nothing_to_say_sends_silence_so_that_the_way_stays_open()
    {
        var phone = _stage.Caller();
        _stage.Turns(50);
        phone.Packets.Count.ShouldBe(50);
        phone.Packets.ShouldAllBe(p => p.Payload.All(b => b == 0xD5));
        phone.Packets[0].Marker.ShouldBeTrue();
        phone.Packets.Skip(1).ShouldAllBe(p => !p.Marker);
    }

    [Fact]
    public void After_a_stall_at_most_three_frames_follow_at_once_and_time_goes_on()
    {
        var phone = _stage.Caller();
        _stage.Turns(10);
        _stage.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _stage.Engine.Step();
        phone.Listen();
        phone.Packets.Count.ShouldBe(13);
        (phone.Packets[^1].Timestamp - phone.Packets[0].Timestamp).ShouldBe(34u * 160);
        _stage.Turns(1);
        phone.Packets.Count.ShouldBe(14);
    }

    [Fact]
    public void Silence_of_the_peer_is_told_once_and_again_after_it_was_heard()
    {
        var phone = _stage.Caller();
        _stage.Turns(1450);
        _stage.Heard.Silences.ShouldBeEmpty();
        _stage.Turns(100);
        _stage.Heard.Silences.ShouldBe([phone.Leg]);
        phone.Say(new short[160]);
        _stage.Turns(1600);
        _stage.Heard.Silences.Count.ShouldBe(2);
    }

    [Fact]
    public void A_peer_that_holds_us_may_be_silent_and_gets_nothing()
    {
        var phone = _stage.Caller();
        phone.Offers("inactive").ShouldContain("a=inactive");
        phone.Leg.IsHeldByPeer.ShouldBeTrue();
        phone.Listen();
        phone.Packets.Clear();
        _stage.Turns(2000);
        phone.Packets.ShouldBeEmpty();
        _stage.Heard.Silences.ShouldBeEmpty();
        phone.Offers();
        phone.Leg.IsHeldByPeer.ShouldBeFalse();
        _stage.Turns(10);
        phone.Packets.Count.ShouldBe(10);
    }
}

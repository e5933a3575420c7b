using Courier.Media.Codecs;
using Courier.Media.Mixing;
using Courier.Testing;

namespace Courier.Media.Tests.Mixing;

public sealed class HearingEachOther : IDisposable
{
    private const int Turns = 150, Samples = Turns * 160;

    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Two_with_one_codec_get_each_others_packets_at_once_and_unchanged()
    {
        var (a, b) = (_stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(a.Leg, b.Leg);
        _stage.Turns(2);
        a.Say(Sounds.Voice(160, 1), marker: true);
        _stage.Engine.Step(); // no turn is due
        b.Listen();
        b.Packets[^1].Payload.ShouldBe(Encoded(Sounds.Voice(160, 1)));
        b.Packets[^1].Marker.ShouldBeTrue();
        b.Packets[^1].Ssrc.ShouldNotBe(a.Ssrc);
    }

    [Fact]
    public void What_was_lost_and_reordered_before_us_is_seen_as_such_behind_us()
    {
        var (a, b) = (_stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(a.Leg, b.Leg);
        _stage.Turns(2);
        b.Packets.Clear();
        foreach (var at in (int[])[0, 1, 3, 2, 6, 5, 7, 20]) // 4 and 8 to 19 never come
        {
            (a.Sequence, a.Timestamp) = ((ushort)(65_530 + at), unchecked(uint.MaxValue - 500 + (uint)(160 * at)));
            a.Send(8, [.. Enumerable.Repeat((byte)at, 160)]);
            _stage.Engine.Step();
        }
        b.Listen();
        var first = b.Packets[0];
        b.Packets.ShouldAllBe(p => (ushort)(p.Sequence - first.Sequence) == p.Payload[0] && p.Timestamp - first.Timestamp == 160u * p.Payload[0]);
        b.Packets.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("Pcma", "Pcma", 20, false)]
    [InlineData("Pcma", "Pcmu", 20, false)]
    [InlineData("Pcmu", "Pcma", 30, false)]
    [InlineData("Pcma", "Pcma", 20, true)]
    public void Voices_go_both_ways_whatever_each_side_speaks(string codecA, string codecB, int packetMs, bool encrypted)
    {
        var a = _stage.Caller(new PhoneKind(Enum.Parse<Codec>(codecA), PacketMs: packetMs));
        var b = _stage.Caller(new PhoneKind(Enum.Parse<Codec>(codecB), Key: encrypted ? SomeKey : null));
        _stage.Engine.Bridge(a.Leg, b.Leg);
        var (voiceA, voiceB) = (Sounds.Voice(Samples, 1), Sounds.Voice(Samples, 2));
        Speak((a, voiceA), (b, voiceB));
        _stage.Turns(Turns);
        Sounds.Likeness(voiceA, b.Sound, 2000).Correlation.ShouldBeGreaterThan(0.98);
        Sounds.Likeness(voiceB, a.Sound, 2000).Correlation.ShouldBeGreaterThan(0.98);
        Sounds.Likeness(voiceA, a.Sound, 2000).Correlation.ShouldBeLessThan(0.5);
    }

    [Fact]
    public void A_supervisor_monitors_whispers_and_barges_into_a_running_talk()
    {
        var (customer, agent, supervisor) = (_stage.Caller(), _stage.Caller(), _stage.Caller());
        var talk = _stage.Engine.Bridge(customer.Leg, agent.Leg);
        Speak((customer, Sounds.Tone(400, 40 * Samples)), (agent, Sounds.Tone(700, 40 * Samples)), (supervisor, Sounds.Tone(1100, 40 * Samples)));
        _stage.Turns(50);

        talk.Join(supervisor.Leg, MemberRole.Monitor);
        Hears(customer, agent: true, supervisor: false);
        Hears(agent, customer: true, supervisor: false);
        Hears(supervisor, customer: true, agent: true);

        talk.ChangeRole(supervisor.Leg, MemberRole.WhisperTo(agent.Leg));
        Hears(customer, agent: true, supervisor: false);
        Hears(agent, customer: true, supervisor: true);

        talk.ChangeRole(supervisor.Leg, MemberRole.Full);
        Hears(customer, agent: true, supervisor: true);
        Hears(agent, customer: true, supervisor: true);
        Hears(supervisor, customer: true, agent: true);

        talk.Leave(supervisor.Leg);
        Hears(customer, agent: true, supervisor: false);
        Hears(agent, customer: true, supervisor: false);
        supervisor.Packets.Clear();
        _stage.Turns(50);
        supervisor.Sound.ShouldAllBe(s => Math.Abs((int)s) <= 8);
    }

    [Fact]
    public void Nobody_hears_himself_in_a_conference_of_five()
    {
        var phones = Enumerable.Range(0, 5).Select(_ => _stage.Caller()).ToArray();
        var conference = _stage.Engine.Confer();
        foreach (var phone in phones) conference.Join(phone.Leg, MemberRole.Full);
        Speak([.. phones.Select((p, i) => (p, Sounds.Tone(300 + 170 * i, Samples, 3000)))]);
        _stage.Turns(Turns);
        for (var i = 0; i < phones.Length; i++)
        {
            var sound = phones[i].Sound.AsSpan(^8000..);
            for (var k = 0; k < phones.Length; k++)
            {
                var share = Sounds.Share(sound, 300 + 170 * k);
                if (k == i) share.ShouldBeLessThan(0.001);
                else share.ShouldBeInRange(0.2, 0.3);
            }
        }
    }

    [Fact]
    public void A_prompt_is_heard_instead_of_the_talk_and_the_talk_again_after_it()
    {
        var (a, b) = (_stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(a.Leg, b.Leg);
        Speak((b, Sounds.Tone(700, Samples)));
        _stage.Turns(20);
        a.Leg.Play(new AudioClip(Sounds.Tone(1500, 3200)));
        a.Packets.Clear();
        _stage.Turns(60);
        Sounds.Share(a.Sound.AsSpan(0, 3200), 1500).ShouldBeGreaterThan(0.95);
        Sounds.Share(a.Sound.AsSpan(3520, 4000), 700).ShouldBeGreaterThan(0.95);
        a.Packets.Zip(a.Packets.Skip(1)).ShouldAllBe(p => (ushort)(p.Second.Sequence - p.First.Sequence) == 1 && (int)(p.Second.Timestamp - p.First.Timestamp) > 0);
    }

    [Fact]
    public void A_leg_that_joins_another_conference_leaves_the_first()
    {
        var (a, b, c) = (_stage.Caller(), _stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(a.Leg, b.Leg);
        Speak((a, Sounds.Tone(400, 40 * Samples)), (b, Sounds.Tone(700, 40 * Samples)), (c, Sounds.Tone(1100, 40 * Samples)));
        _stage.Turns(50);
        _stage.Engine.Bridge(a.Leg, c.Leg);
        _stage.Turns(10);
        Clear(a, b, c);
        _stage.Turns(50);
        Sounds.Share(a.Sound, 1100).ShouldBeGreaterThan(0.95);
        Sounds.Share(c.Sound, 400).ShouldBeGreaterThan(0.95);
        b.Sound.ShouldAllBe(s => Math.Abs((int)s) <= 8);
    }

    [Fact]
    public void When_one_of_two_ends_the_other_hears_silence_and_stays()
    {
        var (a, b) = (_stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(a.Leg, b.Leg);
        Speak((a, Sounds.Tone(400, Samples)), (b, Sounds.Tone(700, Samples)));
        _stage.Turns(50);
        b.Leg.Dispose();
        _stage.Turns(5);
        Clear(a, b);
        _stage.Turns(50);
        a.Packets.Count.ShouldBe(50);
        a.Sound.ShouldAllBe(s => Math.Abs((int)s) <= 8);
        b.Packets.ShouldBeEmpty();
    }

    [Fact]
    public void Who_is_held_hears_nothing_while_the_other_hears_music()
    {
        var (customer, agent) = (_stage.Caller(), _stage.Caller());
        _stage.Engine.Bridge(customer.Leg, agent.Leg);
        Speak((customer, Sounds.Tone(400, 40 * Samples)), (agent, Sounds.Tone(700, 40 * Samples)));
        _stage.Turns(20);
        agent.Offers("sendonly").ShouldContain("a=recvonly");
        agent.Leg.IsHeldByPeer.ShouldBeTrue();
        customer.Leg.Play(new AudioClip(Sounds.Tone(1500, 8000)), loop: true);
        _stage.Turns(10);
        Clear(customer, agent);
        _stage.Turns(50);
        agent.Packets.ShouldBeEmpty();
        Sounds.Share(customer.Sound, 1500).ShouldBeGreaterThan(0.95);
        agent.Offers();
        customer.Leg.StopPlaying();
        _stage.Turns(10);
        Clear(customer, agent);
        _stage.Turns(50);
        Sounds.Share(agent.Sound, 400).ShouldBeGreaterThan(0.95);
        Sounds.Share(customer.Sound, 700).ShouldBeGreaterThan(0.95);
    }

    private static readonly Courier.Media.Rtp.SrtpKey SomeKey = new(Courier.Media.Rtp.SrtpSuite.AesCm128HmacSha1Tag80, [.. Enumerable.Range(1, 30).Select(i => (byte)i)]);

    private static void Clear(params Phone[] phones)
    {
        foreach (var phone in phones) phone.Packets.Clear();
    }

    private static byte[] Encoded(short[] samples)
    {
        var bytes = new byte[samples.Length];
        G711.Encode(Codec.Pcma, samples, bytes);
        return bytes;
    }

    // Phones say what they have to say before each turn, in packets of their own length.
    private void Speak(params (Phone Phone, short[] Sound)[] voices)
    {
        foreach (var (phone, sound) in voices)
        {
            var (at, turn) = (0, 0);
            _stage.EachTurn(() =>
            {
                turn++;
                var length = phone.Kind.PacketMs * 8;
                for (; at + length <= turn * 160 && at + length <= sound.Length; at += length) phone.Say(sound.AsSpan(at, length));
            });
        }
    }

    private void Hears(Phone phone, bool? customer = null, bool? agent = null, bool? supervisor = null)
    {
        _stage.Turns(10);
        phone.Packets.Clear();
        _stage.Turns(25);
        var sound = phone.Sound;
        foreach (var (hertz, wanted) in (IEnumerable<(int, bool?)>)[(400, customer), (700, agent), (1100, supervisor)])
            if (wanted is { } isHeard) (Sounds.Share(sound, hertz) > 0.2).ShouldBe(isHeard, $"{hertz} Hz");
    }
}

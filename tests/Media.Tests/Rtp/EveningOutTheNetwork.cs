using Courier.Media.Codecs;
using Courier.Media.Rtp;
using Courier.Testing;

namespace Courier.Media.Tests.Rtp;

/// <summary>A jitter buffer fed with a voice over a network that loses, delays and reorders; what comes out is compared with what went in.</summary>
public sealed class EveningOutTheNetwork
{
    private const int Turns = 500;

    private readonly short[] _voice = Sounds.Voice(Turns * 160, 5);

    [Theory]
    [InlineData(0, 0, 20)]
    [InlineData(0, 15, 20)]
    [InlineData(0, 45, 20)]
    [InlineData(0, 45, 10)]
    [InlineData(0, 30, 30)]
    [InlineData(0, 30, 60)]
    public void Jitter_and_reordering_alone_are_not_heard(int loss, int jitterMs, int packetMs)
    {
        var run = Run(loss, jitterMs, packetMs);
        // The start, in which the delay is found, is left out.
        Best(run.Heard.AsSpan(24_000)).ShouldBeGreaterThan(0.99);
    }

    [Theory]
    [InlineData(1, 0.985)]
    [InlineData(5, 0.94)]
    [InlineData(10, 0.89)]
    [InlineData(20, 0.80)]
    public void Losses_are_covered_so_that_the_voice_stays_that_voice(int loss, double least)
    {
        var (concealed, silent) = (Run(loss, 10, 20), Run(loss, 10, 20, silence: true));
        var (with, without) = (Best(concealed.Heard.AsSpan(24_000)), Best(silent.Heard.AsSpan(24_000)));
        with.ShouldBeGreaterThan(least);
        Distance(concealed.Heard).ShouldBeLessThan(Distance(silent.Heard), $"correlation {with} and {without}");
        concealed.Buffer.Concealed.ShouldBeInRange((long)(Turns * 160 * (loss - 1.5) / 100 * 0.8), (long)(Turns * 160 * (loss + 3) / 100.0));
    }

    [Fact]
    public void The_delay_grows_with_the_jitter_and_shrinks_after_it()
    {
        var buffer = new JitterBuffer();
        var network = new Network(buffer, _voice, 20, new Random(1));
        var concealed = new List<long>();
        for (var turn = 0; turn < 3000; turn++)
        {
            network.Jitter = turn is >= 500 and < 1000 ? 100 : 2;
            network.Turn(new short[160]);
            if (turn == 999) buffer.Late.ShouldBeLessThan(20);
            if (turn is 499 or 599 or 999) concealed.Add(buffer.Concealed);
            if (turn == 1100) buffer.DelayMs.ShouldBeInRange(60, 160); // what was on its way for 100 ms had to be in time
        }
        concealed[0].ShouldBe(0);
        (concealed[2] - concealed[1]).ShouldBeLessThan(400 * 160 / 50); // after two seconds of it less than one in fifty is missing
        buffer.DelayMs.ShouldBeLessThan(70);
    }

    [Theory]
    [InlineData(1.002)]
    [InlineData(0.998)]
    public void A_peer_whose_clock_differs_is_followed(double speed)
    {
        var buffer = new JitterBuffer();
        var network = new Network(buffer, Sounds.Voice(40_000 * 160 / 10, 6), 20, new Random(1)) { Speed = speed };
        var frame = new short[160];
        var silent = 0;
        for (var turn = 0; turn < 3900; turn++)
        {
            if (!network.Turn(frame)) silent++;
        }
        silent.ShouldBeLessThan(20);
        buffer.DelayMs.ShouldBeInRange(-1, 90);
        buffer.Concealed.ShouldBeLessThan(15 * 160 * 2);
    }

    [Fact]
    public void A_pause_of_the_sender_is_silence_or_its_comfort_noise_and_no_loss()
    {
        var buffer = new JitterBuffer();
        var frame = new short[160];
        for (ushort i = 0; i < 10; i++)
        {
            Put(buffer, i, i * 160u, _voice.AsSpan(i * 160, 160));
            buffer.TryTake(frame);
        }
        buffer.PutPause(Packet(10, 1600, [60]), [60]);
        for (var i = 0; i < 100; i++) buffer.TryTake(frame);
        var level = Math.Sqrt(Loudness.Power(frame));
        level.ShouldBeInRange(15, 60); // -60 dBov
        buffer.Concealed.ShouldBe(0);
        for (ushort i = 0; i < 10; i++)
        {
            Put(buffer, (ushort)(11 + i), (uint)(110 + i) * 160, _voice.AsSpan(i * 160, 160));
            buffer.TryTake(frame);
        }
        Sounds.Correlation(frame, _voice.AsSpan(7 * 160, 160)).ShouldBeLessThan(1.1);
        Loudness.Power(frame).ShouldBeGreaterThan(100_000);
        buffer.Concealed.ShouldBe(0);
    }

    [Fact]
    public void A_gap_fades_to_silence_within_sixty_milliseconds()
    {
        var concealment = new LossConcealment();
        concealment.Received(_voice.AsSpan(1600, 800).ToArray());
        var gap = new short[640];
        concealment.Conceal(gap);
        Loudness.Power(gap.AsSpan(0, 80)).ShouldBeGreaterThan(100_000);
        gap.AsSpan(480).ContainsAnyExcept((short)0).ShouldBeFalse();
    }

    [Fact]
    public void No_packets_of_200_000_upset_the_buffer()
    {
        var (random, buffer, frame) = (new Random(9), new JitterBuffer(), new short[160]);
        var payload = new byte[1200];
        for (var i = 0; i < 200_000; i++)
        {
            var packet = Packet((ushort)(random.Next(4) == 0 ? random.Next() : i / 3 + random.Next(80)), random.Next(4) == 0 ? (uint)random.Next() : (uint)(i / 3 * 160 + random.Next(-1600, 1600)), payload.AsSpan(0, random.Next(10) == 0 ? random.Next(1200) : 160));
            if (random.Next(20) == 0) buffer.PutPause(packet, packet.Payload);
            else buffer.Put(packet, (Codec)random.Next(2));
            if (random.Next(3) == 0) buffer.TryTake(frame);
        }
    }

    private (short[] Heard, JitterBuffer Buffer) Run(int loss, int jitterMs, int packetMs, bool silence = false)
    {
        var buffer = new JitterBuffer();
        var network = new Network(buffer, _voice, packetMs, new Random(2)) { Jitter = jitterMs, Loss = loss, SilencesLosses = silence };
        var heard = new short[Turns * 160];
        for (var turn = 0; turn < Turns; turn++) network.Turn(heard.AsSpan(turn * 160, 160));
        return (heard, buffer);
    }

    private double Best(ReadOnlySpan<short> heard)
    {
        // Found roughly by a short part, then told exactly by the whole.
        var (at, most) = (0, -1.0);
        for (var delay = 0; delay < 2400; delay++)
        {
            var likeness = Sounds.Correlation(heard[..4000], _voice.AsSpan(24_000 - delay, 4000));
            if (likeness > most) (at, most) = (delay, likeness);
        }
        return Sounds.Correlation(heard[..40_000], _voice.AsSpan(24_000 - at, 40_000));
    }

    private double Distance(short[] heard)
    {
        var best = double.MaxValue;
        for (var delay = 0; delay < 1600; delay += 1)
        {
            var sum = 0.0;
            for (var i = 24_000; i < 70_000; i += 37) sum += Math.Pow(heard[i] - _voice[i - delay], 2);
            best = Math.Min(best, sum);
        }
        return best;
    }

    private static RtpPacket Packet(ushort sequence, uint timestamp, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[12 + payload.Length];
        RtpPacket.WriteHeader(bytes, 8, false, sequence, timestamp, 1);
        payload.CopyTo(bytes.AsSpan(12));
        RtpPacket.TryRead(bytes, out var packet);
        return packet;
    }

    private static void Put(JitterBuffer buffer, ushort sequence, uint timestamp, ReadOnlySpan<short> samples)
    {
        var payload = new byte[samples.Length];
        G711.Encode(Codec.Pcma, samples, payload);
        buffer.Put(Packet(sequence, timestamp, payload), Codec.Pcma);
    }

    /// <summary>Carries a voice to a buffer, turn by turn. With silenced losses, lost packets come as silence: the same run without concealment.</summary>
    private sealed class Network(JitterBuffer buffer, short[] voice, int packetMs, Random random)
    {
        private readonly PriorityQueue<(ushort Sequence, uint Timestamp, short[] Samples), double> _underWay = new();
        private double _now;
        private int _packet;

        public double Jitter { get; set; }

        public double Loss { get; init; }

        public double Speed { get; init; } = 1;

        public bool SilencesLosses { get; init; }

        public bool Turn(Span<short> frame)
        {
            for (; _packet * packetMs / Speed < _now + 20; _packet++)
            {
                var samples = new short[packetMs * 8];
                for (var i = 0; i < samples.Length; i++) samples[i] = voice[(_packet * samples.Length + i) % voice.Length];
                var delay = random.NextDouble() * Jitter;
                var isLost = random.NextDouble() * 100 < Loss;
                if (isLost && SilencesLosses) samples.AsSpan().Clear();
                if (!isLost || SilencesLosses) _underWay.Enqueue(((ushort)(65_500 + _packet), unchecked(0xFFFF_FF00 + (uint)(_packet * samples.Length)), samples), _packet * packetMs / Speed + packetMs + delay);
            }
            for (; _underWay.TryPeek(out var packet, out var at) && at <= _now; _underWay.Dequeue()) Put(buffer, packet.Sequence, packet.Timestamp, packet.Samples);
            _now += 20;
            return buffer.TryTake(frame);
        }
    }
}

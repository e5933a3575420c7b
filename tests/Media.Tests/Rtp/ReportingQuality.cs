using System.Buffers.Binary;
using System.Text;
using Courier.Media.Rtp;
using Courier.Testing;

namespace Courier.Media.Tests.Rtp;

public sealed class ReportingQuality : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    public void Losses_are_counted_over_wrapping_numbers_and_reordering(int percent)
    {
        var phone = _stage.Caller();
        var random = new Random(percent);
        var lost = 0;
        for (var i = 0; i < 2000; i++)
        {
            if (i is > 10 and < 1990 && random.Next(100) < percent)
            {
                phone.Lose(160);
                lost++;
            }
            else phone.Say(new short[160]);
            _stage.Turns(1);
        }
        var quality = phone.Leg.Quality;
        (quality.PacketsReceived, quality.PacketsLost).ShouldBe((2000 - lost, lost));
        quality.Loss.ShouldBe(lost / 2000.0, 1e-9);
        quality.Codec.ShouldBe("PCMA");
    }

    [Fact]
    public void Another_source_adds_to_the_figures_of_the_leg()
    {
        var phone = _stage.Caller();
        for (var i = 0; i < 10; i++) phone.Say(new short[160]);
        _stage.Turns(1);
        (phone.Ssrc, phone.Sequence, phone.Timestamp) = (0x2222, 40_000, 5);
        for (var i = 0; i < 10; i++) phone.Say(new short[160]);
        phone.Lose(160);
        phone.Say(new short[160]);
        _stage.Turns(3);
        (phone.Leg.Quality.PacketsReceived, phone.Leg.Quality.PacketsLost).ShouldBe((21, 1));
    }

    [Fact]
    public void Jitter_is_that_of_RFC_3550()
    {
        var reception = new Reception();
        var random = new Random(3);
        double expected = 0, sum = 0;
        TimeSpan? last = null;
        for (ushort i = 0; i < 500; i++)
        {
            var at = TimeSpan.FromMilliseconds(i * 20 + random.Next(0, 12));
            if (last is { } before)
            {
                expected += (Math.Abs((at - before).TotalMilliseconds - 20) - expected) / 16;
                sum += expected;
            }
            last = at;
            var bytes = new byte[20];
            RtpPacket.WriteHeader(bytes, 8, false, i, i * 160u, 1);
            RtpPacket.TryRead(bytes, out var packet);
            reception.Count(packet, at);
        }
        (reception.Jitter / 8.0).ShouldBe(expected, 0.2);
        reception.MeanJitterMs.ShouldBe(sum / 499, 0.05);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reports_say_what_was_sent_and_received_and_who_we_are(bool mux)
    {
        var phone = _stage.Caller(new PhoneKind(Mux: mux));
        for (var i = 0; i < 400; i++)
        {
            if (i % 10 == 5) phone.Lose(160);
            else phone.Say(new short[160]);
            _stage.Turns(1);
        }
        phone.Reports.Count.ShouldBeInRange(1, 4);
        var report = phone.Reports[^1];
        (report[0], report[1]).ShouldBe(((byte)0x81, (byte)200));
        BinaryPrimitives.ReadUInt32BigEndian(report.AsSpan(4)).ShouldBe(phone.Packets[0].Ssrc);
        BinaryPrimitives.ReadUInt32BigEndian(report.AsSpan(28)).ShouldBe(phone.Ssrc);
        ((int)report[32]).ShouldBeInRange(20, 32); // a tenth of 256
        var described = report.AsSpan(52);
        described[1].ShouldBe((byte)202);
        Encoding.ASCII.GetString(described.Slice(10, described[9])).ShouldEndWith("@127.0.0.1");
        (report.Length % 4).ShouldBe(0);
    }

    [Fact]
    public void The_end_of_a_leg_is_told_by_a_goodbye()
    {
        var phone = _stage.Caller();
        phone.Leg.Dispose();
        _stage.Turns(1);
        var last = phone.Reports[^1];
        (last[^8], last[^7]).ShouldBe(((byte)0x81, (byte)203));
        BinaryPrimitives.ReadUInt32BigEndian(last.AsSpan(^4)).ShouldBe(BinaryPrimitives.ReadUInt32BigEndian(last.AsSpan(4)));
    }

    [Fact]
    public void The_round_trip_is_read_from_the_peers_reports()
    {
        var phone = _stage.Caller();
        phone.Say(new short[160]);
        while (phone.Reports.Count == 0) _stage.Turns(1);
        var ours = phone.Reports[0];
        var answer = new byte[32];
        (answer[0], answer[1], answer[3]) = (0x81, 201, 7);
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(8), BinaryPrimitives.ReadUInt32BigEndian(ours.AsSpan(4)));
        answer[12] = 64;
        ours.AsSpan(10, 4).CopyTo(answer.AsSpan(24));
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(28), 65536 / 10); // kept for 100 ms
        _stage.Clock.Advance(TimeSpan.FromMilliseconds(260));
        phone.SendReport(answer);
        _stage.Engine.Step();
        phone.Leg.Quality.RoundTripMs!.Value.ShouldBe(160, 21);
        phone.Leg.Quality.RemoteLoss.ShouldBe(0.25);
    }

    [Fact]
    public void The_estimate_falls_with_loss_and_delay()
    {
        static double Mos(long lost, double rtt = 0) => new LegQuality("PCMA", 1000 - lost, 1000, lost, 1, rtt, null).Mos;
        Mos(0).ShouldBeInRange(4.3, 4.5);
        Mos(50).ShouldBeInRange(3.8, 4.25);
        Mos(200).ShouldBeInRange(2.2, 3.2);
        Mos(0, 800).ShouldBeLessThan(3.8);
        Enumerable.Range(0, 100).Select(i => Mos(i * 10)).Zip(Enumerable.Range(1, 99).Select(i => Mos(i * 10))).ShouldAllBe(p => p.First >= p.Second);
    }

    [Fact]
    public void No_packet_of_300_000_upsets_the_readers()
    {
        var random = new Random(8);
        var rtcp = new Rtcp(1, "me", new Reception());
        var buffer = new byte[300];
        for (var i = 0; i < 300_000; i++)
        {
            var bytes = buffer.AsSpan(0, random.Next(buffer.Length));
            random.NextBytes(bytes);
            if (bytes.Length > 4 && random.Next(4) > 0) (bytes[0], bytes[1], bytes[2]) = ((byte)(0x80 | bytes[0] & 0x3F), (byte)random.Next(198, 206), 0);
            rtcp.Read(bytes, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
            if (RtpPacket.TryRead(bytes, out var packet)) packet.Payload.Length.ShouldBeLessThan(bytes.Length);
        }
    }

    [Fact]
    public void Nonsense_on_the_wire_changes_nothing()
    {
        var phone = _stage.Caller();
        var random = new Random(10);
        phone.Say(new short[160]);
        _stage.Turns(1);
        var buffer = new byte[1600];
        for (var i = 0; i < 3000; i++)
        {
            var bytes = buffer.AsSpan(0, random.Next(buffer.Length));
            random.NextBytes(bytes);
            phone.SendRaw(bytes);
            phone.SendReport(bytes);
            if (i % 20 == 0) _stage.Turns(1);
        }
        phone.Leg.Play(new Courier.Media.Mixing.AudioClip(Sounds.Tone(400, 8000)));
        phone.Packets.Clear();
        _stage.Turns(50);
        Sounds.Share(phone.Sound, 400).ShouldBeGreaterThan(0.95);
    }
}

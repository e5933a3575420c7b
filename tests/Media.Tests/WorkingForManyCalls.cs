using System.Net;
using Courier.Media.Mixing;
using Courier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Media.Tests;

public sealed class WorkingForManyCalls
{
    [Fact]
    public void Nothing_is_allocated_for_packets_whatever_is_done_with_them()
    {
        using var stage = new Stage();
        var phones = Enumerable.Range(0, 12).Select(_ => stage.Caller()).ToArray();
        phones[0].Leg.Play(new AudioClip(Sounds.Tone(400, 8000)), loop: true);
        stage.Engine.Bridge(phones[1].Leg, phones[2].Leg);                                      // straight
        stage.Engine.Bridge(phones[3].Leg, phones[4].Leg);                                      // recorded
        stage.Engine.Record(phones[3].Leg, new Nowhere());
        var conference = stage.Engine.Confer();                                                 // mixed
        foreach (var phone in phones.Skip(5).Take(4)) conference.Join(phone.Leg, MemberRole.Full);
        var toned = stage.Caller(new PhoneKind(EventType: null));                               // listened to for tones
        var secret = stage.Caller(new PhoneKind(Key: new(Courier.Media.Rtp.SrtpSuite.AesCm128HmacSha1Tag80, [.. Enumerable.Range(1, 30).Select(i => (byte)i)])));
        var voice = Sounds.Voice(160, 1);
        var allocated = 0L;
        for (var turn = 0; turn < 600; turn++)
        {
            foreach (var phone in phones) phone.Say(voice);
            toned.Say(voice);
            secret.Say(voice);
            stage.Clock.Advance(TimeSpan.FromMilliseconds(20));
            var before = GC.GetAllocatedBytesForCurrentThread();
            stage.Engine.Step();
            if (turn >= 200) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }
        // 14 packets in and out each turn. What is left are blocks of recordings and reports' addresses, some a second.
        (allocated / (400 * 14 * 2.0)).ShouldBeLessThan(8, $"{allocated} bytes for {400 * 28} packets");
    }

    [Fact]
    public async Task Fifty_legs_have_one_thread()
    {
        var before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        using var engine = new MediaEngine(new MediaOptions { Address = IPAddress.Loopback }, TimeProvider.System, NullLogger.Instance);
        engine.Start();
        var heard = new Heard();
        var legs = Enumerable.Range(0, 50).Select(i => engine.TryOpen($"{i}", heard, out var leg) ? leg : null).OfType<MediaLeg>().ToList();
        using var phone = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)phone.Client.LocalEndPoint!).Port;
        foreach (var leg in legs) leg.TryAnswer(System.Text.Encoding.ASCII.GetBytes($"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio {port} RTP/AVP 8\r\n"), out _, out _).ShouldBeTrue();
        await Wait.Until(() => legs.All(l => l.Quality.PacketsSent > 20), "all legs send");
        System.Diagnostics.Process.GetCurrentProcess().Threads.Count.ShouldBeLessThan(before + 12);
        foreach (var leg in legs) leg.Dispose();
        await Wait.Until(() => engine.OpenLegs == 0, "all legs are closed");
    }

    /// <summary>Takes what is written and keeps nothing, as a disk would without being memory.</summary>
    private sealed class Nowhere : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}

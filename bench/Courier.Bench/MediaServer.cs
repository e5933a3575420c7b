using System.Globalization;
using System.Net;
using System.Text;
using Courier.Media;
using Courier.Media.Mixing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Bench;

/// <summary>The media engine alone, in a process of its own: legs that play, that are bridged, or bridged and recorded, each agreed with a port of the peer's.</summary>
internal static class MediaServer
{
    public const string Name = "media", Plays = "plays", Relays = "relays", Records = "records";

    /// <summary>Serves; the arguments are what the legs do, a folder for recordings, and the ports of the peer, one a leg.</summary>
    public static async Task Serve(string[] arguments)
    {
        var (work, folder, ports) = (arguments[0], arguments[1], arguments[2..]);
        using var engine = new MediaEngine(new MediaOptions { Address = IPAddress.Loopback }, TimeProvider.System, NullLogger.Instance);
        engine.Start();
        var legs = ports.Select(port => Open(engine, port)).ToList();
        var prompt = new AudioClip(Melody.Samples());
        for (var i = 0; i < legs.Count; i++)
        {
            if (work == Plays) legs[i].Play(prompt, loop: true);
            else if (i % 2 == 1) engine.Bridge(legs[i - 1], legs[i]);
            if (work == Records && i % 2 == 0) engine.Record(legs[i], new FileStream(Path.Combine(folder, $"{i}.wav"), FileMode.Create, FileAccess.ReadWrite));
        }
        Console.WriteLine($"legs {string.Join(' ', legs.Select(l => l.Local.Port.ToString(CultureInfo.InvariantCulture)))}");
        Console.WriteLine($"ready at udp://127.0.0.1:{legs[0].Local.Port}");
        await Task.Delay(Timeout.Infinite); // until it is killed
    }

    private static MediaLeg Open(MediaEngine engine, string peersPort)
    {
        var offer = Encoding.ASCII.GetBytes($"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {peersPort} RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n");
        if (!engine.TryOpen(peersPort, new Unheard(), out var leg) || !leg.TryAnswer(offer, out _, out _)) throw new InvalidOperationException("no leg can be opened");
        return leg;
    }
}

using System.Globalization;

namespace Courier.Bench.Kit;

/// <summary>SIPp (Debian's sip-tester) as callers of its own scenario: INVITE, ACK, a while, BYE.</summary>
internal static class SippCaller
{
    /// <summary>Starts it.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="port">Whom it calls, over UDP on this machine.</param>
    /// <param name="count">How many calls it makes in all.</param>
    /// <param name="atOnce">How many of them at a time.</param>
    /// <param name="rate">How many it begins a second.</param>
    /// <param name="milliseconds">How long each lasts.</param>
    /// <param name="more">Further arguments.</param>
    public static PeerProcess Start(string folder, int port, int count, int atOnce, int rate, int milliseconds, params string[] more) => PeerProcess.Start("sipp", folder,
        [
            "-sn", "uac", "-s", "95300", "-i", "127.0.0.1", "-nostdin", "-m", Text(count), "-l", Text(atOnce), "-r", Text(rate), "-d", Text(milliseconds), .. more,
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
        ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

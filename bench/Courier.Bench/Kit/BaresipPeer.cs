using System.Globalization;

namespace Courier.Bench.Kit;

/// <summary>baresip, a telephone that others have written, as one that answers every call by itself.</summary>
internal static class BaresipPeer
{
    /// <summary>Starts it; when it listens, where and as which process.</summary>
    /// <param name="folder">for its settings</param>
    /// <param name="source">what it plays, as it writes that: <c>ausine,400</c>, <c>aufile,prompt.wav</c></param>
    /// <param name="rate">samples a second of that</param>
    /// <param name="channels">1 or 2</param>
    public static async Task<(int Port, PeerProcess Process)> Start(string folder, string source, int rate, int channels)
    {
        var port = UdpPorts.Free();
        await File.WriteAllTextAsync(Path.Combine(folder, "config"), string.Create(CultureInfo.InvariantCulture, $"""
            sip_listen 127.0.0.1:{port}
            call_max_calls 0
            module_path /usr/lib/baresip/modules
            module g711.so
            module ausine.so
            module aufile.so
            module_app account.so
            module_app menu.so
            audio_source {source}
            ausrc_srate {rate}
            ausrc_channels {channels}
            rtp_ports 20000-24000

            """));
        await File.WriteAllTextAsync(Path.Combine(folder, "contacts"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, "accounts"), string.Create(CultureInfo.InvariantCulture, $"<sip:95300@127.0.0.1:{port}>;regint=0;answermode=auto\n"));
        var process = PeerProcess.Start("baresip", folder, "-f", folder);
        await UdpPorts.Taken(port);
        return (port, process);
    }
}

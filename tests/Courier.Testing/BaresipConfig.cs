using System.Globalization;

namespace Courier.Testing;

/// <summary>Settings of baresip (Debian's baresip-core) as a telephone without sound hardware: it plays a tone of its own.</summary>
public static class BaresipConfig
{
    /// <summary>The text of its file <c>config</c>.</summary>
    /// <param name="hertz">the tone</param>
    /// <param name="more">further lines</param>
    public static string Of(int hertz, params IEnumerable<string> more) => At(0, hertz, more);

    /// <inheritdoc cref="Of" />
    /// <param name="port">where it can be called; 0 for a free one</param>
    /// <param name="hertz">the tone</param>
    /// <param name="more">further lines</param>
    public static string At(int port, int hertz, params IEnumerable<string> more) => string.Create(CultureInfo.InvariantCulture, $"""
        sip_listen 127.0.0.1:{port}
        module_path /usr/lib/baresip/modules
        module g711.so
        module ausine.so
        module_app account.so
        module_app menu.so
        audio_source ausine,{hertz}
        ausrc_srate 48000
        ausrc_channels 2

        """) + string.Concat(more.Select(line => line + "\n"));
}

namespace Courier.Media.Codecs;

/// <summary>The two codings of G.711, 8 kHz, a byte a sample.</summary>
internal enum Codec
{
    /// <summary>A-law, static payload type 8: what telephony speaks in China and Europe.</summary>
    Pcma,

    /// <summary>µ-law, static payload type 0: what it speaks in America and Japan.</summary>
    Pcmu,
}

using Courier.Media.Codecs;
using Courier.Media.Wav;

namespace Courier.Media.Mixing;

/// <summary>
/// A sound that can be played to any number of callers at once: 8 kHz, 16 bit, mono, never changed. Its A-law and µ-law forms are made
/// once, so that playing it is copying. Filled up with silence to whole frames of 20 ms.
/// </summary>
public sealed class AudioClip
{
    private readonly byte[] _aLaw;
    private readonly byte[] _muLaw;

    /// <summary>Makes a clip of 8 kHz samples.</summary>
    public AudioClip(ReadOnlySpan<short> samples)
    {
        Frames = (samples.Length + Frame.Samples - 1) / Frame.Samples;
        Length = TimeSpan.FromSeconds((double)samples.Length / Frame.Rate);
        _aLaw = Encoded(Codec.Pcma, samples);
        _muLaw = Encoded(Codec.Pcmu, samples);
    }

    /// <summary>How long it sounds, without the silence that fills its last frame.</summary>
    public TimeSpan Length { get; }

    internal int Frames { get; }

    /// <summary>Reads a WAV file: PCM of 8, 16, 24 or 32 bit, A-law or µ-law, any rate and number of channels, made 8 kHz and mono.</summary>
    /// <exception cref="InvalidDataException">It is no WAV file, or one of another kind.</exception>
    public static AudioClip FromWav(Stream wav) => new(WavReader.Read(wav));

    /// <summary>Nothing to be heard for so long.</summary>
    public static AudioClip Silence(TimeSpan length) => new(new short[(int)(length.TotalSeconds * Frame.Rate)]);

    internal ReadOnlySpan<byte> FrameAt(Codec codec, int index) =>
        (codec switch { Codec.Pcma => _aLaw, Codec.Pcmu => _muLaw }).AsSpan(index * Frame.Samples, Frame.Samples);

    private byte[] Encoded(Codec codec, ReadOnlySpan<short> samples)
    {
        var bytes = new byte[Frames * Frame.Samples];
        bytes.AsSpan().Fill(G711.Silence(codec));
        G711.Encode(codec, samples, bytes);
        return bytes;
    }
}

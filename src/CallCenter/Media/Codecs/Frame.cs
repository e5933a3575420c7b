namespace Courier.Media.Codecs;

/// <summary>The measure of everything here: 20 ms at 8 kHz, the turn of the engine's clock.</summary>
internal static class Frame
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 8000;

    /// <summary>Samples of a frame, and its bytes in G.711.</summary>
    public const int Samples = 160;

    /// <summary>Milliseconds of a frame.</summary>
    public const int Milliseconds = 20;
}

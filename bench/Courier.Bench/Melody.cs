namespace Courier.Bench;

/// <summary>Thirty seconds, as long as prompts and music are.</summary>
internal static class Melody
{
    private static readonly int[] Scale = [262, 294, 330, 349, 392, 440, 494, 523];

    public static short[] Samples() => [.. Enumerable.Range(0, 240_000).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * Scale[i / 4000 % Scale.Length] * i / 8000)))];
}

namespace Courier.Simulator.Network;

/// <summary>Random numbers that can be replayed.</summary>
internal static class Chance
{
    /// <summary>
    /// The stream of one thing in one world. Neighbouring seeds give Random streams that begin alike, so the two numbers
    /// are mixed thoroughly first (the finalizer of MurmurHash3).
    /// </summary>
    public static Random Of(int seed, int number)
    {
        var hash = unchecked((uint)seed * 0x9E3779B9u + (uint)number);
        hash = unchecked((hash ^ (hash >> 16)) * 0x85EBCA6Bu);
        hash = unchecked((hash ^ (hash >> 13)) * 0xC2B2AE35u);
        return new Random(unchecked((int)(hash ^ (hash >> 16))));
    }
}

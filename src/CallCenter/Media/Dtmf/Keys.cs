namespace Courier.Media.Dtmf;

/// <summary>The sixteen keys of a telephone: characters, numbers of RFC 4733 §3.2, tones of ITU-T Q.23.</summary>
internal static class Keys
{
    /// <summary>All keys in the order of their event numbers.</summary>
    public const string All = "0123456789*#ABCD";

    /// <summary>Hz of the rows.</summary>
    public static readonly int[] Lows = [697, 770, 852, 941];

    /// <summary>Hz of the columns.</summary>
    public static readonly int[] Highs = [1209, 1336, 1477, 1633];

    private const string Pad = "123A456B789C*0#D";

    /// <summary>The key of an event number; null for other events (flash, tones, modem signals).</summary>
    public static char? OfEvent(int number) => number >= 0 && number < All.Length ? All[number] : null;

    /// <summary>The event number of a key; null when it is none.</summary>
    public static byte? EventOf(char key) => All.IndexOf(char.ToUpperInvariant(key)) is var at and >= 0 ? (byte)at : null;

    /// <summary>The two tones of a key.</summary>
    public static (int Low, int High) Tones(char key)
    {
        var at = Pad.IndexOf(key);
        return (Lows[at / 4], Highs[at % 4]);
    }

    /// <summary>The key in a row and column of the pad.</summary>
    public static char At(int row, int column) => Pad[row * 4 + column];
}

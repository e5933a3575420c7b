namespace Courier.Services.Parcels;

/// <summary>Finds waybill numbers in whatever people send: chat text, scans, links, labels copied with everything around.</summary>
public static class ReadWaybills
{
    /// <summary>Numbers asked for at once.</summary>
    public const int Most = 15;

    /// <summary>Reads a text. Pure, linear in the text's length.</summary>
    public static WaybillReading In(string text, ParcelsOptions options) => throw new NotSupportedException();
}

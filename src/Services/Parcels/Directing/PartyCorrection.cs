using Courier.Kernel;

namespace Courier.Services.Parcels;

/// <summary>What a correction of the recipient may say; name, phone and door only, for another place is another address.</summary>
public static class PartyCorrection
{
    private const int LongestName = 50, LongestDetail = 200;

    /// <summary>
    /// The first field that is wrong: <c>name</c> (also when nothing is corrected), <c>phone</c>, <c>extension</c> (also without its phone) or <c>detail</c>; null when it can be taken.
    /// </summary>
    /// <param name="recipient">What is right; what is left out stays.</param>
    public static string? Wrong(PartyReport recipient)
    {
        if (recipient is { Name: null, Phone: null, Extension: null, Detail: null }) return "name";
        if (recipient.Name is { } name && (name.Trim().Length is < 1 or > LongestName || name.Contains('*', StringComparison.Ordinal))) return "name";
        if (recipient.Phone is { } phone && !Phone.TryParse(phone, out _)) return "phone";
        if (recipient.Extension is { } extension && (recipient.Phone is null || extension.Length == 0 || !PartyPhone.IsExtension(extension))) return "extension";
        return recipient.Detail is { } detail && (detail.Trim().Length is < 1 or > LongestDetail || detail.Contains("**", StringComparison.Ordinal)) ? "detail" : null;
    }
}

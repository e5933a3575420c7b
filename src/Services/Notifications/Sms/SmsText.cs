using System.Text.RegularExpressions;

namespace Courier.Services.Notifications;

/// <summary>Short messages as operators count them: 70 characters in one, 67 in each part of a longer one. Pure.</summary>
internal static partial class SmsText
{
    private const int Alone = 70, InParts = 67;

    /// <summary>The text of a notification as a short message: one line with the signature, without what can only be done in a chat.</summary>
    /// <param name="text">As it is read in a chat.</param>
    /// <param name="signature">The signature in its brackets.</param>
    public static string Of(string text, string signature)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !OnlyInAChat().IsMatch(l));
        return signature + string.Concat(lines.Select(l => char.IsPunctuation(l[^1]) ? l : l + "。"));
    }

    // What to answer, and the choices with their numbers: nobody reads what is answered to a short message.
    [GeneratedRegex("回复“|回复：$|^[0-9]　")]
    private static partial Regex OnlyInAChat();

    /// <summary>How many parts the operator counts; UTF-16 units, as the encoding of short messages has them.</summary>
    public static int Segments(string text) => text.Length <= Alone ? 1 : (text.Length + InParts - 1) / InParts;
}

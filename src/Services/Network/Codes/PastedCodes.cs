using System.Text;
using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Network.Codes;

/// <summary>Finds the codes in what somebody pasted: one message, or several below each other.</summary>
public static class PastedCodes
{
    /// <summary>Longer texts are not taken.</summary>
    public const int MostCharacters = 2000;

    /// <summary>More codes are not looked for.</summary>
    public const int Most = 20;

    /// <summary>The codes in the order of the text; none when there is no message about a parcel that waits.</summary>
    /// <param name="text">What was pasted, up to <see cref="MostCharacters"/>.</param>
    /// <param name="now">When: spans of free time count from here.</param>
    public static IReadOnlyList<PastedCode> Read(string text, DateTimeOffset now) => [.. Messages(text).SelectMany(message => In(message, now)).Distinct().Take(Most)];

    // What is read a minute later as a minute later is a span.
    private static IEnumerable<PastedCode> In(string message, DateTimeOffset now)
    {
        var until = FreeTime.Until(message, now);
        var isNamed = until is not null && FreeTime.Until(message, now.AddMinutes(1)) != until.Value.AddMinutes(1);
        return PickupText.ReadAll(message).Select(n => new PastedCode(n.Code, n.Place, n.Carrier) { Waybill = n.Waybill, FreeUntil = until, IsFreeUntilNamed = isNamed });
    }

    // A message may have several lines, with its code in any of them: the next one begins where it surely does.
    private static List<string> Messages(string text)
    {
        var (messages, message, hasCode) = (new List<string>(), new StringBuilder(), false);
        foreach (var (piece, beginsLine) in Pieces(text))
        {
            var another = PickupText.Read(piece) is not null;
            if (hasCode && (another || piece.Length == 0 || (beginsLine && piece[0] == '【')))
            {
                messages.Add(message.ToString());
                message.Clear();
                hasCode = false;
            }
            message.Append(piece).Append('\n');
            hasCode |= another;
        }
        messages.Add(message.ToString());
        return messages;
    }

    // Senders of messages stand in brackets: 【菜鸟驿站】. Messages that were copied together have no line break between them.
    private static IEnumerable<(string Piece, bool BeginsLine)> Pieces(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries))
        {
            var begin = 0;
            for (var next = line.IndexOf('【', Math.Min(1, line.Length)); next > 0; next = line.IndexOf('【', next + 1))
            {
                yield return (line[begin..next], begin == 0);
                begin = next;
            }
            yield return (line[begin..], begin == 0);
        }
    }
}

namespace Courier.Services.Addresses.Parsing;

/// <summary>Who sends, in a text that names both: 寄件人王五13900000000收件人赵六13800000000. The address that is read is the recipient's.</summary>
internal static class Senders
{
    private static readonly string[] OfSenders = ["寄件人", "发件人", "寄件方", "发货人"], OfRecipients = ["收件人", "收货人", "收件方"];

    /// <summary>Makes the sender's part a wall: up to the recipient's, or behind it up to the sender's number.</summary>
    public static void Wall(PastedText text, List<FoundNumber> numbers)
    {
        if (First(text, OfSenders) is not (>= 0 and var sender) || First(text, OfRecipients) is not (>= 0 and var recipient)) return;
        var end = sender < recipient ? recipient : numbers.Find(n => n.Start > sender && n.Use == NumberUse.Phone).End;
        if (end <= sender || !numbers.Exists(n => n.Use == NumberUse.Phone && (n.Start < sender || n.Start >= end))) return;
        numbers.RemoveAll(n => n.Start >= sender && n.End <= end);
        text.Set(sender, end, Mark.Wall);
    }

    private static int First(PastedText text, string[] words)
    {
        foreach (var word in words)
            if (text.KeyFrom(0).IndexOf(word, StringComparison.Ordinal) is >= 0 and var at) return at;
        return -1;
    }
}

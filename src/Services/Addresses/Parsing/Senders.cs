using System.Buffers;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Who sends, in a text that names both: 寄件人王五13900000000收件人赵六13800000000. The address that is read is the recipient's.</summary>
internal static class Senders
{
    private static readonly SearchValues<string> OfSenders = SearchValues.Create(["寄件人", "发件人", "寄件方", "发货人"], StringComparison.Ordinal);

    private static readonly SearchValues<string> OfRecipients = SearchValues.Create(["收件人", "收货人", "收件方", "收件地址", "收货地址", "收件电话", "收货电话"], StringComparison.Ordinal);

    /// <summary>Makes the sender's part a wall: up to the recipient's, or to the end where the recipient stands before it.</summary>
    public static void Wall(PastedText text, List<FoundNumber> numbers)
    {
        var sender = text.KeyFrom(0).IndexOfAny(OfSenders);
        if (sender < 0) return;
        var recipient = text.KeyFrom(sender).IndexOfAny(OfRecipients);
        if (recipient < 0 && !text.KeyOf(0, sender).ContainsAny(OfRecipients)) return;
        var end = recipient < 0 ? text.Length : sender + recipient;
        if (!numbers.Exists(n => n.Use == NumberUse.Phone && (n.Start < sender || n.Start >= end))) return;
        numbers.RemoveAll(n => n.Start >= sender && n.End <= end);
        text.Set(sender, end, Mark.Wall);
    }
}

using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Conversations;

/// <summary>
/// A customer who complains to a person has an open complaint until that conversation ends. It counts once a conversation, and stays with
/// the customer record that it began with, whatever is merged meanwhile.
/// </summary>
internal static partial class Complaints
{
    /// <summary>Do these words complain? Whoever takes a complaint back does not.</summary>
    public static bool IsIn(string words) => Words().IsMatch(words);

    /// <summary>Counts the complaint, once a conversation, which is locked.</summary>
    public static async Task Begin(Tx tx, TimeProvider clock, Conversation conversation, CancellationToken ct)
    {
        const string Mark = "update conversations_conversations set complains_for = @customer where id = @id and complains_for = ''";
        if (await tx.Execute(Mark, new { id = conversation.Id, customer = conversation.Customer }, ct).ConfigureAwait(false) == 0) return;
        var now = clock.GetUtcNow();
        await CustomerFacts.Add(tx, clock, conversation.Customer, CustomerMeasure.Complaints, now, 1, ct).ConfigureAwait(false);
        await CustomerFacts.Add(tx, clock, conversation.Customer, CustomerMeasure.OpenComplaints, now, 1, ct).ConfigureAwait(false);
    }

    /// <summary>A conversation, which is locked, is over, and its complaint with it.</summary>
    public static async Task End(Tx tx, TimeProvider clock, string conversation, CancellationToken ct)
    {
        const string Open = "select complains_for from conversations_conversations where id = @conversation and complains_for <> ''";
        if (await tx.First<string>(Open, new { conversation }, ct).ConfigureAwait(false) is not { } customer) return;
        await tx.Execute("update conversations_conversations set complains_for = '' where id = @conversation", new { conversation }, ct).ConfigureAwait(false);
        await CustomerFacts.Add(tx, clock, CustomerId.Parse(customer), CustomerMeasure.OpenComplaints, clock.GetUtcNow(), -1, ct).ConfigureAwait(false);
    }

    [GeneratedRegex("(?<!不|不想|不用|没有|别|撤销|撤回|取消)(?:投诉|举报|申诉|差评|12305)")]
    private static partial Regex Words();
}

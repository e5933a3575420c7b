using System.Globalization;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>Two records become one: what either had switched off is off for the person. What the staying record got by it is written down.</summary>
internal static class MergePreferences
{
    private const string Moved = "preferences", Added = "wishes_added", NoSms = "sms", House = "house", NoHours = "none";

    private const string MoveRow = "update notifications_preferences set customer = @into where customer = @from";

    public static async Task Execute(Tx tx, string mergeId, CustomerId from, CustomerId into, CancellationToken ct)
    {
        var rows = await CustomerPreferences.Locked(tx, [from, into], ct).ConfigureAwait(false);
        if (rows.GetValueOrDefault(from) is not { } theirs) return;
        if (rows.GetValueOrDefault(into) is not { } own)
        {
            await CustomerMoves.Keep(tx, mergeId, Moved, [from.Text], ct).ConfigureAwait(false);
            await tx.Execute(MoveRow, new { from, into }, ct).ConfigureAwait(false);
            return;
        }
        var (mine, both) = (own.Open(), own.Open().And(theirs.Open()));
        await CustomerMoves.Keep(tx, mergeId, Added, [Difference(own.ChangedAt, mine, both)], ct).ConfigureAwait(false);
        await CustomerPreferences.Correct(tx, into, both, ct).ConfigureAwait(false);
    }

    /// <summary>The merge was a mistake: each has what was theirs. Where the customer has said something since, that stands.</summary>
    public static async Task Undo(Tx tx, string mergeId, CustomerId from, CustomerId into, CancellationToken ct)
    {
        if ((await CustomerMoves.Kept(tx, mergeId, Moved, ct).ConfigureAwait(false)).Count > 0)
            await tx.Execute(MoveRow, new { from = into, into = from }, ct).ConfigureAwait(false);
        foreach (var added in await CustomerMoves.Kept(tx, mergeId, Added, ct).ConfigureAwait(false)) // one at most
            if ((await CustomerPreferences.Locked(tx, [into], ct).ConfigureAwait(false)).GetValueOrDefault(into) is { } now && added.StartsWith(At(now.ChangedAt), StringComparison.Ordinal))
                await CustomerPreferences.Correct(tx, into, Without(now.Open(), added.Split('|')), ct).ConfigureAwait(false);
    }

    // When the staying record was changed last, the kinds that it got, "sms" when short messages were switched off, and which hours were replaced.
    private static string Difference(DateTimeOffset changedAt, NotificationPreferences mine, NotificationPreferences both) => At(changedAt) + string.Join('|',
        (both with { KindsOff = both.KindsOff.Except(mine.KindsOff).ToHashSet() }).KindsText,
        mine.IsSmsAllowed == both.IsSmsAllowed ? "" : NoSms,
        mine.QuietHours?.Text == both.QuietHours?.Text ? "" : mine.QuietHours is null ? House : NoHours);

    private static NotificationPreferences Without(NotificationPreferences now, string[] added) => now
        .With(isOn: true, [.. added[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(EnumText<NotificationKind>.Parse)]) with
    {
        IsSmsAllowed = now.IsSmsAllowed || added[2] == NoSms,
        QuietHours = added[3] switch { House => null, NoHours => DailyHours.Never, _ => now.QuietHours },
    };

    private static string At(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "|";
}

using System.Text;
using Courier.Kernel.Data;

namespace Courier.Services.Notifications;

/// <summary>
/// Puts together what is due for the same customer at the same time: several parcels' changes become one message, of which the
/// customer-service window counts one. Answers, replies and incidents stay alone.
/// </summary>
internal sealed class Merging(DataKeys keys, NotificationsOptions options)
{
    private const int MostBytes = 1900; // a customer-service message takes 2048, and the headline is to fit, too

    /// <summary>The messages, in the order of the notifications.</summary>
    public IReadOnlyList<Bundle> Bundle(IReadOnlyList<DueMessage> due)
    {
        var opened = due.Select(m => (Due: m, Outgoing: m.Open(keys))).ToList();
        var bundles = new List<Bundle>(due.Count);
        foreach (var together in opened.GroupBy(m => KeyOf(m.Due)))
        {
            var left = together.OrderBy(m => m.Due.Id, StringComparer.Ordinal).ToList();
            while (left.Count > 0)
            {
                var some = Fitting(left);
                bundles.Add(some.Count == 1 ? new Bundle([some[0].Due], some[0].Outgoing) : Merged(some));
                left.RemoveRange(0, some.Count);
            }
        }
        return bundles;
    }

    // What may have arrived as one message is repeated as that one, so that the far end knows it by its id; nothing new is put to
    // it, which would be dropped with it.
    private string KeyOf(DueMessage m) =>
        options.MergeMost < 2 || m.Kind is not (NotificationKind.ParcelStatus or NotificationKind.ParcelWarning) ? m.Id
        : m.IsTakenOver == 1 ? $"{m.Customer} from {m.TakenFrom} {m.OnlyAppId} {m.OnlyAddress}"
        : m.Reason.StartsWith("ambiguous", StringComparison.Ordinal) ? "as " + (m.MergedInto ?? m.Id)
        : $"{m.Customer} {m.FailedChannels} {m.OnlyAppId} {m.OnlyAddress}";

    private List<(DueMessage Due, OutgoingMessage Outgoing)> Fitting(List<(DueMessage Due, OutgoingMessage Outgoing)> left)
    {
        var bytes = 0;
        return [.. left.Take(options.MergeMost).TakeWhile((m, i) => (bytes += Encoding.UTF8.GetByteCount(m.Outgoing.Text) + 8) <= MostBytes || i == 0)];
    }

    private Bundle Merged(List<(DueMessage Due, OutgoingMessage Outgoing)> some)
    {
        var chief = some.Select(m => m.Outgoing).OrderByDescending(m => m.IsUrgent).ThenByDescending(m => m.Kind == NotificationKind.ParcelWarning).ThenByDescending(m => m.Id, StringComparer.Ordinal).First();
        var outgoing = chief with
        {
            Id = some[0].Due.Id, Text = Texts.Several([.. some.Select(m => m.Outgoing.Text)]), IsUrgent = chief.IsUrgent,
            TemplateData = ParcelNotice.WithMore(chief.TemplateData, options.ParcelTemplate, some.Count - 1),
        };
        return new Bundle([.. some.Select(m => m.Due)], outgoing);
    }
}

using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>A parcel was signed for.</summary>
/// <param name="ParcelId">The parcel's id.</param>
/// <param name="At">When, as the core says.</param>
/// <param name="Version">Version of the parcel after the change.</param>
[EventName("parcel.received.v1")]
public sealed record ParcelReceived(string ParcelId, DateTimeOffset At, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "parcel_received:" + ParcelId;
}

/// <summary>A parcel counts for those who have proven the recipient's number, a day's parcels of a customer together.</summary>
internal sealed class CountReceivedParcels(TimeProvider clock) : IBatchReaction<ParcelReceived>
{
    private const string Recipients = "select id as Id, recipient_phone_hash as PhoneHash from parcels_parcels where id in @parcels";

    public async Task Handle(IReadOnlyList<Delivery<ParcelReceived>> batch, Tx tx, CancellationToken ct)
    {
        var hashes = (await tx.Query<Row>(Recipients, new { parcels = batch.Select(d => d.Event.ParcelId).Distinct() }, ct).ConfigureAwait(false)).ToDictionary(r => r.Id, r => r.PhoneHash);
        var owners = (await VerifiedPhones.OwnersOf(tx, [.. hashes.Values.Distinct()], ct).ConfigureAwait(false)).ToLookup(o => o.Hash, o => o.Customer);
        var received = batch.Select(d => d.Event).Where(e => hashes.ContainsKey(e.ParcelId)).SelectMany(e => owners[hashes[e.ParcelId]].Select(customer => (Customer: customer, e.At)));
        foreach (var day in received.GroupBy(r => (r.Customer, Day: ChinaTime.DayNumber(r.At))).OrderBy(g => g.Key.Customer.Text, StringComparer.Ordinal)) // few recipients are customers with a proven number
            await CustomerFacts.Add(tx, clock, day.Key.Customer, CustomerMeasure.ParcelsReceived, day.First().At, day.Count(), ct).ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string PhoneHash { get; init; }
    }
}

using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Parcels;

namespace Courier.Services.Notifications;

/// <summary>A parcel is in time again, or has arrived: a warning that was not sent yet is not sent.</summary>
internal sealed class DropParcelWarnings(TimeProvider clock) : IBatchReaction<ParcelLateRecovered>
{
    private const string Drop =
        """
        update notifications_messages
        set state = 'superseded', reason = 'recovered', finished_at = @now
        where customer in @customers and order_key in @subjects and kind = 'parcel_warning' and state in ('planned', 'held')
        """;

    public async Task Handle(IReadOnlyList<Delivery<ParcelLateRecovered>> batch, Tx tx, CancellationToken ct)
    {
        var parcels = batch.Select(d => d.Event.ParcelId).Distinct().ToList();
        var told = await LateWarnings.ToldOf(tx, parcels, ct).ConfigureAwait(false);
        if (told.Count == 0) return;
        await tx.Execute(Drop, new { customers = told.Select(t => t.Customer.Text).Distinct(), subjects = parcels.Select(p => "parcel:" + p), now = clock.GetUtcNow() }, ct).ConfigureAwait(false);
    }
}

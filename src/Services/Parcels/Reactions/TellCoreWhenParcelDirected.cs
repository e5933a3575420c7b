using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Orders.Webhooks;

namespace Courier.Services.Parcels;

/// <summary>The carrier core hears what sender and recipient ask for.</summary>
internal sealed class TellCoreWhenParcelDirected(DataKeys keys, PlanWebhooks webhooks) : IReaction<ParcelDirected>
{
    private const string Select =
        """
        select p.waybill as Waybill, d.side as Side, d.detail_cipher as Detail, d.asked_at as AskedAt
        from parcels_directions d
        join parcels_parcels p on p.id = d.parcel_id
        where d.id = @DirectionId
        """;

    public async Task Handle(Delivery<ParcelDirected> delivery, Tx tx, CancellationToken ct)
    {
        var directed = delivery.Event;
        if (await tx.First<Row>(Select, new { directed.DirectionId }, ct).ConfigureAwait(false) is not { } row) return; // its person is erased
        var detail = JsonSerializer.Deserialize<DirectionDetail>(keys.Decrypt(row.Detail), KernelJson.Options) ?? new();
        var name = directed.IsUndone ? "parcel.redirection_undone.v1" : directed.Kind == DirectionKind.Correct ? "parcel.corrected.v1" : "parcel.redirected.v1";
        await webhooks.Plan(tx, name, directed.Aggregate, directed.Version, new DirectionMessage(directed.DirectionId, row.Waybill, directed.Kind, row.Side, row.AskedAt, detail), ct)
            .ConfigureAwait(false);
    }

    private sealed record Row
    {
        public required WaybillNumber Waybill { get; init; }
        public required PartyRole Side { get; init; }
        public required string Detail { get; init; }
        public required DateTimeOffset AskedAt { get; init; }
    }

    private sealed record DirectionMessage(string Id, WaybillNumber Waybill, DirectionKind Kind, PartyRole AskedBy, DateTimeOffset AskedAt, DirectionDetail Detail);
}

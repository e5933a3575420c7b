using Courier.Kernel.Data;
using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>Tells the statistics what finished parcels teach.</summary>
internal static class FinishedRuns
{
    private const string Read =
        """
        select id as Id, product as Product, sender_province as FromProvince, sender_city as FromCity, recipient_province as ToProvince, recipient_city as ToCity,
          registered_at as RegisteredAt
        from parcels_parcels
        where id in @parcelIds
        """;

    /// <summary>Publishes the ways of these parcels, which have just been signed for; two queries, however many they are.</summary>
    public static async Task Publish(Tx tx, IReadOnlyCollection<string> parcelIds, CancellationToken ct)
    {
        if (parcelIds.Count == 0) return;
        var points = await StatusPoints.Of(tx, parcelIds, ct).ConfigureAwait(false);
        var runs = (await tx.Query<Row>(Read, new { parcelIds }, ct).ConfigureAwait(false))
            .Select(r => (r.Id, r.Lane, Way: Stages.Way(r.RegisteredAt, [.. points[r.Id]], r.Lane)))
            .Where(r => r.Way is not null).Select(r => new LaneRunFinished(r.Id, r.Lane, r.Way!)).ToList();
        await tx.Publish(runs, ct).ConfigureAwait(false);
    }

    private sealed record Row : LaneRow
    {
        public required DateTimeOffset RegisteredAt { get; init; }
    }
}

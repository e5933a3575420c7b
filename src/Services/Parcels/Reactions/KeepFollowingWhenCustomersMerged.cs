using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Whoever turns out to be the same customer goes on following what both followed.</summary>
internal sealed class KeepFollowingWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal const string OfOne = "follow", OfBoth = "follow_both";

    private const string Theirs =
        """
        select f.parcel_id as Parcel, (select count(*) from parcels_followers t where t.parcel_id = f.parcel_id and t.customer_id = @into) as Shared
        from parcels_followers f
        where f.customer_id = @from
        """;

    public async Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into, merge) = (delivery.Event.From, delivery.Event.Into, delivery.Event.MergeId);
        if (!await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false)) return;
        var follows = await tx.Query<Follow>(Theirs, new { from, into }, ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, OfOne, follows.Where(f => f.Shared == 0).Select(f => f.Parcel), ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, OfBoth, follows.Where(f => f.Shared > 0).Select(f => f.Parcel), ct).ConfigureAwait(false);
        await tx.Execute(
            $"{tx.Dialect.InsertIfAbsentInto} parcels_followers (parcel_id, customer_id, asked_at) select parcel_id, @into, asked_at from parcels_followers where customer_id = @from",
            new { from, into }, ct).ConfigureAwait(false);
        await tx.Execute("delete from parcels_followers where customer_id = @from", new { from }, ct).ConfigureAwait(false);
    }

    private sealed record Follow
    {
        public required string Parcel { get; init; }
        public required long Shared { get; init; }
    }
}

/// <summary>A merge was a mistake: each follows again what each followed.</summary>
internal sealed class FollowApartWhenMergeUndone : IReaction<CustomerMergeUndone>
{
    public async Task Handle(Delivery<CustomerMergeUndone> delivery, Tx tx, CancellationToken ct)
    {
        var (from, into, merge) = (delivery.Event.From, delivery.Event.Into, delivery.Event.MergeId);
        await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false);
        var ofOne = await CustomerMoves.Kept(tx, merge, KeepFollowingWhenCustomersMerged.OfOne, ct).ConfigureAwait(false);
        var ofBoth = await CustomerMoves.Kept(tx, merge, KeepFollowingWhenCustomersMerged.OfBoth, ct).ConfigureAwait(false);
        foreach (var parcels in ofOne.Concat(ofBoth).Chunk(500))
            await tx.Execute(
                $"""
                {tx.Dialect.InsertIfAbsentInto} parcels_followers (parcel_id, customer_id, asked_at)
                select parcel_id, @from, asked_at from parcels_followers where customer_id = @into and parcel_id in @parcels
                """, new { from, into, parcels }, ct).ConfigureAwait(false);
        foreach (var parcels in ofOne.Chunk(500))
            await tx.Execute("delete from parcels_followers where customer_id = @into and parcel_id in @parcels", new { into, parcels }, ct).ConfigureAwait(false);
    }
}

using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Whoever turns out to be the same customer goes on following what both followed.</summary>
internal sealed class KeepFollowingWhenCustomersMerged : IReaction<CustomerMerged>
{
    internal const string OfOne = "follow", OfBoth = "follow_both", Sent = "follow_sent", SentByOne = "follow_sent_one";

    private const string Theirs =
        """
        select f.parcel_id as Parcel, f.is_sender as IsSender, t.is_sender as TheirIsSender
        from parcels_followers f
        left join parcels_followers t on t.parcel_id = f.parcel_id and t.customer_id = @into
        where f.customer_id = @from
        """;

    public Task Handle(Delivery<CustomerMerged> delivery, Tx tx, CancellationToken ct) => Move(tx, delivery.Event, ct);

    /// <summary>What a customer follows who became another one before it was written: no event comes any more that would take it along.</summary>
    internal static async Task MoveLateOnes(Tx tx, CustomerId customer, CancellationToken ct)
    {
        while (await CustomerMoves.Latest(tx, customer, ct).ConfigureAwait(false) is { } merged) // once, or as often as records were merged one into the next
        {
            await Move(tx, merged, ct).ConfigureAwait(false);
            customer = merged.Into;
        }
    }

    private static async Task Move(Tx tx, CustomerMerged merged, CancellationToken ct)
    {
        var (from, into, merge) = (merged.From, merged.Into, merged.MergeId);
        if (!await CustomerMoves.Stands(tx, merge, ct).ConfigureAwait(false)) return;
        var follows = await tx.Query<Follow>(Theirs, new { from, into }, ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, OfOne, follows.Where(f => f.TheirIsSender is null).Select(f => f.Parcel), ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, OfBoth, follows.Where(f => f.TheirIsSender is not null).Select(f => f.Parcel), ct).ConfigureAwait(false);
        await CustomerMoves.Keep(tx, merge, Sent, follows.Where(f => f.IsSender == 1).Select(f => f.Parcel), ct).ConfigureAwait(false);
        var sentByOne = follows.Where(f => f is { IsSender: 1, TheirIsSender: 0 }).Select(f => f.Parcel).ToList();
        await CustomerMoves.Keep(tx, merge, SentByOne, sentByOne, ct).ConfigureAwait(false);
        await tx.Execute(
            $"{tx.Dialect.InsertIfAbsentInto} parcels_followers (parcel_id, customer_id, asked_at, is_sender) select parcel_id, @into, asked_at, is_sender from parcels_followers where customer_id = @from",
            new { from, into }, ct).ConfigureAwait(false);
        await Mark(tx, into, sentByOne, isSender: true, ct).ConfigureAwait(false);
        await tx.Execute("delete from parcels_followers where customer_id = @from", new { from }, ct).ConfigureAwait(false);
    }

    /// <summary>Whether a customer who follows these parcels is their sender.</summary>
    internal static async Task Mark(Tx tx, CustomerId customer, IEnumerable<string> parcels, bool isSender, CancellationToken ct)
    {
        foreach (var some in parcels.Chunk(500))
            await tx.Execute("update parcels_followers set is_sender = @isSender where customer_id = @customer and parcel_id in @some", new { customer, some, isSender }, ct).ConfigureAwait(false);
    }

    private sealed record Follow
    {
        public required string Parcel { get; init; }
        public required long IsSender { get; init; }
        public required long? TheirIsSender { get; init; }
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
        var sent = await CustomerMoves.Kept(tx, merge, KeepFollowingWhenCustomersMerged.Sent, ct).ConfigureAwait(false);
        await KeepFollowingWhenCustomersMerged.Mark(tx, from, sent, isSender: true, ct).ConfigureAwait(false);
        var sentByOne = await CustomerMoves.Kept(tx, merge, KeepFollowingWhenCustomersMerged.SentByOne, ct).ConfigureAwait(false);
        await KeepFollowingWhenCustomersMerged.Mark(tx, into, sentByOne, isSender: false, ct).ConfigureAwait(false);
        foreach (var parcels in ofOne.Chunk(500))
            await tx.Execute("delete from parcels_followers where customer_id = @into and parcel_id in @parcels", new { into, parcels }, ct).ConfigureAwait(false);
    }
}

using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Shows parcels to those who may see them.</summary>
public static class TrackParcels
{
    /// <summary>
    /// One answer for each number, in their order. A parcel is visible when a verified phone of the customer is the sender's or
    /// recipient's, when the customer follows it already, or when the tail is the last four digits of one of the two phones.
    /// </summary>
    public static Task<IReadOnlyList<TrackedParcel>> Execute(
        Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, TrackRequest request, CancellationToken ct) => throw new NotSupportedException();
}

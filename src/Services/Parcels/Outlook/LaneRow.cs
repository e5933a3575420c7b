using Courier.Services.Lanes;

namespace Courier.Services.Parcels;

/// <summary>A parcel as far as its lane goes.</summary>
internal abstract record LaneRow
{
    public required string Id { get; init; }
    public required string Product { get; init; }
    public required string FromProvince { get; init; }
    public required string FromCity { get; init; }
    public required string ToProvince { get; init; }
    public required string ToCity { get; init; }

    public Lane Lane => new(Product, FromProvince, FromCity, ToProvince, ToCity);
}

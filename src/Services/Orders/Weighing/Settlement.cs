using Courier.Kernel;
using Courier.Kernel.Events;

namespace Courier.Services.Orders.Weighing;

/// <summary>What a parcel costs by its measured weight, where that differs from what was agreed.</summary>
/// <param name="ToldGrams">Weight as the sender told it.</param>
/// <param name="WeighedGrams">Weight as measured.</param>
/// <param name="ChargeableGrams">The weight that is charged.</param>
/// <param name="AgreedFen">What was agreed, fen.</param>
/// <param name="WeighedFen">What it costs, fen.</param>
/// <param name="Lines">How that is made up; they sum to it.</param>
public sealed record Settlement(long ToldGrams, long WeighedGrams, long ChargeableGrams, long AgreedFen, long WeighedFen, IReadOnlyList<OrderPriceLine> Lines)
{
    /// <summary>What is paid more at the pickup, fen; negative for less.</summary>
    public long DifferenceFen => WeighedFen - AgreedFen;

    /// <summary>Why, for the customer to read.</summary>
    public string Reason => SettlementWords.Of(ToldGrams, WeighedGrams, AgreedFen, WeighedFen);
}

/// <summary>A parcel weighed otherwise than it was told to, and costs otherwise by that.</summary>
/// <param name="OrderId">Its order.</param>
/// <param name="Number">The order's number.</param>
/// <param name="Customer">Id of who placed it; empty once that person is erased.</param>
/// <param name="Waybill">The parcel.</param>
/// <param name="ToldGrams">Weight as the sender told it.</param>
/// <param name="WeighedGrams">Weight as measured.</param>
/// <param name="AgreedFen">What was agreed, fen.</param>
/// <param name="WeighedFen">What it costs, fen.</param>
/// <param name="Version">The order's version then.</param>
[EventName("order.parcel_weighed.v1")]
public sealed record ParcelWeighed(
    string OrderId, OrderNumber Number, string Customer, string Waybill, long ToldGrams, long WeighedGrams, long AgreedFen, long WeighedFen, long Version) : IEvent
{
    /// <inheritdoc />
    public string Aggregate => "weighing:" + Waybill;
}

/// <summary>A settlement in words.</summary>
public static class SettlementWords
{
    /// <summary>Why more or less is paid.</summary>
    public static string Of(long toldGrams, long weighedGrams, long agreedFen, long weighedFen) =>
        FormattableString.Invariant($"下单填写 {toldGrams / 1000m:0.###} 公斤，实际称重 {weighedGrams / 1000m:0.###} 公斤，按同一价目重新计算：{new Money(agreedFen)} → {new Money(weighedFen)}，")
        + (weighedFen > agreedFen ? $"揽收时补付 {new Money(weighedFen - agreedFen)}" : $"揽收时少付 {new Money(agreedFen - weighedFen)}");
}

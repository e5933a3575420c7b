using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;

namespace Courier.Services.Notifications;

/// <summary>The cell of an order is not kept any more: its customer is told, and what is possible now.</summary>
internal sealed class TellWhenCellLost(DataKeys keys, IJobAlarm alarm, TimeProvider clock) : IReaction<OrderCellLost>
{
    public Task Handle(Delivery<OrderCellLost> delivery, Tx tx, CancellationToken ct)
    {
        var lost = delivery.Event;
        return OrderNotice.Plan(tx, keys, alarm, clock, lost.Customer, FormattableString.Invariant($"order_cell:{lost.OrderId}:{lost.Version}"), Texts.CellLost(lost.Number, lost.Locker, lost.Reason), ct);
    }
}

/// <summary>A parcel weighed otherwise than it was told to: its customer is told what is paid at the pickup, and why.</summary>
internal sealed class TellWhenParcelWeighed(DataKeys keys, IJobAlarm alarm, TimeProvider clock) : IReaction<ParcelWeighed>
{
    public Task Handle(Delivery<ParcelWeighed> delivery, Tx tx, CancellationToken ct)
    {
        var weighed = delivery.Event;
        return OrderNotice.Plan(tx, keys, alarm, clock, weighed.Customer, "parcel_weighed:" + weighed.Waybill, Texts.Weighed(weighed), ct);
    }
}

/// <summary>What whoever placed an order must know about it.</summary>
internal static class OrderNotice
{
    public static Task Plan(Tx tx, DataKeys keys, IJobAlarm alarm, TimeProvider clock, string customer, string key, string text, CancellationToken ct) =>
        customer.Length == 0 ? Task.CompletedTask : PlanNotification.Execute(tx, keys, alarm, clock,
            [new PlannedNotification(CustomerId.Parse(customer), NotificationKind.System, key, text, TemplateKind: null, TemplateData: null, Url: null, OrderKey: null, OrderVersion: 0,
                OnlyAppId: null, OnlyAddress: null)], ct);
}

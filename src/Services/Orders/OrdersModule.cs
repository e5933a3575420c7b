using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;
using Courier.Services.Network;
using Courier.Services.Orders.Exports;
using Courier.Services.Orders.Webhooks;
using Courier.Services.Orders.Weighing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Orders;

/// <summary>Table of contents of the capability; its README shows the state diagram, the tables and the events.</summary>
public static class OrdersModule
{
    /// <summary>Registers the capability. <see cref="IWaybillNumbers"/> comes from whoever owns waybills.</summary>
    public static ModuleRegistry AddOrders(this ModuleRegistry modules)
    {
        TypeHandlers.AddText<OrderNumber>();
        TypeHandlers.AddEnum<OrderKind>();
        TypeHandlers.AddEnum<OrderStatus>();
        TypeHandlers.AddEnum<OrderAction>();
        TypeHandlers.AddEnum<OrderActor>();
        TypeHandlers.AddEnum<ShipmentStatus>();
        TypeHandlers.AddEnum<GoodsStanding>();
        TypeHandlers.AddEnum<OrderPayment>();
        modules.Options<OrdersOptions>("Orders");
        modules.Options<WebhooksOptions>("Webhooks");
        modules.Services.AddSingleton<PlaceOrder>().AddSingleton<ChangeOrder>().AddSingleton<KeepCellAgain>().AddSingleton<IPersonalData, OrdersPersonalData>().AddSingleton<ITimelinePart, OrdersOfATimeline>();
        modules.Services.AddSingleton<SettleWeight>().AddSingleton<PlanWebhooks>().AddSingleton<WebhookWire>().AddSingleton<SilentTargets>();
        return modules
            .Reaction<OrderPlaced, TellCoreWhenOrderPlaced>("orders.tell_core", DeliveryOrder.PerAggregate)
            .Reaction<OrderChanged, TellCoreWhenOrderChanged>("orders.tell_core_changes", DeliveryOrder.PerAggregate)
            .Reaction<CustomerCorrected, TellCoreWhenCustomerCorrected>("orders.tell_core_of_corrections", DeliveryOrder.PerAggregate)
            .Reaction<OrderPlaced, CountWhenOrderPlaced>("orders.count_for_customers", DeliveryOrder.PerAggregate)
            .Reaction<OrderChanged, CountWhenOrderChanged>("orders.count_changes_for_customers", DeliveryOrder.PerAggregate)
            .Reaction<ShipmentMoved, FollowShipments>("orders.follow_shipments", DeliveryOrder.PerAggregate)
            .Reaction<CellStored, DepositWhenCellStored>("orders.deposit", DeliveryOrder.PerAggregate)
            .Reaction<CellEmptied, PickUpWhenCellEmptied>("orders.pick_up_from_cell", DeliveryOrder.PerAggregate)
            .Reaction<OrderChanged, CountPromiseAgainWhenBrought>("orders.count_promise_again", DeliveryOrder.PerAggregate)
            .Reaction<OrderChanged, ReleaseCellWhenOrderOver>("orders.release_cell", DeliveryOrder.PerAggregate)
            .Reaction<CellReservationEnded, TellWhenCellIsLost>("orders.tell_cell_lost", DeliveryOrder.PerAggregate)
            .Reaction<ParcelWeighed, TellCoreWhenParcelWeighed>("orders.tell_core_weight")
            .Reaction<CustomerMerged, MoveOrdersWhenCustomersMerged>("orders.move_orders")
            .Reaction<CustomerMergeUndone, MoveOrdersBackWhenMergeUndone>("orders.move_orders_back")
            .Job<SendWebhooks>(PlanWebhooks.JobName, JobSchedule.Every(TimeSpan.FromSeconds(1)))
            .Job<ExportDays>("orders.export", JobSchedule.At("0 30 1 * * ?"))
            .Job<ExpireOrders>("orders.expire", JobSchedule.At("0 20 * * * ?"))
            .Job<PurgeOrderTraces>("orders.purge_traces", JobSchedule.At("0 40 3 * * ?"))
            .Job<ForgetOldOrders>("orders.forget", JobSchedule.At("0 10 4 * * ?"));
    }
}

using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Parcels;

/// <summary>Table of contents of the capability; its README shows the state diagram, the tables and the events.</summary>
public static class ParcelsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddParcels(this ModuleRegistry modules)
    {
        TypeHandlers.AddText<WaybillNumber>();
        TypeHandlers.AddEnum<ParcelStatus>();
        TypeHandlers.AddEnum<LateChoice>();
        TypeHandlers.AddEnum<PartyRole>();
        TypeHandlers.AddEnum<DirectionKind>();
        TypeHandlers.AddEnum<DirectionState>();
        modules.Options<ParcelsOptions>("Parcels");
        modules.Services.AddSingleton<IPersonalData, ParcelsPersonalData>().AddSingleton<StuckPlaces>().AddSingleton<ParcelOutlook>()
            .AddSingleton<IWaybillNumbers, OwnWaybillNumbers>().AddSingleton<ParcelsInbox>();
        return modules
            .Reaction<OrderPlaced, RegisterParcelsWhenOrderPlaced>("parcels.register_order")
            .Reaction<OrderChanged, ChangeParcelsWhenOrderChanged>("parcels.change_order", DeliveryOrder.PerAggregate)
            .Reaction<OrderPromiseMoved, TakePromisesOfOrders>("parcels.take_promises", DeliveryOrder.PerAggregate)
            .Reaction<ParcelDirected, TellCoreWhenParcelDirected>("parcels.tell_core", DeliveryOrder.PerAggregate)
            .Reaction<CustomerMerged, KeepFollowingWhenCustomersMerged>("parcels.keep_following")
            .BatchReaction<ParcelReceived, CountReceivedParcels>("parcels.count_received", 100)
            .Job<WatchParcels>("parcels.watch", JobSchedule.Every(TimeSpan.FromMinutes(1)))
            .Job<TakeInboxFiles>("parcels.take_files", JobSchedule.Every(TimeSpan.FromSeconds(5)))
            .Job<PurgeSharesAndWarnings>("parcels.purge_shares", JobSchedule.At("0 50 3 * * ?"))
            .Reaction<CustomerMergeUndone, FollowApartWhenMergeUndone>("parcels.follow_apart")
            .Reaction<CustomerMerged, MoveLinksWhenCustomersMerged>("parcels.move_links")
            .Reaction<CustomerMergeUndone, MoveLinksBackWhenMergeUndone>("parcels.move_links_back")
            .Job<PurgeTailTries>("parcels.purge_tail_tries", JobSchedule.At("0 10 * * * ?"));
    }
}

using Courier.Kernel.Data;
using Courier.Kernel.Modules;
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
        modules.Services.AddSingleton<PlaceOrder>();
        return modules;
    }
}

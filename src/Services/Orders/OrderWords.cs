namespace Courier.Services.Orders;

/// <summary>The words of orders as people read them.</summary>
public static class OrderWords
{
    /// <summary>A status: 待接单; what the sender brings is waited for until it is there, whoever has taken the order on.</summary>
    public static string Of(OrderStatus status, OrderKind kind) => status switch
    {
        OrderStatus.Placed => kind switch { OrderKind.Door => "待接单", OrderKind.Locker => "待投柜", OrderKind.Outlet => "待到店" },
        OrderStatus.Accepted => kind switch { OrderKind.Door => "已接单", OrderKind.Locker => "待投柜", OrderKind.Outlet => "待到店" },
        OrderStatus.Deposited => "已投柜",
        OrderStatus.PickupFailed => "揽收未成功",
        OrderStatus.PickedUp => "已揽收",
        OrderStatus.Completed => "已完成",
        OrderStatus.Cancelled => "已取消",
        OrderStatus.Expired => "已过期",
    };

    /// <summary>A way of sending: 上门取件.</summary>
    public static string Of(OrderKind kind) => kind switch { OrderKind.Door => "上门取件", OrderKind.Locker => "快递柜寄件", OrderKind.Outlet => "网点寄件" };

    /// <summary>One parcel of an order.</summary>
    public static string Of(ShipmentStatus status) => status switch
    {
        ShipmentStatus.Waiting => "待揽收",
        ShipmentStatus.PickedUp => "已揽收",
        ShipmentStatus.Done => "已完成",
        ShipmentStatus.Cancelled => "已取消",
    };

    internal static string Of(OrderAction action) => action switch
    {
        OrderAction.Accept => "接单",
        OrderAction.Deposit => "投柜",
        OrderAction.FailPickup => "登记揽收失败",
        OrderAction.PickUp => "揽收",
        OrderAction.Complete => "完成",
        OrderAction.Reschedule => "改约时间",
        OrderAction.Change => "修改",
        OrderAction.Cancel => "取消",
        OrderAction.Expire => "关闭",
    };
}

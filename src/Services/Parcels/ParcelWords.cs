namespace Courier.Services.Parcels;

/// <summary>Statuses in words.</summary>
public static class ParcelWords
{
    /// <summary>What customers read for a status.</summary>
    public static string Of(ParcelStatus status) => status switch
    {
        ParcelStatus.Registered => "待揽收",
        ParcelStatus.PickedUp => "已揽收",
        ParcelStatus.Departed => "运输中",
        ParcelStatus.Arrived => "已到达中转站点",
        ParcelStatus.OutForDelivery => "派送中",
        ParcelStatus.InLocker => "已存入快递柜",
        ParcelStatus.InStation => "已到驿站，待自取",
        ParcelStatus.Signed => "已签收",
        ParcelStatus.DeliveryFailed => "派送未成功",
        ParcelStatus.Held => "滞留",
        ParcelStatus.Refused => "已拒收",
        ParcelStatus.Returning => "退回中",
        ParcelStatus.Returned => "已退回寄件人",
        ParcelStatus.Damaged => "疑似破损",
        ParcelStatus.Lost => "疑似遗失",
        ParcelStatus.Redirected => "已改派新地址",
        ParcelStatus.Cancelled => "已取消",
    };
}

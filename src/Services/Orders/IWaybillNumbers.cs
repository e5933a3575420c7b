namespace Courier.Services.Orders;

/// <summary>Makes waybill numbers of our own; whoever owns waybills knows their form.</summary>
public interface IWaybillNumbers
{
    /// <summary>The number with this serial, prefix and check digit included.</summary>
    /// <param name="serial">0 to 999,999,999,999.</param>
    string Make(long serial);
}

using System.Globalization;
using Courier.Kernel;
using Courier.Services.Orders;

namespace Courier.Services.Parcels;

/// <summary>Our own waybill numbers, as orders get them.</summary>
internal sealed class OwnWaybillNumbers(ParcelsOptions options) : IWaybillNumbers
{
    public string Make(long serial)
    {
        var digits = serial.ToString("d12", CultureInfo.InvariantCulture);
        return options.WaybillPrefix + digits + CheckDigits.Luhn(digits);
    }
}

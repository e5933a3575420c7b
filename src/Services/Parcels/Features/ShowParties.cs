using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Shows who sends a parcel and who gets it, so that a customer can check the label (“回复1”).</summary>
public static class ShowParties
{
    /// <summary>Masked sender and recipient; null when there is no such parcel, or none that this customer may see.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypts what is shown masked.</param>
    /// <param name="customer">Who asks.</param>
    /// <param name="waybill">Which; null for the one last asked for or, if newer, the last registered of the customer's own.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<ParcelParties?> Execute(ISqlReader db, DataKeys keys, CustomerId customer, WaybillNumber? waybill, CancellationToken ct) =>
        throw new NotSupportedException();
}

/// <summary>Both sides of a parcel, masked.</summary>
/// <param name="Waybill">The parcel's number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="Sender">Who sends it.</param>
/// <param name="Recipient">Who is to get it.</param>
public sealed record ParcelParties(WaybillNumber Waybill, ParcelStatus Status, string StatusText, MaskedParty Sender, MaskedParty Recipient);

/// <summary>A side as others may see it.</summary>
/// <param name="Name">张*明.</param>
/// <param name="Phone">138****1234.</param>
/// <param name="Address">浙江省杭州市西湖区****.</param>
public sealed record MaskedParty(string Name, string Phone, string Address);

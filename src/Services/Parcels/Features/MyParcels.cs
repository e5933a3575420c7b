using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>A customer's own parcels, the newest first.</summary>
public static class MyParcels
{
    /// <summary>A page of the parcels that a verified phone of the customer sends or receives; without a role also those only followed.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypts what is shown masked.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="role">Only those of this side; null for all.</param>
    /// <param name="state">Only open or done ones; null for all.</param>
    /// <param name="cursor">Where the page before ended (<see cref="MyParcelsPage.Next"/>); null for the first page.</param>
    /// <param name="limit">1 to 100 rows.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<MyParcelsPage> Execute(
        ISqlReader db, DataKeys keys, CustomerId customer, PartyRole? role, ParcelState? state, string? cursor, int limit, CancellationToken ct) =>
        throw new NotSupportedException();
}

/// <summary>A page of parcels.</summary>
/// <param name="Parcels">The rows.</param>
/// <param name="Next">Cursor of the next page; null when this was the last.</param>
public sealed record MyParcelsPage(IReadOnlyList<MyParcel> Parcels, string? Next);

/// <summary>A parcel in the list of a customer's own.</summary>
/// <param name="Waybill">Its number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusText">The same in words.</param>
/// <param name="State">Open or done.</param>
/// <param name="Role">The customer's side; null for one that is only followed.</param>
/// <param name="FromCity">The sender's city.</param>
/// <param name="ToCity">The recipient's city.</param>
/// <param name="Counterpart">The other side's name, masked.</param>
/// <param name="LatestText">What the newest event says, phones masked; empty before any.</param>
/// <param name="UpdatedAt">When it happened.</param>
/// <param name="PromisedBy">Until when delivery was promised; null when it was not.</param>
public sealed record MyParcel(
    WaybillNumber Waybill, ParcelStatus Status, string StatusText, ParcelState State, PartyRole? Role, string FromCity, string ToCity,
    string Counterpart, string LatestText, DateTimeOffset UpdatedAt, DateTimeOffset? PromisedBy);

namespace Courier.Services.Parcels;

/// <summary>Which side of a parcel somebody is on.</summary>
internal static class PartyRoles
{
    /// <summary>The side; null for neither. Whoever is on both is told about receiving.</summary>
    /// <param name="recipientHash">Of the recipient's number.</param>
    /// <param name="senderHash">Of the sender's number.</param>
    /// <param name="ordered">1 for whoever ordered that it is sent, whatever number stands on it.</param>
    /// <param name="phones">Hashes of the numbers that they have proven.</param>
    public static PartyRole? Of(string recipientHash, string senderHash, long? ordered, IReadOnlySet<string> phones) =>
        phones.Contains(recipientHash) ? PartyRole.Recipient : phones.Contains(senderHash) || ordered is 1 ? PartyRole.Sender : null;
}

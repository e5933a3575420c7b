using Courier.Kernel.Data;

namespace Courier.Services.Parcels;

/// <summary>Writes other parties to a parcel that is registered already.</summary>
internal static class PartyRows
{
    private const string Update =
        """
        update parcels_parcels
        set sender_name_cipher = @senderName, sender_phone_cipher = @senderPhone, sender_phone_hash = @senderHash, sender_phone_tail = @senderTail,
          sender_province = @senderProvince, sender_city = @senderCity, sender_district = @senderDistrict, sender_detail_cipher = @senderDetail,
          recipient_name_cipher = @recipientName, recipient_phone_cipher = @recipientPhone, recipient_phone_hash = @recipientHash, recipient_phone_tail = @recipientTail,
          recipient_province = @recipientProvince, recipient_city = @recipientCity, recipient_district = @recipientDistrict, recipient_detail_cipher = @recipientDetail,
          promised_by = @promisedBy, weight_grams = @weightGrams
        where waybill = @waybill
        """;

    public static Task Write(Tx tx, DataKeys keys, string waybill, Party sender, Party recipient, DateTimeOffset? promisedBy, long? weightGrams, CancellationToken ct) => tx.Execute(Update, new
    {
        waybill, promisedBy, weightGrams,
        senderName = keys.Encrypt(sender.Name), senderPhone = keys.Encrypt(sender.Dialled), senderHash = keys.Hash(sender.Phone), senderTail = sender.Phone.Tail,
        senderProvince = sender.Province, senderCity = sender.City, senderDistrict = sender.District, senderDetail = keys.Encrypt(sender.Detail),
        recipientName = keys.Encrypt(recipient.Name), recipientPhone = keys.Encrypt(recipient.Dialled), recipientHash = keys.Hash(recipient.Phone), recipientTail = recipient.Phone.Tail,
        recipientProvince = recipient.Province, recipientCity = recipient.City, recipientDistrict = recipient.District, recipientDetail = keys.Encrypt(recipient.Detail),
    }, ct);
}

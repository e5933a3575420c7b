using Courier.Kernel;
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
    public static async Task<ParcelParties?> Execute(ISqlReader db, DataKeys keys, CustomerId customer, WaybillNumber? waybill, CancellationToken ct)
    {
        var phones = (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Select(p => p.Hash).ToList();
        var mine = phones.Count > 0 ? phones : [""];
        var row = waybill is { } number
            ? await db.First<Row>(Named, new { customer, mine, number }, ct).ConfigureAwait(false)
            : await db.First<Row>(Latest, new { customer, mine }, ct).ConfigureAwait(false);
        return row?.Show(keys);
    }

    private const string Columns =
        """
        p.waybill as Waybill, s.status as Status, p.sender_name_cipher as SenderName, p.sender_phone_cipher as SenderPhone, p.sender_province as SenderProvince,
          p.sender_city as SenderCity, p.sender_district as SenderDistrict, p.recipient_name_cipher as RecipientName,
          p.recipient_phone_cipher as RecipientPhone, p.recipient_province as RecipientProvince, p.recipient_city as RecipientCity,
          p.recipient_district as RecipientDistrict
        """;

    private const string Named =
        $"""
        select {Columns}
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        left join parcels_followers f on f.parcel_id = p.id and f.customer_id = @customer
        where p.waybill = @number and (f.customer_id is not null or p.sender_phone_hash in @mine or p.recipient_phone_hash in @mine)
        """;

    private const string Latest =
        $"""
        select {Columns}
        from (
          select parcel_id, at from (
            select parcel_id, asked_at as at from parcels_followers where customer_id = @customer order by asked_at desc limit 1) a
          union all
          select parcel_id, at from (
            select id as parcel_id, registered_at as at from parcels_parcels where sender_phone_hash in @mine order by id desc limit 1) b
          union all
          select parcel_id, at from (
            select id as parcel_id, registered_at as at from parcels_parcels where recipient_phone_hash in @mine order by id desc limit 1) c
        ) l
        join parcels_parcels p on p.id = l.parcel_id
        join parcels_states s on s.parcel_id = p.id
        order by l.at desc, p.id desc
        limit 1
        """;

    private sealed record Row
    {
        public required WaybillNumber Waybill { get; init; }
        public required ParcelStatus Status { get; init; }
        public required string SenderName { get; init; }
        public required string SenderPhone { get; init; }
        public required string SenderProvince { get; init; }
        public required string SenderCity { get; init; }
        public required string SenderDistrict { get; init; }
        public required string RecipientName { get; init; }
        public required string RecipientPhone { get; init; }
        public required string RecipientProvince { get; init; }
        public required string RecipientCity { get; init; }
        public required string RecipientDistrict { get; init; }

        public ParcelParties Show(DataKeys keys) => new(
            Waybill, Status, ParcelWords.Of(Status),
            Masked(keys, SenderName, SenderPhone, SenderProvince, SenderCity, SenderDistrict),
            Masked(keys, RecipientName, RecipientPhone, RecipientProvince, RecipientCity, RecipientDistrict));

        private static MaskedParty Masked(DataKeys keys, string name, string phone, string province, string city, string district) => new(
            Masking.Name(keys.Decrypt(name)), PartyPhone.Parse(keys.Decrypt(phone)).Phone.ToString(), Masking.Address(province, city, district));
    }
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

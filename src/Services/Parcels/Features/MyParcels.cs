using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>A customer's own parcels, the newest first.</summary>
public static class MyParcels
{
    // Each way to a parcel has its own index and gives no more than a page; together they are at most three pages to sort.
    private const string Page =
        """
        select p.id as Id, p.waybill as Waybill, p.sender_phone_hash as SenderHash, p.recipient_phone_hash as RecipientHash, p.sender_name_cipher as SenderName,
          p.recipient_name_cipher as RecipientName, p.product as Product, p.sender_province as FromProvince, p.sender_city as FromCity,
          p.recipient_province as ToProvince, p.recipient_city as ToCity, p.promised_by as PromisedBy,
          p.registered_at as RegisteredAt, s.status as Status, s.last_event_at as LastEventAt, s.latest_text as LatestText, s.latest_place as LatestPlace,
          (select o.is_sender from parcels_followers o where o.parcel_id = p.id and o.customer_id = @customer) as Ordered
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        where p.id in (
          select id from (
            select p.id from parcels_parcels p join parcels_states s on s.parcel_id = p.id
            where p.sender_phone_hash in @sent and p.id < @before and s.status in @statuses order by p.id desc limit @rows) a
          union
          select id from (
            select p.id from parcels_parcels p join parcels_states s on s.parcel_id = p.id
            where p.recipient_phone_hash in @received and p.id < @before and s.status in @statuses order by p.id desc limit @rows) b
          union
          select id from (
            select p.id from parcels_followers f join parcels_parcels p on p.id = f.parcel_id join parcels_states s on s.parcel_id = p.id
            where f.customer_id = @follower and f.is_sender >= @ordered and p.id < @before and s.status in @statuses order by p.id desc limit @rows) c)
        order by p.id desc
        limit @rows
        """;

    /// <summary>A page of the parcels that the customer ordered to be sent, or that a verified phone of theirs sends or receives; without a role also those only followed.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="keys">Decrypts what is shown masked.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="role">Only those of this side; null for all.</param>
    /// <param name="state">Only open or done ones; null for all.</param>
    /// <param name="cursor">Where the page before ended (<see cref="MyParcelsPage.Next"/>); null for the first page.</param>
    /// <param name="limit">1 to 100 rows.</param>
    /// <param name="ct">Ends the query.</param>
    public static async Task<MyParcelsPage> Execute(
        ISqlReader db, DataKeys keys, CustomerId customer, PartyRole? role, ParcelState? state, string? cursor, int limit, CancellationToken ct)
    {
        var mine = (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Select(p => p.Hash).ToHashSet(StringComparer.Ordinal);
        string[] nothing = [""];
        var rows = await db.Query<Row>(Page, new
        {
            sent = role is PartyRole.Recipient || mine.Count == 0 ? nothing : [.. mine],
            received = role is PartyRole.Sender || mine.Count == 0 ? nothing : [.. mine],
            customer,
            follower = role is PartyRole.Recipient ? "" : customer.Text,
            ordered = role is PartyRole.Sender ? 1 : 0,
            before = cursor ?? "g", // beyond every hexadecimal id
            statuses = Enum.GetValues<ParcelStatus>().Where(s => state is null || StatusMachine.StateOf(s) == state).Select(EnumText<ParcelStatus>.Of),
            rows = limit + 1,
        }, ct).ConfigureAwait(false);
        var points = await StatusPoints.Of(db, [.. rows.Take(limit).Where(r => StatusMachine.StateOf(r.Status) == ParcelState.Open).Select(r => r.Id)], ct).ConfigureAwait(false);
        return new MyParcelsPage([.. rows.Take(limit).Select(r => r.Show(keys, role, mine, points[r.Id]))], rows.Count > limit ? rows[limit - 1].Id : null);
    }

    private sealed record Row : ParcelRow
    {
        public required string SenderHash { get; init; }
        public required string RecipientHash { get; init; }
        public required string SenderName { get; init; }
        public required string RecipientName { get; init; }
        public required string LatestText { get; init; }
        public required string LatestPlace { get; init; }
        public required long? Ordered { get; init; }

        public MyParcel Show(DataKeys keys, PartyRole? asked, HashSet<string> mine, IEnumerable<StatusPoint> points)
        {
            var role = asked ?? PartyRoles.Of(RecipientHash, SenderHash, Ordered, mine);
            var counterpart = role == PartyRole.Sender ? RecipientName : SenderName;
            return new MyParcel(Waybill, Status, ParcelWords.Of(Status), StatusMachine.StateOf(Status), role, FromCity, ToCity,
                Masking.Name(keys.Decrypt(counterpart)), Masking.PhonesIn(LatestText),
                UpdatedAt, PromisedBy)
            {
                Progress = Progress(points),
            };
        }

        private ParcelProgress Progress(IEnumerable<StatusPoint> points) => ProgressBy(points, LatestPlace, LatestText);
    }
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
    string Counterpart, string LatestText, DateTimeOffset UpdatedAt, DateTimeOffset? PromisedBy)
{
    /// <summary>When it will probably arrive; null when it has arrived, will not, or too little is known. Filled by <see cref="ParcelOutlook"/>.</summary>
    public DeliveryEta? Eta { get; init; }

    /// <summary>Why it does not move; null for one that does. Filled by <see cref="ParcelOutlook"/>.</summary>
    public ParcelTrouble? Trouble { get; init; }

    /// <summary>What estimates rest on.</summary>
    public ParcelProgress? Progress { get; init; }
}

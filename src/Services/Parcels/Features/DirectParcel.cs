using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Orders;

namespace Courier.Services.Parcels;

/// <summary>
/// Sender and recipient steer a parcel before it is brought: another time or place, holding, turning round, corrected parties. One wish
/// about its way stands at a time, the newest; until the carrier core has taken it, it can be taken back. A correction holds at once and
/// ends no wish. Asking for the same again changes nothing.
/// </summary>
public static class DirectParcel
{
    private const string Mine =
        """
        select p.id as Id, p.waybill as Waybill, p.product as Product, p.sender_phone_hash as SenderHash, p.recipient_phone_hash as RecipientHash,
          p.recipient_name_cipher as Name, p.recipient_phone_cipher as Phone, p.recipient_detail_cipher as Detail, p.recipient_province as Province, p.recipient_city as City, p.recipient_district as District,
          s.status as Status, f.is_sender as Ordered
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        left join parcels_followers f on f.parcel_id = p.id and f.customer_id = @customer
        where p.waybill = @waybill and (p.sender_phone_hash in @mine or p.recipient_phone_hash in @mine or f.is_sender = 1)
        """;

    private const string Newest =
        """
        select id as Id, kind as Kind, customer_id as Customer, detail_cipher as DetailCipher, detail_hash as DetailHash, state as State, asked_at as AskedAt
        from parcels_directions
        where parcel_id = @id and kind in @kinds
        order by version desc
        limit 1
        """;

    private static readonly string[] Columns =
        ["id", "parcel_id", "version", "kind", "side", "customer_id", "detail_cipher", "detail_hash", "state", "not_before", "asked_at", "decided_at"];

    private static readonly DirectionKind[] Ways = [.. Enum.GetValues<DirectionKind>().Where(k => k != DirectionKind.Correct)];

    /// <summary>What can be asked for now, and what was asked for last; null when there is no such parcel of this customer.</summary>
    public static async Task<ParcelDirections?> Show(ISqlReader db, DataKeys keys, ParcelsOptions options, CustomerId customer, WaybillNumber waybill, CancellationToken ct)
    {
        if (await Find(db, customer, waybill, "", ct).ConfigureAwait(false) is not { } parcel) return null;
        var newest = await NewestOf(db, parcel.Id, Ways, ct).ConfigureAwait(false);
        return new ParcelDirections(
            [.. Enum.GetValues<DirectionKind>().Where(k => parcel.Sides.Any(s => DirectionRules.Allows(k, s, parcel.Status, options.IsFixed(parcel.Product))))],
            newest is null || newest.Customer != customer ? null : await newest.Open(db, keys, ct).ConfigureAwait(false),
            (parcel.City.Length > 0 ? parcel.City : parcel.Province) + parcel.District);
    }

    /// <summary>What this customer has asked for and may still take back, the latest first; at most five.</summary>
    public static async Task<IReadOnlyList<WaitingDirection>> Waiting(ISqlReader db, CustomerId customer, CancellationToken ct) =>
        await db.Query<WaitingDirection>(
            """
            select p.waybill as Waybill, d.kind as Kind
            from parcels_directions d
            join parcels_parcels p on p.id = d.parcel_id
            where d.customer_id = @customer and d.state = 'asked'
            order by d.asked_at desc, d.id desc
            limit 5
            """, new { customer }, ct).ConfigureAwait(false);

    /// <summary>Asks; null when there is no such parcel of this customer.</summary>
    /// <exception cref="RuleBroken">parcel.direction_not_allowed: not by this side, not any more, or not with this product.</exception>
    /// <exception cref="WrongDirection">What is asked for cannot be: no such place, no such region, no time at which couriers come.</exception>
    public static Task<AskedDirection?> Ask(
        Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, Divisions divisions, CustomerId customer, WaybillNumber waybill, DirectionKind kind, DirectionDetail wish, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (await Find(tx, customer, waybill, tx.Dialect.ForUpdate, ct).ConfigureAwait(false) is not { } parcel) return null;
            var side = parcel.Sides.Cast<PartyRole?>().FirstOrDefault(s => DirectionRules.Allows(kind, s!.Value, parcel.Status, options.IsFixed(parcel.Product)))
                ?? throw new RuleBroken("parcel.direction_not_allowed", WhyNot(parcel, kind, options));
            var detail = await DirectionCheck.Checked(tx, divisions, options, kind, wish, clock.GetUtcNow(), ct).ConfigureAwait(false);
            var json = JsonSerializer.Serialize(detail, KernelJson.Options);
            var (now, hash) = (clock.GetUtcNow(), keys.Hash($"{kind}\n{json}"));
            var newest = await NewestOf(tx, parcel.Id, kind == DirectionKind.Correct ? [kind] : Ways, ct).ConfigureAwait(false);
            if (newest is { State: DirectionState.Asked or DirectionState.Accepted } same && same.DetailHash == hash && same.Customer == customer) return await same.Open(tx, keys, ct).ConfigureAwait(false);
            var version = await NextVersion(tx, parcel.Id, ct).ConfigureAwait(false);
            if (newest is { State: DirectionState.Asked })
                await tx.Execute("update parcels_directions set state = 'undone', decided_at = @now where id = @Id", new { now, newest.Id }, ct).ConfigureAwait(false);
            var asked = new Row
            {
                Id = Ids.New(clock), Kind = kind, Customer = customer, DetailCipher = keys.Encrypt(json), DetailHash = hash,
                State = kind == DirectionKind.Correct ? DirectionState.Accepted : DirectionState.Asked, AskedAt = now,
            };
            await tx.InsertRows("parcels_directions", Columns,
                [[asked.Id, parcel.Id, version, EnumText<DirectionKind>.Of(kind), EnumText<PartyRole>.Of(side), customer, asked.DetailCipher, hash, EnumText<DirectionState>.Of(asked.State),
                    NotBefore(kind, detail), now, asked.State == DirectionState.Accepted ? now : null]], ct: ct).ConfigureAwait(false);
            if (kind == DirectionKind.Correct) await Correct(tx, keys, parcel, detail, ct).ConfigureAwait(false);
            if (DirectionRules.IsAnotherWay(kind)) await LateWarnings.Redirected(tx, parcel.Id, customer, now, ct).ConfigureAwait(false);
            if (DeliveryConsents.Leaving(kind) is { } leaving) await Log(tx, clock, parcel, customer, leaving, detail, ct).ConfigureAwait(false);
            await tx.Publish(new ParcelDirected(asked.Id, parcel.Id, kind, IsUndone: false, version), ct).ConfigureAwait(false);
            return await asked.Open(tx, keys, ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Why this customer cannot have it, for them to read; null when they can, or when there is no such parcel of theirs.</summary>
    public static async Task<string?> Refusal(ISqlReader db, ParcelsOptions options, CustomerId customer, WaybillNumber waybill, DirectionKind kind, CancellationToken ct) =>
        await Find(db, customer, waybill, "", ct).ConfigureAwait(false) is { } parcel
        && !parcel.Sides.Any(s => DirectionRules.Allows(kind, s, parcel.Status, options.IsFixed(parcel.Product))) ? WhyNot(parcel, kind, options) : null;

    /// <summary>Takes back the way that was asked for last; null when there is nothing of this customer to take back.</summary>
    /// <exception cref="RuleBroken">parcel.direction_taken: the carrier core has taken it already.</exception>
    public static Task<AskedDirection?> Undo(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, WaybillNumber waybill, CancellationToken ct) => db.InTransaction(async tx =>
    {
        if (await Find(tx, customer, waybill, tx.Dialect.ForUpdate, ct).ConfigureAwait(false) is not { } parcel) return null;
        if (await NewestOf(tx, parcel.Id, Ways, ct).ConfigureAwait(false) is not { } newest || newest.Customer != customer) return null;
        if (newest.State == DirectionState.Undone) return await newest.Open(tx, keys, ct).ConfigureAwait(false);
        if (newest.State != DirectionState.Asked) throw new RuleBroken("parcel.direction_taken", Texts.DirectionTaken);
        var version = await NextVersion(tx, parcel.Id, ct).ConfigureAwait(false);
        await tx.Execute("update parcels_directions set state = 'undone', version = @version, decided_at = @now where id = @Id", new { version, now = clock.GetUtcNow(), newest.Id }, ct)
            .ConfigureAwait(false);
        await LateWarnings.RedirectionUndone(tx, parcel.Id, customer, ct).ConfigureAwait(false);
        await tx.Publish(new ParcelDirected(newest.Id, parcel.Id, newest.Kind, IsUndone: true, version), ct).ConfigureAwait(false);
        return await (newest with { State = DirectionState.Undone }).Open(tx, keys, ct).ConfigureAwait(false);
    }, ct);

    /// <summary>What the core reports answers what was asked for; two queries at most, however many parcels.</summary>
    internal static async Task Answer(Tx tx, IReadOnlyList<ParcelStatusChanged> changes, DateTimeOffset now, CancellationToken ct)
    {
        var telling = changes.Where(c => Ways.Any(k => DirectionRules.Answer(k, null, c.To, c.At) is not null)).ToList();
        if (telling.Count == 0) return;
        var open = await tx.Query<OpenRow>(
            "select id as Id, parcel_id as ParcelId, kind as Kind, not_before as NotBefore from parcels_directions where parcel_id in @ids and state = 'asked'", new { ids = telling.Select(c => c.ParcelId).Distinct() }, ct).ConfigureAwait(false);
        var answers = open.Select(o => (o.Id, State: telling.Where(c => c.ParcelId == o.ParcelId).Select(c => DirectionRules.Answer(o.Kind, o.NotBefore, c.To, c.At)).FirstOrDefault(s => s is not null)))
            .Where(a => a.State is not null).ToLookup(a => a.State!.Value, a => a.Id);
        foreach (var state in answers)
            await tx.Execute("update parcels_directions set state = @state, decided_at = @now where id in @ids", new { state = EnumText<DirectionState>.Of(state.Key), now, ids = state }, ct)
                .ConfigureAwait(false);
    }

    // Whose matter it is comes first: waiting does not make it anybody else's.
    private static string WhyNot(ParcelOfMine parcel, DirectionKind kind, ParcelsOptions options)
    {
        if (!parcel.Sides.Any(s => DirectionRules.IsFor(kind, s))) return Texts.DirectionOfOtherSide(kind);
        if (kind is DirectionKind.Intercept && parcel.Status is ParcelStatus.Registered) return Texts.NotPickedUpYet;
        return options.IsFixed(parcel.Product) && parcel.Sides.Any(s => DirectionRules.Allows(kind, s, parcel.Status, fixedWay: false))
            ? Texts.DirectionFixed(kind) : Texts.DirectionNotAllowed(kind, parcel.Status);
    }

    // The recipient's own choice for this parcel goes before every rule: it is kept as evidence that leaving it there was agreed to.
    private static Task Log(Tx tx, TimeProvider clock, ParcelOfMine parcel, CustomerId recipient, ConsentKind leaving, DirectionDetail detail, CancellationToken ct) =>
        DepositCheck.Execute(tx, clock, new Deposit(leaving, parcel.Waybill.Text, parcel.RecipientHash, "recipient")
        {
            Recipient = recipient, Place = leaving == ConsentKind.Neighbour ? "" : detail.Place ?? "", ChosenForThisParcel = true,
        }, ct);

    private static PlaceKind? PlaceOf(DirectionKind kind) => kind switch
    {
        DirectionKind.Locker => PlaceKind.Locker,
        DirectionKind.Station => PlaceKind.Outlet,
        DirectionKind.OtherTime or DirectionKind.Hold or DirectionKind.OtherAddress or DirectionKind.Neighbour or DirectionKind.Intercept or DirectionKind.Correct => null,
    };

    private static DateTimeOffset? NotBefore(DirectionKind kind, DirectionDetail detail) => kind switch
    {
        DirectionKind.OtherTime => detail.From,
        DirectionKind.Hold => detail.Until,
        DirectionKind.OtherAddress or DirectionKind.Locker or DirectionKind.Station or DirectionKind.Neighbour or DirectionKind.Intercept or DirectionKind.Correct => null,
    };

    private static Task<Row?> NewestOf(ISqlReader db, string parcelId, IEnumerable<DirectionKind> kinds, CancellationToken ct) =>
        db.First<Row>(Newest, new { id = parcelId, kinds = kinds.Select(EnumText<DirectionKind>.Of) }, ct);

    // The core hears of a parcel's directions by growing versions, of taking back as well.
    private static Task<long> NextVersion(Tx tx, string parcelId, CancellationToken ct) =>
        tx.First<long>("select coalesce(max(version), 0) + 1 from parcels_directions where parcel_id = @parcelId", new { parcelId }, ct);

    private static async Task<ParcelOfMine?> Find(ISqlReader db, CustomerId customer, WaybillNumber waybill, string locked, CancellationToken ct)
    {
        var mine = (await VerifiedPhones.Of(db, customer, ct).ConfigureAwait(false)).Select(p => p.Hash).ToList();
        var parcel = await db.First<ParcelOfMine>($"{Mine} {locked}", new { waybill, customer, mine = mine.Count > 0 ? mine : [""] }, ct).ConfigureAwait(false);
        return parcel is null ? null : parcel with { Sides = [.. Sides(parcel, mine)] };
    }

    private static IEnumerable<PartyRole> Sides(ParcelOfMine parcel, List<string> mine)
    {
        if (mine.Contains(parcel.RecipientHash)) yield return PartyRole.Recipient;
        if (mine.Contains(parcel.SenderHash) || parcel.Ordered is 1) yield return PartyRole.Sender;
    }

    // Name, number and door of the recipient; the place stays, or it would be another address. An order keeps its own copy of them.
    private static async Task Correct(Tx tx, DataKeys keys, ParcelOfMine parcel, DirectionDetail detail, CancellationToken ct)
    {
        var right = new RecipientCorrection(detail.Recipient?.Name, Phone.TryParse(detail.Recipient?.Phone, out var corrected) ? corrected : null, detail.Recipient?.Extension, detail.Recipient?.Detail);
        var phone = right.Phone is { } given ? new PartyPhone(given, right.Extension) : PartyPhone.Parse(keys.Decrypt(parcel.Phone));
        await tx.Execute(
            """
            update parcels_parcels set recipient_name_cipher = @name, recipient_phone_cipher = @cipher, recipient_phone_hash = @hash, recipient_phone_tail = @tail,
              recipient_detail_cipher = @detail
            where id = @Id
            """,
            new
            {
                parcel.Id, name = right.Name is { } name ? keys.Encrypt(name) : parcel.Name, cipher = keys.Encrypt(phone.Text), hash = keys.Hash(phone.Phone), tail = phone.Phone.Tail,
                detail = right.Detail is { } door ? keys.Encrypt(door) : parcel.Detail,
            }, ct).ConfigureAwait(false);
        await CorrectShipment.Execute(tx, keys, parcel.Waybill.Text, right, ct).ConfigureAwait(false);
    }

    private sealed record ParcelOfMine
    {
        public required string Id { get; init; }
        public required WaybillNumber Waybill { get; init; }
        public required string Product { get; init; }
        public required string SenderHash { get; init; }
        public required string RecipientHash { get; init; }
        public required string Name { get; init; }
        public required string Phone { get; init; }
        public required string Detail { get; init; }
        public required string Province { get; init; }
        public required string City { get; init; }
        public required string District { get; init; }
        public required ParcelStatus Status { get; init; }
        public required long? Ordered { get; init; }
        public IReadOnlyList<PartyRole> Sides { get; init; } = [];
    }

    private sealed record OpenRow
    {
        public required string Id { get; init; }
        public required string ParcelId { get; init; }
        public required DirectionKind Kind { get; init; }
        public required DateTimeOffset? NotBefore { get; init; }
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required DirectionKind Kind { get; init; }
        public required CustomerId Customer { get; init; }
        public required string DetailCipher { get; init; }
        public required string DetailHash { get; init; }
        public required DirectionState State { get; init; }
        public required DateTimeOffset AskedAt { get; init; }

        public async Task<AskedDirection> Open(ISqlReader db, DataKeys keys, CancellationToken ct)
        {
            var detail = JsonSerializer.Deserialize<DirectionDetail>(keys.Decrypt(DetailCipher), KernelJson.Options) ?? new();
            return new AskedDirection(Id, Kind, State, detail, AskedAt)
            {
                PlaceName = PlaceOf(Kind) is { } place && detail.Place is { } code ? await FindNamedPlaces.NameOf(db, place, code, ct).ConfigureAwait(false) : null,
            };
        }
    }
}

/// <summary>What was asked for and is not taken yet.</summary>
public sealed record WaitingDirection
{
    /// <summary>The parcel.</summary>
    public required WaybillNumber Waybill { get; init; }

    /// <summary>What was asked for.</summary>
    public required DirectionKind Kind { get; init; }
}

/// <summary>What can be asked for, and what was.</summary>
/// <param name="Possible">What this customer may ask for now.</param>
/// <param name="Asked">The way that they asked for last, corrections aside; null when none.</param>
/// <param name="To">City and district that it goes to, as far as they are known: 杭州市西湖区.</param>
public sealed record ParcelDirections(IReadOnlyList<DirectionKind> Possible, AskedDirection? Asked, string To);

using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Shows parcels to those who may see them.</summary>
public static class TrackParcels
{
    /// <summary>
    /// One answer for each number, in their order. A parcel is visible when a verified phone of the customer is the sender's or
    /// recipient's, when the customer follows it already, or when the tail is the last four digits of one of the two phones.
    /// What exists and what does not takes the same way, so that neither the answer nor its time tells them apart.
    /// </summary>
    /// <exception cref="ArgumentException">More than 15 numbers.</exception>
    public static async Task<IReadOnlyList<TrackedParcel>> Execute(
        Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, TrackRequest request, CancellationToken ct)
    {
        if (request.Waybills.Count > ReadWaybills.Most) throw new ArgumentException("too many waybill numbers", nameof(request));
        var now = clock.GetUtcNow();
        var rows = await Load(db, now, request, ct).ConfigureAwait(false);
        var mine = await PhonesFor(db, request, rows, ct).ConfigureAwait(false);
        var shown = new List<Row>(rows.Count);
        foreach (var row in rows) if (row.Follows || row.RoleOf(mine) is not null) shown.Add(row);

        IReadOnlySet<WaybillNumber> locked = FrozenSet<WaybillNumber>.Empty;
        if (request.PhoneTail is { Length: > 0 } tail && request.Waybills.Where(w => Of(w, shown) is null).Distinct().ToList() is { Count: > 0 } asked)
        {
            var (right, over) = await TailTries.Try(db, now, asked, w => Of(w, rows)?.HasTail(tail) ?? false, ct).ConfigureAwait(false);
            shown.AddRange(rows.Where(r => right.Contains(r.Waybill)));
            locked = over;
        }
        var routes = await Routes(db, shown, ct).ConfigureAwait(false);
        if (request is { Follow: true, Customer: { } customer }) await Follow(db, now, customer, shown, ct).ConfigureAwait(false);
        var parcels = new TrackedParcel[request.Waybills.Count];
        for (var i = 0; i < parcels.Length; i++)
        {
            var waybill = request.Waybills[i];
            parcels[i] = Of(waybill, shown) is { } row ? Show(row, PointsOf(row, routes), mine, follows: request.Follow)
                : locked.Contains(waybill) ? new TrackedParcel.TooManyTries(waybill)
                : new TrackedParcel.Unknown(waybill, ReadWaybills.LookAt(waybill, options));
        }
        return parcels;
    }

    // There are few: to look at each costs less than a dictionary.
    private static Row? Of(WaybillNumber waybill, IReadOnlyList<Row> rows)
    {
        foreach (var row in rows) if (row.Waybill == waybill) return row;
        return null;
    }

    /// <summary>A parcel for its owner; null when there is none, or it is not this customer's.</summary>
    public static async Task<TrackedParcel.Found?> Own(
        Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, CustomerId customer, WaybillNumber waybill, CancellationToken ct) =>
        (await Execute(db, keys, clock, options, new TrackRequest([waybill], customer, null, customer.Text, false), ct).ConfigureAwait(false))[0]
            as TrackedParcel.Found;

    private static async Task<IReadOnlySet<string>> PhonesFor(Db db, TrackRequest request, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        if (request.Customer is not { } me || (!request.TellsRole && FollowsAll(request, rows))) return FrozenSet<string>.Empty;
        return (await VerifiedPhones.Of(db, me, ct).ConfigureAwait(false)).Select(p => p.Hash).ToHashSet(StringComparer.Ordinal);
    }

    private static bool FollowsAll(TrackRequest request, IReadOnlyList<Row> rows)
    {
        foreach (var waybill in request.Waybills) if (Of(waybill, rows) is not { Follows: true }) return false;
        return true;
    }

    private static Task<IReadOnlyList<Row>> Load(Db db, DateTimeOffset now, TrackRequest request, CancellationToken ct) => db.Query<Row>(
        """
        select p.id as Id, p.waybill as Waybill, p.sender_phone_hash as SenderHash, p.sender_phone_tail as SenderTail, p.recipient_phone_hash as RecipientHash,
          p.recipient_phone_tail as RecipientTail, p.product as Product, p.sender_province as FromProvince, p.sender_city as FromCity,
          p.recipient_province as ToProvince, p.recipient_city as ToCity, p.promised_by as PromisedBy,
          p.registered_at as RegisteredAt, s.status as Status, s.last_event_at as LastEventAt, s.latest_place as LatestPlace, f.asked_at as AskedAt, f.is_sender as Ordered,
          exists (select 1 from parcels_warnings w where w.customer_id = @customer and w.open_until > @now) as MayBeWarned
        from parcels_parcels p
        join parcels_states s on s.parcel_id = p.id
        left join parcels_followers f on f.parcel_id = p.id and f.customer_id = @customer
        where p.waybill in @waybills
        """, new { customer = request.Customer?.Text ?? "", waybills = request.Waybills, now }, ct);

    /// <summary>The route points of all these parcels, the newest first.</summary>
    private static async Task<IReadOnlyList<RouteRow>> Routes(Db db, List<Row> shown, CancellationToken ct) => shown.Count == 0 ? [] : [.. (await db.Query<RouteRow>(
        """
        select parcel_id as ParcelId, happened_at as At, received_at as ReceivedAt, sequence as Sequence, status as Status, city as City, place as Place, text as Text
        from parcels_events
        where parcel_id in @ids
        """, new { ids = shown.ConvertAll(r => r.Id) }, ct).ConfigureAwait(false)).Order(RouteRow.NewestFirst)]; // a few rows: cheaper here than there

    private static RoutePoint[] PointsOf(Row row, IReadOnlyList<RouteRow> routes)
    {
        var points = new List<RoutePoint>(routes.Count);
        foreach (var route in routes) if (route.ParcelId == row.Id) points.Add(route.Point);
        return [.. points];
    }

    // Asking again moves the parcel to the front of what "1" shows; that it was there within ten minutes is front enough, and spares a write for each question.
    private static Task Follow(Db db, DateTimeOffset now, CustomerId customer, List<Row> shown, CancellationToken ct)
    {
        var stale = shown.FindAll(r => r.AskedAt is not { } asked || now.ToUnixTimeMilliseconds() - asked > 600_000);
        return stale.Count == 0 ? Task.CompletedTask : db.InTransaction(tx => tx.UpsertRows("parcels_followers", ["parcel_id", "customer_id", "asked_at"],
            stale.Select(r => new object?[] { r.Id, customer, now }), "parcel_id, customer_id", ["asked_at"], ct), ct);
    }

    private static TrackedParcel.Found Show(Row row, IReadOnlyList<RoutePoint> points, IReadOnlySet<string> mine, bool follows) => new(
        row.Waybill, row.Status, ParcelWords.Of(row.Status), row.UpdatedAt, points,
        row.RoleOf(mine), row.Status is ParcelStatus.InLocker or ParcelStatus.InStation ? Texts.Waiting(Masking.PhonesIn(row.LatestPlace)) : null,
        follows || row.Follows || row.RoleOf(mine) is not null, row.PromisedBy, row.FromCity, row.ToCity)
    {
        Progress = row.Progress(points),
        MayBeWarned = row.MayBeWarned,
    };

    private sealed record RouteRow
    {
        public required string ParcelId { get; init; }
        public required DateTimeOffset At { get; init; }
        public required long ReceivedAt { get; init; }
        public required long Sequence { get; init; }
        public required ParcelStatus? Status { get; init; }
        public required string City { get; init; }
        public required string Place { get; init; }
        public required string Text { get; init; }

        public static IComparer<RouteRow> NewestFirst { get; } = Comparer<RouteRow>.Create(static (one, other) =>
            other.At.CompareTo(one.At) is not 0 and var at ? at : other.ReceivedAt.CompareTo(one.ReceivedAt) is not 0 and var received ? received : other.Sequence.CompareTo(one.Sequence));

        public RoutePoint Point => new(At, Status, City, Masking.PhonesIn(Place), Masking.PhonesIn(Text));
    }

    private sealed record Row : ParcelRow
    {
        public required string SenderHash { get; init; }
        public required string SenderTail { get; init; }
        public required string RecipientHash { get; init; }
        public required string RecipientTail { get; init; }
        public required string LatestPlace { get; init; }
        public required long? AskedAt { get; init; }
        public required long? Ordered { get; init; }
        public required bool MayBeWarned { get; init; }

        public bool Follows => AskedAt is not null;

        public ParcelProgress Progress(IReadOnlyList<RoutePoint> newestFirst) =>
            ProgressSince(StatusPoints.Since(Status, newestFirst, UpdatedAt), LatestPlace, newestFirst.Count > 0 ? newestFirst[0].Text : "");

        public PartyRole? RoleOf(IReadOnlySet<string> phones) => PartyRoles.Of(RecipientHash, SenderHash, Ordered, phones);

        public bool HasTail(string tail) => Same(tail, SenderTail) | Same(tail, RecipientTail);

        private static bool Same(string one, string other) =>
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
    }
}

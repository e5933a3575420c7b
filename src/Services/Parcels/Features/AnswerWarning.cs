using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>What a customer chose after being told that a parcel will be late.</summary>
public enum LateChoice
{
    /// <summary>Goes on waiting; told again only if it gets much worse.</summary>
    Wait,

    /// <summary>Wants a person.</summary>
    Person,

    /// <summary>Wants to know what is paid for lateness.</summary>
    RefundRule,
}

/// <summary>Takes the answers to warnings.</summary>
public static class AnswerWarning
{
    private const string OpenOnes =
        """
        select w.parcel_id as ParcelId, p.waybill as Waybill, p.promised_by as PromisedBy, s.status as Status, s.latest_place as Place
        from parcels_warnings w
        join parcels_parcels p on p.id = w.parcel_id
        join parcels_states s on s.parcel_id = w.parcel_id
        where w.customer_id = @customer and w.open_until > @now
        order by w.warned_at desc, w.parcel_id
        limit 5
        """;

    /// <summary>The rule about lateness, in words for customers.</summary>
    public static string RefundRule => Texts.RefundRule;

    /// <summary>Warnings that wait for an answer of this customer, the newest first; at most five.</summary>
    public static Task<IReadOnlyList<WarnedParcel>> Open(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct) =>
        db.Query<WarnedParcel>(OpenOnes, new { customer, now = clock.GetUtcNow() }, ct);

    /// <summary>Keeps the choice. To wait and to ask for a person end the question; to ask for the rule does not.</summary>
    public static Task Choose(Db db, TimeProvider clock, CustomerId customer, IReadOnlyCollection<WarnedParcel> parcels, LateChoice choice, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Execute(
            """
            update parcels_warnings
            set choice = @choice, chosen_at = @now, open_until = case when @ends = 1 then @now else open_until end
            where customer_id = @customer and parcel_id in @ids
            """, new { customer, choice, now, ends = choice == LateChoice.RefundRule ? 0 : 1, ids = parcels.Select(p => p.ParcelId) }, ct);
    }

    /// <summary>What an agent reads first: which parcels, where they stand, what was promised.</summary>
    public static string ForAgents(IReadOnlyList<WarnedParcel> parcels, DateTimeOffset now) =>
        "预计晚到：" + string.Join('；', parcels.Select(p => $"{p.Waybill} {ParcelWords.Of(p.Status)}{(p.Place.Length > 0 ? $"（{p.Place}）" : "")}"
            + (p.PromisedBy is { } promised ? $" 承诺{ChinaTime.Words(promised, now)}前" : "")));
}

/// <summary>A parcel whose lateness was announced.</summary>
public sealed record WarnedParcel
{
    /// <summary>Its id.</summary>
    public required string ParcelId { get; init; }

    /// <summary>Its number.</summary>
    public required WaybillNumber Waybill { get; init; }

    /// <summary>The promise.</summary>
    public required DateTimeOffset? PromisedBy { get; init; }

    /// <summary>Where it stands.</summary>
    public required ParcelStatus Status { get; init; }

    /// <summary>Where it was scanned last; may be empty.</summary>
    public required string Place { get; init; }
}

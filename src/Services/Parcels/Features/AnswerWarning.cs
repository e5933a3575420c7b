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

    /// <summary>Has it brought another way: kept once such a wish is made (<see cref="DirectParcel.Ask"/>), open again when it is taken back.</summary>
    Redirect,
}

/// <summary>Takes the answers to warnings.</summary>
public static class AnswerWarning
{
    private const string Warned =
        """
        select w.parcel_id as ParcelId, p.waybill as Waybill, p.promised_by as PromisedBy, s.status as Status, s.latest_place as Place
        from parcels_warnings w
        join parcels_parcels p on p.id = w.parcel_id
        join parcels_states s on s.parcel_id = w.parcel_id
        """;

    private const string OpenOnes =
        $"""
        {Warned}
        where w.customer_id = @customer and w.open_until > @now
        order by w.warned_at desc, w.parcel_id
        limit 5
        """;

    // Most customers have none, which the index tells by itself.
    private const string AnyOpen = "select 1 from parcels_warnings where customer_id = @customer and open_until > @now limit 1";

    // What ended the question also ended open_until: of those the index leaves few to look at.
    private const string Waiting =
        $"""
        {Warned}
        where w.customer_id = @customer and w.open_until > @since and w.choice = 'wait' and w.chosen_at > @since
        order by w.chosen_at desc, w.parcel_id
        limit 5
        """;

    // Not again for a day once it is chosen.
    private const string Offerable =
        """
        select p.id as ParcelId, w.open_until as OpenUntil, w.choice as Choice, w.chosen_at as ChosenAt
        from parcels_parcels p
        left join parcels_warnings w on w.parcel_id = p.id and w.customer_id = @customer
        where p.waybill = @waybill
        """;

    /// <summary>The rule about lateness, in words for customers.</summary>
    public static string RefundRule => Texts.RefundRule;

    /// <summary>The choices that everybody has, with their numbers, in words for customers.</summary>
    public static string Choices => Texts.LateChoices;

    /// <summary>The choices with their numbers; another way is among them only where it is possible.</summary>
    /// <param name="mayRedirect">May this customer have the parcel brought another way now?</param>
    public static string ChoicesFor(bool mayRedirect) => mayRedirect ? $"{Texts.LateChoices}\n{Texts.RedirectChoice}" : Texts.LateChoices;

    /// <summary>
    /// Whoever asks for a parcel that will be late, or is, gets the choices of the warning along with the answer: the same question is open
    /// then. Only for a single parcel, and not again within a day of a choice. Costs nothing for a parcel that is in time.
    /// </summary>
    public static async Task<IReadOnlyList<TrackedParcel>> Offer(
        Db db, TimeProvider clock, ParcelsOptions options, CustomerId customer, IReadOnlyList<TrackedParcel> parcels, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (parcels is not [TrackedParcel.Found found] || !IsLate(found, now)) return parcels;
        if (await db.First<OfferRow>(Offerable, new { customer, waybill = found.Waybill }, ct).ConfigureAwait(false) is not { } row) return parcels;
        if (row.ChosenAt > now - LateWarnings.OpenFor && row.Choice != LateChoice.RefundRule) return parcels;
        var me = new ParcelFollower { ParcelId = row.ParcelId, Customer = customer };
        if (row.OpenUntil is null || row.OpenUntil <= now) await db.InTransaction(tx => LateWarnings.Open(tx, [me], now, ct), ct).ConfigureAwait(false);
        var mayRedirect = (await RedirectRights.Of(db, options, [row.ParcelId], ct).ConfigureAwait(false)).Contains(me);
        return [found with { Choices = mayRedirect ? Enum.GetValues<LateChoice>() : [LateChoice.Wait, LateChoice.Person, LateChoice.RefundRule] }];
    }

    private static bool IsLate(TrackedParcel.Found found, DateTimeOffset now) =>
        StatusMachine.StateOf(found.Status) == ParcelState.Open && found.PickupHint is null
        && found.Progress?.Stage is not null && JudgePromise.Of(found.PromisedBy, found.Eta, found.Trouble, now) is PromiseOutlook.WillBreak or PromiseOutlook.Broken;

    /// <summary>Warnings that wait for an answer of this customer, the newest first; at most five.</summary>
    public static async Task<IReadOnlyList<WarnedParcel>> Open(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct)
    {
        var asked = new { customer, now = clock.GetUtcNow() };
        if (await db.First<long>(AnyOpen, asked, ct).ConfigureAwait(false) == 0) return [];
        return [.. (await db.Query<WarnedParcel>(OpenOnes, asked, ct).ConfigureAwait(false)).Where(p => StatusMachine.StateOf(p.Status) == ParcelState.Open)];
    }

    /// <summary>Warnings after which this customer chose to wait within the last day, the newest choice first; at most five: the list of choices still stands in the chat.</summary>
    public static async Task<IReadOnlyList<WarnedParcel>> GoingOnWaiting(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct) =>
        [.. (await db.Query<WarnedParcel>(Waiting, new { customer, since = clock.GetUtcNow() - LateWarnings.OpenFor }, ct).ConfigureAwait(false)).Where(p => StatusMachine.StateOf(p.Status) == ParcelState.Open)];

    /// <summary>Those of the parcels that this customer may have brought another way now.</summary>
    public static async Task<IReadOnlyList<WarnedParcel>> Redirectable(
        ISqlReader db, ParcelsOptions options, CustomerId customer, IReadOnlyList<WarnedParcel> parcels, CancellationToken ct)
    {
        var rights = await RedirectRights.Of(db, options, [.. parcels.Select(p => p.ParcelId)], ct).ConfigureAwait(false);
        return [.. parcels.Where(p => rights.Contains(new ParcelFollower { ParcelId = p.ParcelId, Customer = customer }))];
    }

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

/// <summary>What is known of an offer.</summary>
internal sealed record OfferRow
{
    public required string ParcelId { get; init; }
    public required DateTimeOffset? OpenUntil { get; init; }
    public required LateChoice? Choice { get; init; }
    public required DateTimeOffset? ChosenAt { get; init; }
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

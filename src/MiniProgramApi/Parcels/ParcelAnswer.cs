using Courier.Kernel.Data;
using Courier.MiniProgramApi.Knowledge;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;

namespace Courier.MiniProgramApi.Parcels;

/// <summary>A parcel as phones get it.</summary>
internal sealed record ParcelAnswer
{
    /// <summary>The number.</summary>
    public required WaybillNumber Waybill { get; init; }

    /// <summary>A status of our vocabulary, or <c>unknown</c>, or <c>too_many_tries</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The same in words.</summary>
    public required string StatusText { get; init; }

    /// <summary>When the newest event happened.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Until when delivery is promised.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    /// <summary>When it will probably arrive; null when it has arrived, will not, or too little is known.</summary>
    public EtaAnswer? Eta { get; init; }

    /// <summary>Why it does not move; null for one that does.</summary>
    public TroubleAnswer? Trouble { get; init; }

    /// <summary>The sender's city.</summary>
    public string? FromCity { get; init; }

    /// <summary>The recipient's city.</summary>
    public string? ToCity { get; init; }

    /// <summary>The customer's side, when a proven phone tells it.</summary>
    public PartyRole? Role { get; init; }

    /// <summary>Where it waits, in a locker or station.</summary>
    public string? PickupHint { get; init; }

    /// <summary>Will the customer be told of changes?</summary>
    public bool? Follows { get; init; }

    /// <summary>What the customer may choose about its lateness (<c>POST …/lateness</c>); null when they are not asked.</summary>
    public IReadOnlyList<LateChoice>? LateChoices { get; init; }

    /// <summary>Points of its way, the newest first.</summary>
    public IReadOnlyList<RouteAnswer>? Routes { get; init; }

    /// <summary>For an unknown number: what it may be.</summary>
    public IReadOnlyList<string>? Hints { get; init; }

    /// <summary>Incidents that concern the parcel, the worst first; null when none does.</summary>
    public IReadOnlyList<NoticeAnswer>? Notices { get; init; }

    public static ParcelAnswer Of(TrackedParcel parcel, DateTimeOffset now, IReadOnlyDictionary<WaybillNumber, IReadOnlyList<Incident>> incidents) =>
        incidents.TryGetValue(parcel.Waybill, out var concern) ? Of(parcel, now) with { Notices = [.. concern.Take(IncidentText.MostBanners).Select(i => NoticeAnswer.Of(i, null))] } : Of(parcel, now);

    private static ParcelAnswer Of(TrackedParcel parcel, DateTimeOffset now) => parcel switch
    {
        TrackedParcel.Found found => new ParcelAnswer
        {
            Waybill = found.Waybill, Status = EnumText<ParcelStatus>.Of(found.Status), StatusText = found.StatusText, UpdatedAt = found.UpdatedAt,
            PromisedBy = found.PromisedBy, FromCity = found.FromCity, ToCity = found.ToCity, Role = found.MyRole, PickupHint = found.PickupHint,
            Eta = EtaAnswer.Of(found.Eta, found.PromisedBy, now), Trouble = found.Trouble is { } trouble ? TroubleAnswer.Of(trouble, now) : null,
            Follows = found.Follows, LateChoices = LatenessEndpoint.Choices(found), Routes = [.. found.Routes.Select(r => new RouteAnswer(r.At, r.Status, r.City, r.Place, r.Text))],
        },
        TrackedParcel.Unknown unknown => new ParcelAnswer
        {
            Waybill = unknown.Waybill, Status = "unknown", StatusText = Texts.Unknown, Hints = HintsFor(unknown.LooksLike),
        },
        TrackedParcel.TooManyTries tries => new ParcelAnswer { Waybill = tries.Waybill, Status = "too_many_tries", StatusText = Texts.TooManyTries },
        _ => throw new ArgumentOutOfRangeException(nameof(parcel)),
    };

    private static List<string> HintsFor(WaybillCandidate number)
    {
        var hints = new List<string>();
        if (number.CheckDigitWrong) hints.Add(Texts.HintMistyped);
        hints.Add(Texts.HintTail);
        hints.Add(Texts.HintTooNew);
        if (number.Guesses.Count > 0) hints.Add(Texts.HintOther(string.Join('、', number.Guesses.Select(g => g.Name))));
        return hints;
    }
}

/// <summary>When a parcel will probably arrive.</summary>
/// <param name="Likely">Half of comparable parcels had arrived by then.</param>
/// <param name="Latest">Nine of ten had.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Runs">On how many past runs it rests.</param>
/// <param name="MayBreakPromise">Is it probable that the promise is not kept?</param>
internal sealed record EtaAnswer(DateTimeOffset Likely, DateTimeOffset Latest, string Text, int Runs, bool MayBreakPromise)
{
    public static EtaAnswer? Of(DeliveryEta? eta, DateTimeOffset? promisedBy, DateTimeOffset now) => eta is null ? null
        : new(eta.Likely, eta.Latest, OutlookWords.Of(eta, now), eta.Runs, promisedBy is { } promised && eta.Latest > promised);
}

/// <summary>Why a parcel does not move.</summary>
/// <param name="Reason">Class of reason.</param>
/// <param name="Text">The reason in words.</param>
/// <param name="Detail">When it was scanned last, and until when parcels usually move on.</param>
/// <param name="LastScanAt">When it was scanned last.</param>
/// <param name="NextBy">By when nine of ten parcels that had waited as long moved on; null when that is not known.</param>
internal sealed record TroubleAnswer(TroubleReason Reason, string Text, string Detail, DateTimeOffset LastScanAt, DateTimeOffset? NextBy)
{
    public static TroubleAnswer Of(ParcelTrouble trouble, DateTimeOffset now)
    {
        var words = OutlookWords.Of(trouble, now);
        return new(trouble.Reason, words[0], words[1], trouble.LastScanAt, trouble.NextBy);
    }
}

/// <summary>A point of a parcel's way.</summary>
/// <param name="Time">When.</param>
/// <param name="Status">What it meant; null for a report that only tells something.</param>
/// <param name="City">Where.</param>
/// <param name="Place">Outlet, hub or locker.</param>
/// <param name="Text">What happened; phones are masked.</param>
internal sealed record RouteAnswer(DateTimeOffset Time, ParcelStatus? Status, string City, string Place, string Text);

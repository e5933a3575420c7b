using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>What somebody who asks for parcels has proven.</summary>
/// <param name="Waybills">At most 15 numbers.</param>
/// <param name="Customer">Who asks; null for a guest.</param>
/// <param name="PhoneTail">Last four digits of the sender's or recipient's phone; null when none was given.</param>
/// <param name="Visitor">OpenId, address or the like, for the log of refusals; tries are counted for the waybill, whoever tries.</param>
/// <param name="Follow">Shall the customer be told of later changes of what may be seen?</param>
public sealed record TrackRequest(IReadOnlyList<WaybillNumber> Waybills, CustomerId? Customer, string? PhoneTail, string Visitor, bool Follow)
{
    /// <summary>Is the customer's side of each parcel to be told? Without it the phones of somebody who follows all of them are not asked for.</summary>
    public bool TellsRole { get; init; } = true;
}

/// <summary>The answer for one number.</summary>
/// <param name="Waybill">The number that was asked for.</param>
public abstract record TrackedParcel(WaybillNumber Waybill)
{
    /// <summary>A parcel that may be seen.</summary>
    /// <param name="Waybill">Its number.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="StatusText">The same in words.</param>
    /// <param name="UpdatedAt">When the newest known event happened; the registration's time before any.</param>
    /// <param name="Routes">All route points, the newest first; phones in the texts are masked.</param>
    /// <param name="MyRole">The customer's side, when a verified phone tells it.</param>
    /// <param name="PickupHint">Where it waits, for one in a locker or station.</param>
    /// <param name="Follows">Will the customer be told of changes?</param>
    /// <param name="PromisedBy">Until when the core promised delivery; null when it did not.</param>
    /// <param name="FromCity">The sender's city.</param>
    /// <param name="ToCity">The recipient's city.</param>
    public sealed record Found(
        WaybillNumber Waybill, ParcelStatus Status, string StatusText, DateTimeOffset UpdatedAt, IReadOnlyList<RoutePoint> Routes,
        PartyRole? MyRole, string? PickupHint, bool Follows, DateTimeOffset? PromisedBy, string FromCity, string ToCity) : TrackedParcel(Waybill)
    {
        /// <summary>What estimates rest on; null in answers that were made without.</summary>
        public ParcelProgress? Progress { get; init; }

        /// <summary>When it will probably arrive; null when it has arrived, will not, or too little is known. Filled by <see cref="ParcelOutlook"/>.</summary>
        public DeliveryEta? Eta { get; init; }

        /// <summary>Why it does not move; null for one that does. Filled by <see cref="ParcelOutlook"/>.</summary>
        public ParcelTrouble? Trouble { get; init; }

        /// <summary>What the customer may choose about its lateness; empty when they are not asked. Set by <see cref="AnswerWarning.Offer"/>.</summary>
        public IReadOnlyList<LateChoice> Choices { get; init; } = [];

        /// <summary>Did a warning about any parcel wait for an answer of the customer who asks, when this was looked up (<see cref="AnswerWarning.Open"/> tells which)? False for a guest.</summary>
        public bool MayBeWarned { get; init; }
    }

    /// <summary>No such parcel, or one that may not be seen, or a wrong tail: nobody can tell which.</summary>
    /// <param name="Waybill">The number.</param>
    /// <param name="LooksLike">What the number's form alone says.</param>
    public sealed record Unknown(WaybillNumber Waybill, WaybillCandidate LooksLike) : TrackedParcel(Waybill);

    /// <summary>Too many wrong tails for this number within an hour, whether or not there is such a parcel.</summary>
    /// <param name="Waybill">The number.</param>
    public sealed record TooManyTries(WaybillNumber Waybill) : TrackedParcel(Waybill);
}

/// <summary>A point on a parcel's way.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Status">What it meant; null for a report that only tells something.</param>
/// <param name="City">Where; may be empty.</param>
/// <param name="Place">Outlet, hub or locker; may be empty.</param>
/// <param name="Text">What the core says; phones are masked.</param>
public sealed record RoutePoint(DateTimeOffset At, ParcelStatus? Status, string City, string Place, string Text);

namespace Courier.Services.Parcels;

/// <summary>Why a parcel does not move.</summary>
public enum TroubleReason
{
    /// <summary>Registered, but nobody has taken it from the sender.</summary>
    NotHandedOver,

    /// <summary>Lies at a hub or outlet for longer than usual.</summary>
    WaitingAtHub,

    /// <summary>Lies at a place where many parcels lie for longer than usual.</summary>
    PlaceOverloaded,

    /// <summary>On the road over a long distance, where nobody scans it, for longer than usual.</summary>
    LongHaul,

    /// <summary>With the courier for longer than usual.</summary>
    OnRoundTooLong,

    /// <summary>The recipient could not be reached by phone.</summary>
    PhoneUnanswered,

    /// <summary>The address is not clear or was not found.</summary>
    AddressUnclear,

    /// <summary>Nobody was there, or nobody let the courier in.</summary>
    NobodyThere,

    /// <summary>The delivery failed for another reason.</summary>
    DeliveryFailed,

    /// <summary>Weather or closed roads.</summary>
    WeatherOrRoads,

    /// <summary>At customs.</summary>
    Customs,

    /// <summary>Kept back because of what is in it.</summary>
    Goods,

    /// <summary>Something is to be paid.</summary>
    PaymentDue,

    /// <summary>The address lies outside of where the outlet delivers.</summary>
    OutOfArea,

    /// <summary>Kept back for another reason.</summary>
    Held,

    /// <summary>Waits in a locker or station for the recipient.</summary>
    NotFetched,
}

/// <summary>A parcel does not move: why, and until when it usually does.</summary>
/// <param name="Reason">The class of reason.</param>
/// <param name="Words">The reason in words that customers read.</param>
/// <param name="LastScanAt">When it was scanned last.</param>
/// <param name="LastPlace">Where; may be empty.</param>
/// <param name="Usual">How long this step takes usually (half of past runs); null when too little is known.</param>
/// <param name="NextBy">
/// By when it will have moved on: nine of ten that had waited as long had. Where none ever waited as long, what the step takes with half of all,
/// from now on. Null when too little is known, and where it waits for its recipient.
/// </param>
public sealed record ParcelTrouble(TroubleReason Reason, string Words, DateTimeOffset LastScanAt, string LastPlace, TimeSpan? Usual, DateTimeOffset? NextBy)
{
    /// <summary>Did (almost) none of the known runs ever wait as long?</summary>
    public bool IsLongerThanEver { get; init; }
}

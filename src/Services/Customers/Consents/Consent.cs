using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>Where a parcel may be handed over or left.</summary>
public enum ConsentKind
{
    /// <summary>送货上门: handed over at the door. What the contract says anyway; a customer may take it back.</summary>
    ToDoor,

    /// <summary>快递柜: left in a locker.</summary>
    Locker,

    /// <summary>驿站: left at a station or outlet.</summary>
    Station,

    /// <summary>放门口: left in front of the door.</summary>
    FrontDoor,

    /// <summary>邻居代收: handed over to a neighbour.</summary>
    Neighbour,
}

/// <summary>How large a parcel is, in the sizes of locker cells.</summary>
public enum ParcelSize
{
    /// <summary>Fits a small cell.</summary>
    S,

    /// <summary>Fits a middle cell.</summary>
    M,

    /// <summary>Fits a large cell, or none.</summary>
    L,
}

/// <summary>Over which channel a consent was given or taken back.</summary>
public enum ConsentChannel
{
    /// <summary>By words in the chat.</summary>
    Chat,

    /// <summary>On a page of the customer.</summary>
    Api,

    /// <summary>By staff at the desk, on the customer's wish.</summary>
    Desk,

    /// <summary>On the telephone.</summary>
    Phone,

    /// <summary>Two records of a customer became one, and the one that said no counts.</summary>
    Merge,
}

/// <summary>What a customer decides.</summary>
/// <param name="Kind">Where.</param>
/// <param name="AddressId">For which address of the address book; null for all.</param>
/// <param name="Size">For which size of parcels; null for all.</param>
/// <param name="IsGiven">Given, or taken back.</param>
public sealed record ConsentDecision(ConsentKind Kind, string? AddressId, ParcelSize? Size, bool IsGiven);

/// <summary>Who said it, and over which channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="By">Who of the staff wrote it down; null when the customer did it.</param>
public sealed record ConsentOrigin(ConsentChannel Channel, StaffId? By = null);

/// <summary>A decision that holds now.</summary>
/// <param name="Kind">Where.</param>
/// <param name="AddressId">For which address; null for all.</param>
/// <param name="Size">For which size; null for all.</param>
/// <param name="IsGiven">Given, or taken back.</param>
/// <param name="At">Since when.</param>
/// <param name="Channel">Over which channel.</param>
public sealed record Consent(ConsentKind Kind, string? AddressId, ParcelSize? Size, bool IsGiven, DateTimeOffset At, ConsentChannel Channel)
{
    /// <summary>Is this decision about such a parcel?</summary>
    internal bool Covers(IReadOnlyCollection<string> addresses, ParcelSize? size) => (AddressId is null || addresses.Contains(AddressId)) && (Size is null || Size == size);

    // The address says more than the size: "not at my parents' house" holds for parcels of all sizes.
    internal int Narrowness => (AddressId is null ? 0 : 2) + (Size is null ? 0 : 1);
}

/// <summary>Why a parcel may or may not be left somewhere.</summary>
public enum ConsentGround
{
    /// <summary>The customer gave the consent.</summary>
    Given,

    /// <summary>The customer took it back.</summary>
    Withdrawn,

    /// <summary>The customer never said anything about it.</summary>
    NeverAsked,

    /// <summary>Handing over at the door is what the contract says; nobody need agree to it.</summary>
    Law,

    /// <summary>The customer chose it for this parcel.</summary>
    Chosen,

    /// <summary>No customer proved the recipient's number, so nobody can have agreed.</summary>
    UnknownRecipient,
}

/// <summary>May a parcel be left there?</summary>
/// <param name="IsAllowed">Yes or no.</param>
/// <param name="Ground">Why.</param>
public sealed record ConsentAnswer(bool IsAllowed, ConsentGround Ground)
{
    internal static ConsentAnswer Of(ConsentGround ground) => new(ground switch
    {
        ConsentGround.Given or ConsentGround.Law or ConsentGround.Chosen => true,
        ConsentGround.Withdrawn or ConsentGround.NeverAsked or ConsentGround.UnknownRecipient => false,
    }, ground);
}

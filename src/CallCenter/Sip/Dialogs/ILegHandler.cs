using Courier.Sip.Messages;

namespace Courier.Sip.Dialogs;

/// <summary>What hears about a leg. Everything is called in the leg's mailbox, one after another; session descriptions are handed on unread, empty when there is none.</summary>
public interface ILegHandler
{
    /// <summary>The other end rings or plays something (1xx other than 100).</summary>
    void Progressed(Leg leg, int status, ReadOnlyMemory<byte> description);

    /// <summary>
    /// The call is answered and confirmed. The description is the answer to our offer, wherever it came. When this end called
    /// without an offer it is the other's offer, and <see cref="Leg.AnswerOffer"/> has to be called.
    /// </summary>
    void Answered(Leg leg, ReadOnlyMemory<byte> description);

    /// <summary>The other end wants to change the session: answer by <see cref="Leg.AnswerOffer"/> or <see cref="Leg.RefuseOffer"/>. Empty means that it wants our offer.</summary>
    void Offered(Leg leg, ReadOnlyMemory<byte> description);

    /// <summary>The answer to our <see cref="Leg.Offer"/>, or to the offer that was given when asked for one.</summary>
    void OfferAnswered(Leg leg, ReadOnlyMemory<byte> description);

    /// <summary>Our <see cref="Leg.Offer"/> was refused; the session stays as it was.</summary>
    void OfferRefused(Leg leg, int status);

    /// <summary>An INFO came, such as a pressed key; it is answered already.</summary>
    void Informed(Leg leg, string mediaType, ReadOnlyMemory<byte> body);

    /// <summary>The other end asks us to call somebody in its place.</summary>
    void Referred(Leg leg, Referral referral);

    /// <summary>What became of our <see cref="Leg.Refer"/>: the status that the other end reports.</summary>
    void ReferProgressed(Leg leg, int status);

    /// <summary>The leg is over; nothing follows.</summary>
    void Ended(Leg leg, LegOutcome outcome);
}

/// <summary>What hears about requests that belong to no leg. Called on the network's threads: it must not block.</summary>
public interface IUserAgentHandler
{
    /// <summary>Somebody calls. Returns who hears about the leg; it rings, answers or refuses now or later. Called in the leg's mailbox.</summary>
    ILegHandler Invited(IncomingLeg leg);

    /// <summary>Another request outside dialogs that the rules allow, such as REGISTER; it has to be answered.</summary>
    void Requested(Transactions.Incoming request);
}

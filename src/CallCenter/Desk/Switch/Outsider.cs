using Courier.Sip.Dialogs;

namespace Courier.CallCenter.Switch;

/// <summary>Hears about calls that were refused at the door: nothing has to be done for them.</summary>
internal sealed class Outsider : ILegHandler
{
    public static Outsider Nobody { get; } = new();

    public void Progressed(Leg leg, int status, ReadOnlyMemory<byte> description) { }

    public void Answered(Leg leg, ReadOnlyMemory<byte> description) { }

    public void Offered(Leg leg, ReadOnlyMemory<byte> description) => leg.RefuseOffer();

    public void OfferAnswered(Leg leg, ReadOnlyMemory<byte> description) { }

    public void OfferRefused(Leg leg, int status) { }

    public void Informed(Leg leg, string mediaType, ReadOnlyMemory<byte> body) { }

    public void Referred(Leg leg, Referral referral) => referral.Refuse();

    public void ReferProgressed(Leg leg, int status) { }

    public void Ended(Leg leg, LegOutcome outcome) { }
}

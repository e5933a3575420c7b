using Courier.Services.Parcels;

namespace Courier.Services.Tests.Parcels;

/// <summary>Who may ask for what, and until when: every status with every kind and side.</summary>
public sealed class TheTableOfDirections
{
    private static readonly ParcelStatus[] OnItsWay = [ParcelStatus.PickedUp, ParcelStatus.Departed, ParcelStatus.Arrived, ParcelStatus.DeliveryFailed, ParcelStatus.Held];

    [Fact]
    public void Where_a_parcel_goes_is_its_recipients_matter_until_it_is_brought()
    {
        foreach (var kind in new[] { DirectionKind.OtherTime, DirectionKind.Hold, DirectionKind.OtherAddress, DirectionKind.Locker, DirectionKind.Station, DirectionKind.Neighbour })
            foreach (var status in Enum.GetValues<ParcelStatus>())
            {
                var before = status == ParcelStatus.Registered || OnItsWay.Contains(status) || (status == ParcelStatus.Redirected && kind != DirectionKind.OtherAddress);
                DirectionRules.Allows(kind, PartyRole.Recipient, status, fixedWay: false).ShouldBe(before, $"{kind} {status}");
                DirectionRules.Allows(kind, PartyRole.Sender, status, fixedWay: false).ShouldBeFalse($"{kind} {status}");
            }
    }

    [Fact]
    public void Only_the_sender_has_a_parcel_turned_round_once_it_is_under_way()
    {
        foreach (var status in Enum.GetValues<ParcelStatus>())
        {
            DirectionRules.Allows(DirectionKind.Intercept, PartyRole.Sender, status, fixedWay: false).ShouldBe(OnItsWay.Contains(status) || status == ParcelStatus.Redirected, $"{status}");
            DirectionRules.Allows(DirectionKind.Intercept, PartyRole.Recipient, status, fixedWay: false).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_product_with_a_fixed_way_is_neither_sent_elsewhere_nor_turned_round()
    {
        DirectionRules.Allows(DirectionKind.OtherAddress, PartyRole.Recipient, ParcelStatus.PickedUp, fixedWay: true).ShouldBeFalse();
        DirectionRules.Allows(DirectionKind.Intercept, PartyRole.Sender, ParcelStatus.PickedUp, fixedWay: true).ShouldBeFalse();
        DirectionRules.Allows(DirectionKind.OtherTime, PartyRole.Recipient, ParcelStatus.PickedUp, fixedWay: true).ShouldBeTrue();
    }
}

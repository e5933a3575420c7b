using Courier.Kernel;
using Courier.Services.Orders;
using static Courier.Services.Orders.OrderAction;
using static Courier.Services.Orders.OrderStatus;

namespace Courier.Services.Tests.Orders;

/// <summary>Every status with every action; what is not written here is refused.</summary>
public sealed class TheOrderMachine
{
    private static readonly (OrderStatus From, OrderAction Action, OrderStatus To)[] Allowed =
    [
        (Placed, Accept, Accepted), (Placed, Deposit, Deposited), (Placed, FailPickup, PickupFailed), (Placed, PickUp, PickedUp), (Placed, Complete, Completed),
        (Placed, Reschedule, Placed), (Placed, Change, Placed), (Placed, Cancel, Cancelled), (Placed, Expire, Expired),
        (Accepted, Accept, Accepted), (Accepted, Deposit, Deposited), (Accepted, FailPickup, PickupFailed), (Accepted, PickUp, PickedUp), (Accepted, Complete, Completed),
        (Accepted, Reschedule, Placed), (Accepted, Change, Placed), (Accepted, Cancel, Cancelled), (Accepted, Expire, Expired),
        (Deposited, Accept, Deposited), (Deposited, Deposit, Deposited), (Deposited, FailPickup, PickupFailed), (Deposited, PickUp, PickedUp), (Deposited, Complete, Completed),
        (PickupFailed, Accept, Accepted), (PickupFailed, Deposit, Deposited), (PickupFailed, FailPickup, PickupFailed), (PickupFailed, PickUp, PickedUp),
        (PickupFailed, Complete, Completed), (PickupFailed, Reschedule, Placed), (PickupFailed, Change, Placed), (PickupFailed, Cancel, Cancelled), (PickupFailed, Expire, Expired),
        (PickedUp, Accept, PickedUp), (PickedUp, Deposit, PickedUp), (PickedUp, FailPickup, PickedUp), (PickedUp, PickUp, PickedUp), (PickedUp, Complete, Completed),
        (Completed, Accept, Completed), (Completed, Deposit, Completed), (Completed, FailPickup, Completed), (Completed, PickUp, Completed), (Completed, Complete, Completed),
        (Cancelled, Cancel, Cancelled), (Cancelled, Expire, Cancelled), (Expired, Cancel, Expired), (Expired, Expire, Expired),
    ];

    private static readonly Dictionary<OrderAction, OrderActor[]> May = new()
    {
        [Accept] = [OrderActor.Core], [Deposit] = [OrderActor.Core, OrderActor.House], [FailPickup] = [OrderActor.Core],
        [PickUp] = [OrderActor.Core, OrderActor.Outlet, OrderActor.House], [Complete] = [OrderActor.Core, OrderActor.House], [Reschedule] = [OrderActor.Customer],
        [Change] = [OrderActor.Customer], [Cancel] = [OrderActor.Customer, OrderActor.Core, OrderActor.House], [Expire] = [OrderActor.House],
    };

    public static TheoryData<OrderStatus, OrderAction> Everything()
    {
        var all = new TheoryData<OrderStatus, OrderAction>();
        foreach (var status in Enum.GetValues<OrderStatus>())
            foreach (var action in Enum.GetValues<OrderAction>()) all.Add(status, action);
        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void An_action_leads_where_the_table_says_or_is_refused(OrderStatus from, OrderAction action)
    {
        var expected = Allowed.Where(a => a.From == from && a.Action == action).Select(a => (OrderStatus?)a.To).SingleOrDefault();
        OrderMachine.After(from, action).ShouldBe(expected);
    }

    [Fact]
    public void Each_action_is_for_its_roles_only()
    {
        foreach (var action in Enum.GetValues<OrderAction>())
            foreach (var actor in Enum.GetValues<OrderActor>()) OrderMachine.IsFor(actor, action).ShouldBe(May[action].Contains(actor), $"{actor} {action}");
    }

    [Fact]
    public void What_is_refused_is_told_by_code_and_in_words()
    {
        var broken = Should.Throw<RuleBroken>(() => OrderMachine.Act(OrderKind.Door, PickedUp, Cancel, OrderActor.Customer));
        broken.Code.ShouldBe("order.action_not_allowed");
        broken.Message.ShouldBe("订单已揽收，不能取消");
        Should.Throw<RuleBroken>(() => OrderMachine.Act(OrderKind.Outlet, Placed, Reschedule, OrderActor.Customer)).Message.ShouldBe("订单待到店，不能改约时间");
        Should.Throw<RuleBroken>(() => OrderMachine.Act(OrderKind.Door, Placed, Accept, OrderActor.Customer));
    }

    [Fact]
    public void A_customer_is_offered_what_the_table_allows()
    {
        OrderMachine.Open(OrderKind.Door, Placed, OrderActor.Customer).ShouldBe([Reschedule, Change, Cancel]);
        OrderMachine.Open(OrderKind.Outlet, Placed, OrderActor.Customer).ShouldBe([Change, Cancel]);
        OrderMachine.Open(OrderKind.Door, PickedUp, OrderActor.Customer).ShouldBeEmpty();
        OrderMachine.Open(OrderKind.Door, Cancelled, OrderActor.Customer).ShouldBeEmpty();
    }

    [Fact]
    public void An_order_number_is_read_as_it_is_spoken_and_a_wrong_digit_is_noticed()
    {
        var number = OrderNumber.New(new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero));
        number.Text.ShouldStartWith("261123"); // the day in China
        OrderNumber.TryParse(number.Spoken, null, out var read).ShouldBeTrue();
        read.ShouldBe(number);
        var wrong = number.Text[..^1] + (char)('0' + (number.Text[^1] - '0' + 1) % 10);
        OrderNumber.TryParse(wrong, null, out _).ShouldBeFalse();
    }
}

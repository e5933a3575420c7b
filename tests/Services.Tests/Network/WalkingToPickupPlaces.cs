using Courier.Services.Customers;
using Courier.Services.Network.Codes;

namespace Courier.Services.Tests.Network;

public sealed class WalkingToPickupPlaces
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8));

    // North, south and far lie on one line: a hundredth of a degree is 1.1 km.
    private static readonly Dictionary<string, PickupPlace> Places = new[] { ("门口", 30.000), ("南边", 30.010), ("北边", 30.015), ("远处", 30.500) }
        .ToDictionary(p => p.Item1, p => new PickupPlace { Name = p.Item1, FreeHours = 24, Latitude = p.Item2, Longitude = 120 });

    [Fact]
    public void What_lies_near_is_fetched_on_the_same_way_the_nearest_first() =>
        Walk(("远处", 20), ("北边", 30), ("门口", 10), ("南边", 40)).ShouldBe(["门口", "南边", "北边", "远处"]);

    [Fact]
    public void Where_free_time_is_about_to_end_comes_before_what_lies_near() =>
        Walk(("远处", 2), ("北边", 30), ("门口", 1), ("南边", 40)).ShouldBe(["门口", "远处", "北边", "南边"]);

    [Fact]
    public void Places_that_are_not_ours_stand_where_their_free_time_puts_them_and_without_one_at_the_end() =>
        Walk(("别家", 15), ("没说", null), ("门口", 10), ("远处", 20)).ShouldBe(["门口", "别家", "远处", "没说"]);

    private static IEnumerable<string> Walk(params (string Place, int? Hours)[] codes) => PickupWalk.Of(
        codes.Select((c, i) => new SavedCode($"{i}", CustomerId.Parse(new string('a', 32)), $"{i}", c.Place, "", Now, c.Hours is { } hours ? Now.AddHours(hours) : null, null)), Places, Now)
        .Select(c => c.Place);
}

using Courier.Services.Network;

namespace Courier.Services.Tests.Network;

public sealed class TheIndexOfPlaces
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(4_000)]
    public void It_answers_like_measuring_every_place_while_places_change(int count)
    {
        var random = new Random(count);
        var places = Enumerable.Range(0, count).Select(i => Any(random, $"P{i}")).ToList();
        var index = new PlaceIndex(places);
        for (var round = 0; round < 200; round++)
        {
            if (count > 0)
            {
                var at = random.Next(count);
                places[at] = places[at] with { Traits = Traits(random, places[at].Kind) };
                index.Change(places[at]).ShouldBeTrue();
            }
            var (latitude, longitude) = round % 10 == 0 ? (Spread(random, 90), Spread(random, 180)) : (30 + Spread(random, 1), 120 + Spread(random, 1));
            var needed = (PlaceTraits)(random.Next(32) << 1) & ~(PlaceTraits.Outlet | PlaceTraits.Locker) | (round % 2 == 0 ? PlaceTraits.Locker : PlaceTraits.None);
            var hits = new NearHit[7];
            var found = index.Nearest(latitude, longitude, needed, 20_000, hits);
            var expected = places.Where(p => (p.Traits & (needed | PlaceTraits.There)) == (needed | PlaceTraits.There))
                .Select(p => Geo.Meters(latitude, longitude, p.Latitude, p.Longitude)).Where(m => m <= 20_000).Order().Take(7).ToList();
            found.ShouldBe(expected.Count);
            for (var i = 0; i < found; i++) hits[i].Meters.ShouldBe(expected[i], 0.01);
        }
    }

    [Fact]
    public void Neither_the_date_line_nor_a_pole_stands_between_neighbours()
    {
        var index = new PlaceIndex([Locker("east", 0, 179.99), Locker("west", 0, -179.99), Locker("far", 0, 178), Locker("pole", 89.99, 10)]);
        var hits = new NearHit[2];
        index.Nearest(0, 180, PlaceTraits.Locker, 10_000, hits).ShouldBe(2);
        hits.Select(h => h.Code).ShouldBe(["east", "west"], ignoreOrder: true);
        index.Nearest(89.99, -170, PlaceTraits.None, 10_000, hits).ShouldBe(1);
        hits[0].Code.ShouldBe("pole");
    }

    [Fact]
    public void A_place_that_moved_leaves_its_old_spot_empty()
    {
        var index = new PlaceIndex([Locker("a", 30, 120), Locker("b", 30, 120.01)]);
        index.Change(Locker("a", 31, 121)).ShouldBeFalse();
        index.Change(Locker("c", 31, 121)).ShouldBeFalse();
        var hits = new NearHit[5];
        index.Nearest(30, 120, PlaceTraits.None, 400_000, hits).ShouldBe(1);
        hits[0].Code.ShouldBe("b");
    }

    [Fact]
    public void Many_places_at_one_point_are_no_trouble()
    {
        var index = new PlaceIndex([.. Enumerable.Range(0, 1_000).Select(i => Locker($"P{i}", 30, 120))]);
        var hits = new NearHit[50];
        index.Nearest(30, 120, PlaceTraits.Locker, 1, hits).ShouldBe(50);
        hits.Select(h => h.Code).ShouldBeUnique();
    }

    private static IndexedPlace Locker(string code, double latitude, double longitude) => new(code, latitude, longitude, PlaceTraits.There | PlaceTraits.Locker);

    private static IndexedPlace Any(Random random, string code) =>
        new(code, 30 + Spread(random, 0.5), 120 + Spread(random, 0.5), Traits(random, random.Next(10) == 0 ? PlaceKind.Outlet : PlaceKind.Locker));

    private static PlaceTraits Traits(Random random, PlaceKind kind) =>
        PlaceTraits.There | (kind == PlaceKind.Outlet ? PlaceTraits.Outlet : PlaceTraits.Locker) | (PlaceTraits)(random.Next(8) << 3);

    private static double Spread(Random random, double most) => (random.NextDouble() * 2 - 1) * most;
}

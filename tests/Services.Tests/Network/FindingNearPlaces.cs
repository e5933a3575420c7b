using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;

namespace Courier.Services.Tests.Network;

public sealed class FindingNearPlacesOnSqlite() : FindingNearPlaces(DatabaseProvider.Sqlite);

public sealed class FindingNearPlacesOnMariaDb() : FindingNearPlaces(DatabaseProvider.MySql);

public abstract class FindingNearPlaces(DatabaseProvider provider)
{
    private const double Lat = 30.2561, Lng = 120.1632; // before the outlet HZ002 in Hangzhou

    [Fact]
    public async Task The_nearest_come_first_and_the_kind_can_be_chosen()
    {
        await using var stage = await Seeded();
        var all = await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, Lat, Lng, null, null, 10, default);
        all.Count.ShouldBe(10);
        all.Select(p => p.DistanceMeters).ShouldBeInOrder();
        (all[0].Id, all[0].DistanceMeters).ShouldBe(("HZ002", 0));
        var lockers = await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, Lat, Lng, PlaceKind.Locker, null, 3, default);
        lockers.ShouldAllBe(p => p.Kind == PlaceKind.Locker);
        lockers[0].Id.ShouldBe("HZL004");
    }

    [Fact]
    public async Task It_is_the_same_as_measuring_every_place()
    {
        await using var stage = await Seeded();
        var all = await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, 31.2, 121.4, PlaceKind.Outlet, null, 50, default);
        all.Count.ShouldBeGreaterThan(10);
        foreach (var limit in new[] { 1, 4, 9 })
        {
            var some = await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, 31.2, 121.4, PlaceKind.Outlet, null, limit, default);
            some.Select(p => p.Id).ShouldBe(all.Take(limit).Select(p => p.Id));
        }
    }

    [Fact]
    public async Task Only_lockers_with_a_free_cell_that_fits_are_named_when_a_size_is_asked_for()
    {
        await using var stage = await Seeded();
        Task<IReadOnlyList<NearbyPlace>> Lockers(CellSize? fits) => FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, Lat, Lng, PlaceKind.Locker, fits, 3, default);
        var first = (await Lockers(CellSize.Large))[0];
        (first.Id, first.FreeSmall, first.FreeMedium, first.FreeLarge).ShouldBe(("HZL004", 12, 8, 2));
        first.Fee.ShouldNotBeNull().ShouldContain("免费");
        for (var i = 0; i < 2; i++)
            await ReserveCell.Execute(stage.Db, stage.Keys, stage.Get<OpenCodes>(), stage.Clock, LockerCode.Parse("HZL004"), CellSize.Large, $"order-{i}", stage.Clock.GetUtcNow().AddHours(1), default);
        (await Lockers(CellSize.Large)).ShouldNotContain(p => p.Id == "HZL004", "what is shown is read anew, whatever the index holds");
        (await Lockers(CellSize.Medium))[0].Id.ShouldBe("HZL004");
        stage.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Lockers(CellSize.Large)).Count.ShouldBe(3);
        (await Lockers(null))[0].FreeLarge.ShouldBe(0);
        await ReleaseCell.Execute(stage.Db, stage.Clock, "order-1", default);
        stage.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Lockers(CellSize.Large))[0].Id.ShouldBe("HZL004", "the index follows");
    }

    [Fact]
    public async Task A_locker_that_is_new_or_closed_is_known_to_every_process_within_seconds()
    {
        await using var stage = await Seeded();
        await using var another = stage.AnotherProcess();
        var nearest = another.Get<NearestPlaces>();
        Task<IReadOnlyList<NearbyPlace>> Lockers() => FindNearest.Execute(another.Db, nearest, stage.Clock, Lat, Lng, PlaceKind.Locker, CellSize.Small, 2, default);
        (await Lockers())[0].Id.ShouldBe("HZL004");
        nearest.Count.ShouldBe(100);
        await stage.Db.InTransaction(tx => RegisterLockers.Execute(tx, stage.Clock,
            [new NewLocker(LockerCode.Parse("NEW1"), "新柜", "330106", "某处", Lat, Lng, Courier.Services.Calendars.DailyHours.Parse("00:00-24:00"), "", "", 24, 1, 0, 0)], default));
        stage.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Lockers()).Select(p => p.Id).ShouldBe(["NEW1", "HZL004"]);
        await stage.Db.Execute("update network_lockers set closed = 1, changed_at = @now where code = 'NEW1'", new { now = stage.Clock.GetUtcNow() });
        stage.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Lockers())[0].Id.ShouldBe("HZL004");
    }

    [Fact]
    public async Task Far_from_everything_there_is_nothing()
    {
        await using var stage = await Seeded();
        (await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, 43.8, 87.6, null, null, 5, default)).ShouldBeEmpty();
        (await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, double.NaN, 500, null, null, 5, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_closed_at_this_hour_says_so()
    {
        await using var stage = await Seeded();
        (await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, Lat, Lng, PlaceKind.Outlet, null, 1, default))[0].OpenNow.ShouldBeTrue();
        stage.Clock.Advance(TimeSpan.FromHours(13));
        (await FindNearest.Execute(stage.Db, stage.Get<NearestPlaces>(), stage.Clock, Lat, Lng, PlaceKind.Outlet, null, 1, default))[0].OpenNow.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_serves_a_village_is_known_and_a_change_counts_once_its_version_is_raised()
    {
        await using var stage = await Seeded();
        (await Asked("西丽街道麻磡村")).ShouldBeOfType<OutletSearch.Served>().Outlets.ShouldHaveSingleItem().Code.ShouldBe("SZ005");
        await stage.Db.InTransaction(async tx =>
        {
            await tx.Execute("update network_coverage set kind = 'beyond' where place = '麻磡村'");
            await tx.Execute("update network_versions set version = version + 1 where name = 'outlets'");
        });
        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        (await Asked("西丽街道麻磡村")).ShouldBeOfType<OutletSearch.Beyond>();

        Task<OutletSearch?> Asked(string text) => FindOutlets.Coverage(stage.Db, stage.Get<OutletBook>(), stage.Get<Divisions>(), text, default);
    }

    [Theory]
    [InlineData(12, "50米以内")]
    [InlineData(347, "约350米")]
    [InlineData(998, "约1公里")]
    [InlineData(1230, "约1.2公里")]
    [InlineData(35400, "约35公里")]
    public void Distances_are_said_as_people_say_them(int meters, string words) => Geo.Words(meters).ShouldBe(words);

    [Fact]
    public void A_degree_of_latitude_is_111_kilometres() => Geo.Meters(30, 120, 31, 120).ShouldBe(111_195, 50);

    private async Task<Stage> Seeded()
    {
        var stage = await Stage.Set(provider);
        await stage.Begin<LoadDemoNetwork>();
        await stage.Begin<LoadDemoNetwork>();
        return stage;
    }
}

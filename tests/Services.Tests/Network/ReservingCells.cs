using System.Security.Cryptography;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Network;

namespace Courier.Services.Tests.Network;

public sealed class ReservingCellsOnSqlite() : ReservingCells(DatabaseProvider.Sqlite);

public sealed class ReservingCellsOnMariaDb() : ReservingCells(DatabaseProvider.MySql);

/// <summary>A locker with two small cells, one medium and one large, on both databases.</summary>
public abstract class ReservingCells(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly LockerCode Code = LockerCode.Parse("T001"), Other = LockerCode.Parse("T002");

    private Stage _stage = null!;

    private DateTimeOffset Soon => _stage.Clock.GetUtcNow().AddMinutes(30);

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(provider);
        await _stage.Db.InTransaction(tx => RegisterLockers.Execute(tx, _stage.Clock, [Locker(Code, 2, 1, 1), Locker(Other, 1, 0, 0)], default));
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task The_smallest_free_cell_that_fits_is_kept_and_a_larger_one_when_there_is_none()
    {
        (await Reserve("a", CellSize.Small))!.Size.ShouldBe(CellSize.Small);
        (await Reserve("b", CellSize.Medium))!.Size.ShouldBe(CellSize.Medium);
        (await Reserve("c", CellSize.Medium))!.Size.ShouldBe(CellSize.Large);
        (await Free()).ShouldBe((1, 0, 0));
        (await Should.ThrowAsync<RuleBroken>(() => Reserve("d", CellSize.Medium))).Code.ShouldBe("locker.full");
        (await Reserve("d", CellSize.Small))!.Number.ShouldBe(2);
        (await Reserve("e", CellSize.Small, LockerCode.Parse("NONE"))).ShouldBeNull();
    }

    [Fact]
    public async Task Of_a_hundred_who_want_the_last_cell_at_once_exactly_one_gets_it()
    {
        await using var another = _stage.AnotherProcess();
        var tries = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var stage = i % 2 == 0 ? _stage : another;
            try { return await ReserveCell.Execute(stage.Db, stage.Keys, stage.Get<OpenCodes>(), stage.Clock, Other, CellSize.Small, $"order-{i}", Soon, default); }
            catch (RuleBroken full) when (full.Code == "locker.full") { return null; }
        }));
        tries.Count(t => t is not null).ShouldBe(1);
        var winner = tries.Single(t => t is not null)!;
        (await HeldCell.Of(_stage.Db, _stage.Keys, winner.Holder, default)).ShouldBe(winner);
        (await Free(Other)).ShouldBe((0, 0, 0));
        (await _stage.Db.First<long>("select count(*) from network_cells where holder is not null")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_asks_again_even_at_the_same_moment_has_one_cell_and_one_code()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Reserve("same", CellSize.Small)));
        tries.Select(t => (t!.Number, t.OpenCode)).Distinct().ShouldHaveSingleItem();
        (await Free()).ShouldBe((1, 1, 1));
        var longer = await ReserveCell.Execute(_stage.Db, _stage.Keys, _stage.Get<OpenCodes>(), _stage.Clock, Code, CellSize.Small, "same", Soon.AddHours(1), default);
        longer!.Until.ShouldBe(Soon.AddHours(1));
        (await Should.ThrowAsync<RuleBroken>(() => Reserve("same", CellSize.Small, Other))).Code.ShouldBe("locker.holder_elsewhere");
    }

    [Fact]
    public async Task A_reservation_ends_when_its_time_is_over_and_its_holder_learns_of_it()
    {
        var kept = (await Reserve("late", CellSize.Small))!;
        await Reserve("renewed", CellSize.Small);
        _stage.Clock.Advance(TimeSpan.FromMinutes(29));
        await Reserve("renewed", CellSize.Small);
        await _stage.Run<EndReservations>();
        (await Held("late")).ShouldNotBeNull("a minute is left");
        _stage.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Open(kept.OpenCode)).ShouldBeOfType<OpenCell.Outcome.Wrong>("its code is worth nothing already");
        await _stage.Run<EndReservations>();
        (await Held("late")).ShouldBeNull();
        (await Held("renewed")).ShouldNotBeNull();
        (await Free()).ShouldBe((1, 1, 1));
        var told = await _stage.Db.Query<string>("select body from outbox_messages where name = 'locker.reservation_ended.v1'");
        told.ShouldHaveSingleItem().ShouldContain("\"holder\":\"late\"");
    }

    [Fact]
    public async Task What_is_given_back_is_free_and_what_lies_inside_is_not_given_back()
    {
        var kept = (await Reserve("a", CellSize.Large))!;
        (await ReleaseCell.Execute(_stage.Db, _stage.Clock, "a", default)).ShouldBeTrue();
        (await ReleaseCell.Execute(_stage.Db, _stage.Clock, "a", default)).ShouldBeFalse();
        (await Open(kept.OpenCode)).ShouldBeOfType<OpenCell.Outcome.Wrong>();
        var again = (await Reserve("a", CellSize.Large))!;
        (await Change(again.Number, CellAction.Store)).ShouldBe(CellState.Occupied);
        (await ReleaseCell.Execute(_stage.Db, _stage.Clock, "a", default)).ShouldBeFalse();
        (await Open(again.OpenCode)).ShouldBeOfType<OpenCell.Outcome.Wrong>("who put it in does not take it out");
        (await Open((await Held("a"))!.OpenCode)).ShouldBe(new OpenCell.Outcome.Opened(again.Number, CellSize.Large, CellState.Occupied, "a"));
        (await Change(again.Number, CellAction.TakeOut)).ShouldBe(CellState.Free);
        (await Free()).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task A_cell_that_is_closed_for_repair_hands_its_reservation_on_or_tells_the_holder()
    {
        var kept = (await Reserve("a", CellSize.Medium))!;
        await Change(kept.Number, CellAction.TakeOutOfService);
        var moved = (await Held("a"))!;
        (moved.Size, moved.OpenCode, moved.Until).ShouldBe((CellSize.Large, kept.OpenCode, kept.Until));
        (await Open(kept.OpenCode)).ShouldBeOfType<OpenCell.Outcome.Opened>().Number.ShouldBe(moved.Number);
        await Change(moved.Number, CellAction.TakeOutOfService);
        (await Held("a")).ShouldBeNull();
        (await _stage.Db.Query<string>("select body from outbox_messages where name = 'locker.reservation_ended.v1'")).ShouldHaveSingleItem().ShouldContain("out_of_service");
        (await Free()).ShouldBe((2, 0, 0));
        (await Change(kept.Number, CellAction.Repair)).ShouldBe(CellState.Free);
        (await Free()).ShouldBe((2, 1, 0));
        (await Should.ThrowAsync<RuleBroken>(() => Change(kept.Number, CellAction.TakeOut))).Code.ShouldBe("cell.not_allowed");
        (await Should.ThrowAsync<RuleBroken>(() => Change(kept.Number, CellAction.Store))).Code.ShouldBe("cell.not_allowed", "nobody has it");
        (await Change(99, CellAction.Repair)).ShouldBeNull();
    }

    [Fact]
    public async Task Five_wrong_codes_lock_whoever_types_them_out_for_ten_minutes_and_nobody_else()
    {
        var kept = (await Reserve("a", CellSize.Small))!;
        var wrong = kept.OpenCode == "000000" ? "000001" : "000000";
        for (var left = 4; left > 0; left--) (await Open(wrong)).ShouldBe(new OpenCell.Outcome.Wrong(left));
        var until = _stage.Clock.GetUtcNow().AddMinutes(10);
        (await Open(wrong)).ShouldBe(new OpenCell.Outcome.Locked(until));
        (await Open(kept.OpenCode)).ShouldBe(new OpenCell.Outcome.Locked(until), "not even the right one opens");
        (await Open(kept.OpenCode, "customer")).ShouldBeOfType<OpenCell.Outcome.Opened>();
        _stage.Clock.Advance(TimeSpan.FromMinutes(10));
        (await Open(wrong)).ShouldBe(new OpenCell.Outcome.Wrong(4));
        (await Open(kept.OpenCode)).ShouldBeOfType<OpenCell.Outcome.Opened>();
    }

    [Fact]
    public async Task Wrong_codes_at_the_same_moment_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Open("999999")));
        (await Open("999999")).ShouldBeOfType<OpenCell.Outcome.Locked>();
    }

    [Fact]
    public async Task Codes_come_from_the_given_chance_are_alone_in_their_locker_and_lie_protected()
    {
        var codes = new OpenCodes(new NetworkOptions(), new Given(1, 1, 1, 1, 1, 1, 255, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1));
        Task<CellReservation?> Next(string holder, LockerCode code) => ReserveCell.Execute(_stage.Db, _stage.Keys, codes, _stage.Clock, code, CellSize.Small, holder, Soon, default);
        (await Next("a", Code))!.OpenCode.ShouldBe("111111");
        (await Next("b", Code))!.OpenCode.ShouldBe("222222", "the first is taken in this locker");
        (await Next("c", Other))!.OpenCode.ShouldBe("111111", "another locker may use it");
        (await _stage.Db.First<long>("select count(*) from network_cells where code_hash like '%111111%' or code_cipher like '%111111%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Lockers_that_were_there_before_cells_have_all_of_them_in_the_demo()
    {
        await _stage.Begin<LoadDemoNetwork>();
        (await _stage.Db.First<long>("select count(*) from network_cells where locker_code = 'HZL001'")).ShouldBe(0, "there are lockers already: the demo stays away");
        await using var demo = await Stage.Set(provider);
        await demo.Begin<LoadDemoNetwork>();
        (await demo.Db.First<long>("select count(*) from network_cells where locker_code = 'HZL001'")).ShouldBe(46);
        (await demo.Db.First<long>("select count(*) from network_lockers l where l.free_small <> (select count(*) from network_cells c where c.locker_code = l.code and c.size = 'small')")).ShouldBe(0);
    }

    private Task<CellReservation?> Reserve(string holder, CellSize fits, LockerCode? locker = null) =>
        ReserveCell.Execute(_stage.Db, _stage.Keys, _stage.Get<OpenCodes>(), _stage.Clock, locker ?? Code, fits, holder, Soon, default);

    private Task<CellReservation?> Held(string holder) => HeldCell.Of(_stage.Db, _stage.Keys, holder, default);

    private Task<CellState?> Change(int number, CellAction action) => ChangeCell.Execute(_stage.Db, _stage.Keys, _stage.Get<OpenCodes>(), _stage.Clock, Code, number, action, default);

    private Task<OpenCell.Outcome> Open(string code, string caller = "keypad") =>
        OpenCell.Execute(_stage.Db, _stage.Keys, _stage.Get<NetworkOptions>(), _stage.Clock, Code, code, caller, default);

    private async Task<(int, int, int)> Free(LockerCode? locker = null)
    {
        var row = (await _stage.Db.First<FreeRow>("select free_small as S, free_medium as M, free_large as L from network_lockers where code = @code", new { code = locker ?? Code }))!;
        return (row.S, row.M, row.L);
    }

    private static NewLocker Locker(LockerCode code, int small, int medium, int large) =>
        new(code, "试验柜", "330102", "试验路 1 号", 30.25, 120.16, DailyHours.Parse("00:00-24:00"), "", "", 24, small, medium, large);

    private sealed record FreeRow(int S, int M, int L);

    /// <summary>Chance that a test has laid down.</summary>
    private sealed class Given(params byte[] bytes) : RandomNumberGenerator
    {
        private int _next;

        public override void GetBytes(byte[] data)
        {
            for (var i = 0; i < data.Length; i++) data[i] = bytes[_next++];
        }
    }
}

public sealed class TheStatesOfACell
{
    [Fact]
    public void Only_what_stands_in_the_table_is_allowed()
    {
        var allowed = from state in Enum.GetValues<CellState>() from action in Enum.GetValues<CellAction>()
                      let next = CellStates.After(state, action) where next is not null
                      select $"{state} {action} {next}";
        allowed.ShouldBe(
        [
            "Free Reserve Reserved", "Free Store Occupied", "Free TakeOutOfService OutOfService",
            "Reserved Release Free", "Reserved Store Occupied", "Reserved TakeOutOfService OutOfService",
            "Occupied TakeOut Free", "OutOfService Repair Free",
        ]);
    }

    [Theory]
    [InlineData(300, 200, 70, CellSize.Small)]
    [InlineData(70, 450, 340, CellSize.Small)]
    [InlineData(180, 300, 400, CellSize.Medium)]
    [InlineData(290, 290, 290, CellSize.Large)]
    [InlineData(300, 300, 300, null)]
    [InlineData(460, 10, 10, null)]
    public void Goods_go_into_the_smallest_cell_that_takes_them_whichever_way_round(int length, int width, int height, CellSize? cell) =>
        CellSizes.Fitting(length, width, height).ShouldBe(cell);
}

using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Parcels;

/// <summary>Parcels as they are stored: the same on both databases.</summary>
public abstract class ParcelSuite(ParcelsApp app)
{
    private static readonly string[] Life =
        ["picked_up", "departed", "arrived", "departed", "arrived", "out_for_delivery", "delivery_failed", "held", "out_for_delivery", "in_locker"];

    [Fact]
    public async Task Registering_again_is_a_repetition_and_another_core_cannot_take_the_number()
    {
        var number = await app.AParcel();
        var again = await RegisterWaybills.Execute(app.Db, app.Keys, app.Clock, "core", [Reports.Waybill(number.Text), Reports.Waybill(number.Text)], default);
        again.Accepted.ShouldBe(0);
        again.Duplicates.ShouldBe(2);
        var other = await RegisterWaybills.Execute(app.Db, app.Keys, app.Clock, "other", [Reports.Waybill(number.Text)], default);
        other.Rejected.ShouldHaveSingleItem().Code.ShouldBe("waybill.taken");
    }

    [Fact]
    public async Task Names_phones_and_addresses_lie_encrypted()
    {
        var number = await app.AParcel();
        var row = await app.Db.First<string>(
            """
            select concat(sender_name_cipher, sender_phone_cipher, sender_detail_cipher, recipient_name_cipher, recipient_phone_cipher, recipient_detail_cipher)
            from parcels_parcels where waybill = @number
            """, new { number });
        foreach (var secret in new[] { "王小明", "李雷", "13700001111", "13800002222", "文三路", "世纪大道" }) row!.ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_core_writes_only_waybills_that_it_registered()
    {
        var theirs = await app.AParcel(core: "other");
        var nowhere = app.NewNumber();
        var result = await app.Report(app.Event(theirs, "signed", 1), app.Event(nowhere, "signed", 1));
        result.Accepted.ShouldBe(0);
        result.Rejected.Select(r => (r.Index, r.Code)).ShouldBe([(0, "waybill.unknown"), (1, "waybill.unknown")]);
        (await app.Found(theirs)).Status.ShouldBe(ParcelStatus.Registered);
    }

    [Fact]
    public async Task A_bad_event_spoils_no_other_and_is_told_by_its_index()
    {
        var number = await app.AParcel();
        var good = app.Event(number, "picked_up", 1);
        var result = await app.Report(null!, good, good with { Id = "" }, good with { Id = "x", Code = "teleported" }, good with { Id = "y", Time = "2026-11-22 10:00" },
            good with { Id = "z", Waybill = "?" }, good with { Id = "v", WeightGrams = -1 }, good with { Id = "u", City = new string('城', 41) });
        result.Accepted.ShouldBe(1);
        result.Rejected.Select(r => (r.Index, r.Code)).ShouldBe(
        [
            (0, "event.malformed"), (2, "event.id_invalid"), (3, "event.code_unknown"), (4, "event.time_invalid"), (5, "waybill.invalid"), (6, "weight.invalid"), (7, "city.too_long"),
        ]);
        result.Rejected.ShouldAllBe(r => r.Message.Length > 0);
    }

    [Fact]
    public async Task The_same_batch_again_changes_nothing()
    {
        var number = await app.AParcel();
        RouteReport[] batch = [app.Event(number, "picked_up", 1), app.Event(number, "departed", 2)];
        (await app.Report(batch)).Accepted.ShouldBe(2);
        var again = await app.Report([.. batch, batch[0]]);
        again.Accepted.ShouldBe(0);
        again.Duplicates.ShouldBe(3);
        (await app.Found(number)).Routes.Count.ShouldBe(2);
        (await app.Changes(number)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_late_event_is_kept_but_never_moves_a_parcel_back()
    {
        var number = await app.AParcel();
        await app.Report(app.Event(number, "out_for_delivery", 30));
        foreach (var late in Enum.GetValues<ParcelStatus>().Where(s => s != ParcelStatus.Registered))
            (await app.Report(app.Event(number, EnumText<ParcelStatus>.Of(late), 10))).Accepted.ShouldBe(1);
        var found = await app.Found(number);
        found.Status.ShouldBe(ParcelStatus.OutForDelivery);
        found.Routes.Count.ShouldBe(17);
        found.Routes[0].Status.ShouldBe(ParcelStatus.OutForDelivery);
        (await app.Changes(number)).ShouldBe([("Registered→OutForDelivery", 2)]);
    }

    [Fact]
    public async Task Reports_of_the_same_second_count_in_the_order_of_life()
    {
        var number = await app.AParcel();
        await app.Report(app.Event(number, "signed", 5));
        await app.Report(app.Event(number, "out_for_delivery", 5));
        (await app.Found(number)).Status.ShouldBe(ParcelStatus.Signed);
    }

    [Fact]
    public async Task A_report_from_the_future_does_not_make_what_really_happens_look_late()
    {
        var number = await app.AParcel();
        await app.Report(app.Event(number, "departed", 0) with { Time = app.Clock.GetUtcNow().AddHours(20).ToString("O") });
        (await app.Found(number)).UpdatedAt.ShouldBe(app.Clock.GetUtcNow());
        await app.Report(app.Event(number, "signed", 0) with { Time = app.Clock.GetUtcNow().AddMinutes(1).ToString("O") });
        (await app.Found(number)).Status.ShouldBe(ParcelStatus.Signed);
    }

    [Fact]
    public async Task A_parcel_in_a_locker_waits_where_it_was_put_whatever_else_is_told_about_it()
    {
        var number = await app.AParcel();
        await app.Report(app.Event(number, "in_locker", 1) with { Place = "3号楼快递柜" });
        await app.Report(app.Event(number, "kuaidi100:8", 2) with { Place = "杭州转运中心" });
        await app.Report(app.Event(number, "in_locker", 3) with { Place = "" });
        (await app.Found(number)).PickupHint.ShouldBe("存放位置：3号楼快递柜");
        await app.Report(app.Event(number, "in_locker", 4) with { Place = "5号楼快递柜" });
        (await app.Found(number)).PickupHint.ShouldBe("存放位置：5号楼快递柜");
        await app.Report(app.Event(number, "in_station", 5) with { Place = "" });
        (await app.Found(number)).PickupHint.ShouldBe("请凭取件码及时领取");
    }

    [Fact]
    public async Task A_thousand_events_in_any_order_and_repeated_leave_every_parcel_at_its_newest_status()
    {
        var numbers = new List<WaybillNumber>();
        for (var i = 0; i < 100; i++) numbers.Add(app.NewNumber());
        (await RegisterWaybills.Execute(app.Db, app.Keys, app.Clock, "core", [.. numbers.Select(n => Reports.Waybill(n.Text))], default)).Accepted.ShouldBe(100);
        var events = numbers.SelectMany(n => Life.Select((code, step) => app.Event(n, code, step + 1))).ToArray();
        var random = new Random(20261122);
        random.Shuffle(events);

        // Three posts of overlapping parts, each itself without order.
        await app.Report(events[500..]);
        await app.Report(events[..700]);
        var last = await app.Report(events);
        last.Duplicates.ShouldBe(1000);
        foreach (var number in numbers.Take(10))
        {
            var found = await app.Found(number);
            found.Status.ShouldBe(ParcelStatus.InLocker);
            found.Routes.Select(r => r.At).ShouldBeInOrder(SortDirection.Descending);
            found.Routes.Count.ShouldBe(Life.Length);
            var versions = (await app.Changes(number)).Select(c => c.Version).ToList();
            versions.ShouldBe(Enumerable.Range(2, versions.Count).Select(v => (long)v));
        }
    }

    [Fact]
    public async Task The_same_batch_several_times_at_once_counts_once()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.AParcel()));
        var batch = numbers.SelectMany(n => Life.Select((code, step) => app.Event(n, code, step + 1))).ToArray();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(turn => Task.Run(() =>
        {
            var mine = batch.ToArray();
            new Random(turn).Shuffle(mine);
            return app.Report(mine);
        })));
        results.Sum(r => r.Accepted).ShouldBe(batch.Length);
        results.Sum(r => r.Duplicates).ShouldBe(3 * batch.Length);
        results.SelectMany(r => r.Rejected).ShouldBeEmpty();
        foreach (var number in numbers)
        {
            (await app.Found(number)).Routes.Count.ShouldBe(Life.Length);
            (await app.Changes(number)).Select(c => c.Version).ShouldBeUnique();
        }
    }

    [Fact]
    public async Task The_same_waybills_registered_several_times_at_once_are_registered_once()
    {
        var numbers = Enumerable.Range(0, 50).Select(_ => app.NewNumber()).ToList();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            RegisterWaybills.Execute(app.Db, app.Keys, app.Clock, "core", [.. numbers.Select(n => Reports.Waybill(n.Text))], default))));
        results.Sum(r => r.Accepted).ShouldBe(50);
        results.Sum(r => r.Duplicates).ShouldBe(150);
    }

    [Fact]
    public async Task Only_who_knows_the_tail_sees_a_parcel_and_everything_else_is_alike()
    {
        var number = await app.AParcel(recipient: "13800004567");
        (await app.Track(number, "4567")).ShouldBeOfType<TrackedParcel.Found>();
        (await app.Track(number, "1111")).ShouldBeOfType<TrackedParcel.Found>();
        var missing = app.NewNumber();
        (await app.Track(number, "9999")).ShouldBeOfType<TrackedParcel.Unknown>().LooksLike.Guesses.ShouldBeEmpty();
        (await app.Track(number)).ShouldBeOfType<TrackedParcel.Unknown>();
        (await app.Track(missing, "9999")).ShouldBeOfType<TrackedParcel.Unknown>().LooksLike.Own.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_wrong_tails_an_hour_close_a_number_whether_it_exists_or_not(bool exists)
    {
        var number = exists ? await app.AParcel() : app.NewNumber();
        for (var i = 0; i < 5; i++) (await app.Track(number, "0000")).ShouldBeOfType<TrackedParcel.Unknown>();
        (await app.Track(number, "2222")).ShouldBeOfType<TrackedParcel.TooManyTries>();
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        var after = await app.Track(number, "2222");
        if (exists) after.ShouldBeOfType<TrackedParcel.Found>();
        else after.ShouldBeOfType<TrackedParcel.Unknown>();
    }

    [Fact]
    public async Task A_right_tail_is_no_try_and_many_guesses_at_once_gain_nothing()
    {
        var number = await app.AParcel();
        for (var i = 0; i < 8; i++) (await app.Track(number, "2222")).ShouldBeOfType<TrackedParcel.Found>();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => app.Track(number, $"9{i:d3}"))));
        guesses.Count(g => g is TrackedParcel.Unknown).ShouldBe(5);
        guesses.Count(g => g is TrackedParcel.TooManyTries).ShouldBe(15);
    }

    [Fact]
    public async Task Parcels_of_my_verified_phone_are_mine_and_followed_without_asking()
    {
        var phone = app.NewPhone();
        var number = await app.AParcel(recipient: phone);
        var me = await app.ACustomer(phone);
        var found = (await app.Track(number, customer: me)).ShouldBeOfType<TrackedParcel.Found>();
        found.MyRole.ShouldBe(PartyRole.Recipient);
        found.Follows.ShouldBeTrue();
        (await FollowersOf(number)).ShouldBe([me]);
        (await app.Track(number, customer: await app.ACustomer(app.NewPhone()))).ShouldBeOfType<TrackedParcel.Unknown>();
    }

    [Fact]
    public async Task Asking_with_the_tail_follows_and_then_needs_no_tail()
    {
        var number = await app.AParcel();
        var me = await app.ACustomer();
        (await app.Track(number, "9999", me, follow: true)).ShouldBeOfType<TrackedParcel.Unknown>();
        (await FollowersOf(number)).ShouldBeEmpty();
        (await app.Track(number, "2222", me, follow: true)).ShouldBeOfType<TrackedParcel.Found>().MyRole.ShouldBeNull();
        (await FollowersOf(number)).ShouldBe([me]);
        (await app.Track(number, customer: me)).ShouldBeOfType<TrackedParcel.Found>();
        (await app.Track(number, customer: await app.ACustomer())).ShouldBeOfType<TrackedParcel.Unknown>();
    }

    [Fact]
    public async Task Several_numbers_are_answered_in_their_order_repeats_included()
    {
        var (one, two, none) = (await app.AParcel(), await app.AParcel(), app.NewNumber());
        var answers = await TrackParcels.Execute(app.Db, app.Keys, app.Clock, app.Options, new TrackRequest([two, none, one, two], null, "2222", "t", false), default);
        answers.Select(a => a.Waybill).ShouldBe([two, none, one, two]);
        answers.Count(a => a is TrackedParcel.Found).ShouldBe(3);
    }

    [Fact]
    public async Task My_parcels_come_in_pages_by_side_and_state()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var mine = new List<WaybillNumber>();
        for (var i = 0; i < 5; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            mine.Add(i % 2 == 0 ? await app.AParcel(recipient: phone) : await app.AParcel(sender: phone));
        }
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var followed = await app.AParcel();
        await app.Track(followed, "2222", me, follow: true);
        await app.Report(app.Event(mine[0], "signed", 1));

        (await Numbers(me, null, null)).ShouldBe([followed, mine[4], mine[3], mine[2], mine[1], mine[0]]);
        (await Numbers(me, PartyRole.Recipient, null)).ShouldBe([mine[4], mine[2], mine[0]]);
        (await Numbers(me, PartyRole.Sender, ParcelState.Open)).ShouldBe([mine[3], mine[1]]);
        (await Numbers(me, null, ParcelState.Done)).ShouldBe([mine[0]]);
        var first = await MyParcels.Execute(app.Db, app.Keys, me, null, null, null, 4, default);
        first.Parcels.Count.ShouldBe(4);
        var second = await MyParcels.Execute(app.Db, app.Keys, me, null, null, first.Next, 4, default);
        second.Parcels.Select(p => p.Waybill).ShouldBe([mine[1], mine[0]]);
        second.Next.ShouldBeNull();
        second.Parcels[0].Counterpart.ShouldBe("李*");
        (await Numbers(await app.ACustomer(), null, null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_parties_are_shown_masked_to_who_may_see_the_parcel()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        (await ShowParties.Execute(app.Db, app.Keys, me, null, default)).ShouldBeNull();
        var older = await app.AParcel(recipient: phone);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var newer = await app.AParcel(sender: phone);

        var latest = (await ShowParties.Execute(app.Db, app.Keys, me, null, default))!;
        latest.Waybill.ShouldBe(newer);
        latest.Recipient.ShouldBe(new MaskedParty("李*", "138****2222", "上海市浦东新区****"));
        latest.Sender.Name.ShouldBe("王*明");
        (await ShowParties.Execute(app.Db, app.Keys, me, older, default))!.Waybill.ShouldBe(older);

        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.Track(older, customer: me, follow: true);
        (await ShowParties.Execute(app.Db, app.Keys, me, null, default))!.Waybill.ShouldBe(older);
        (await ShowParties.Execute(app.Db, app.Keys, await app.ACustomer(), older, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_customers_that_turn_out_to_be_one_follow_what_both_followed()
    {
        var (first, second) = (await app.AParcel(), await app.AParcel());
        var union = "u-" + first;
        var one = await RecogniseCustomer.Execute(app.Db, app.Clock, new("wx-a", OpenId.Parse("a" + first), null), default);
        var other = await RecogniseCustomer.Execute(app.Db, app.Clock, new("wx-b", OpenId.Parse("b" + first), union), default);
        await app.Track(first, "2222", one, follow: true);
        await app.Track(second, "2222", other, follow: true);
        var merged = await RecogniseCustomer.Execute(app.Db, app.Clock, new("wx-a", OpenId.Parse("a" + first), union), default);
        await app.App.Settle();
        (await FollowersOf(first)).ShouldBe([merged]);
        (await FollowersOf(second)).ShouldBe([merged]);
    }

    [Fact]
    public async Task Staff_phones_in_route_texts_are_masked_everywhere()
    {
        var number = await app.AParcel();
        await app.Report(app.Event(number, "out_for_delivery", 1, "派件员张师傅（电话13912345678）正在派送"));
        var found = await app.Found(number);
        found.Routes[0].Text.ShouldBe("派件员张师傅（电话139****5678）正在派送");
        TrackingText.Of(found, app.Clock).ShouldNotContain("13912345678");
        (await app.Db.First<string>("select body from outbox_messages where body like @like", new { like = $"%{number}%" }))!.ShouldNotContain("13912345678");
    }

    private async Task<List<WaybillNumber>> Numbers(CustomerId me, PartyRole? role, ParcelState? state) =>
        [.. (await MyParcels.Execute(app.Db, app.Keys, me, role, state, null, 50, default)).Parcels.Select(p => p.Waybill)];

    private async Task<IEnumerable<CustomerId>> FollowersOf(WaybillNumber number)
    {
        var id = await app.Db.First<string>("select id from parcels_parcels where waybill = @number", new { number });
        return (await ParcelFollowers.Of(app.Db, [id!], default)).Select(f => f.Customer);
    }
}

public sealed class ParcelsOnSqlite(OnSqlite app) : ParcelSuite(app), IClassFixture<OnSqlite>;

public sealed class ParcelsOnMariaDb(OnMariaDb app) : ParcelSuite(app), IClassFixture<OnMariaDb>;

using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Parcels;

public sealed class DirectionsOnSqlite(OnSqlite app) : DirectionSuite(app), IClassFixture<OnSqlite>;

public sealed class DirectionsOnMariaDb(OnMariaDb app) : DirectionSuite(app), IClassFixture<OnMariaDb>;

/// <summary>What was asked for with a parcel, what ends it and what answers it: the same on both databases.</summary>
public abstract class DirectionSuite(ParcelsApp app)
{
    private const int Now = 20 * 60; // minutes of a parcel's life

    [Fact]
    public async Task A_correction_leaves_the_wish_about_the_way_standing_and_is_told_in_its_place()
    {
        var (me, parcel) = await MyParcel();
        await Ask(me, parcel, DirectionKind.Station, new DirectionDetail { Place = "HZ001" });
        var right = new DirectionDetail { Recipient = new PartyReport { Name = "李蕾" } };
        var corrected = await Ask(me, parcel, DirectionKind.Correct, right);
        corrected.State.ShouldBe(DirectionState.Accepted);
        (await Ask(me, parcel, DirectionKind.Correct, right)).Id.ShouldBe(corrected.Id, "the same again changes nothing");
        (await Asked(me, parcel)).ShouldBe((DirectionKind.Station, DirectionState.Asked));
        (await DirectParcel.Waiting(app.Db, me, default)).ShouldHaveSingleItem().Kind.ShouldBe(DirectionKind.Station);

        (await DirectParcel.Undo(app.Db, app.Keys, app.Clock, me, parcel, default)).ShouldNotBeNull().Kind.ShouldBe(DirectionKind.Station);
        (await Asked(me, parcel)).ShouldBe((DirectionKind.Station, DirectionState.Undone));
        await Ask(me, parcel, DirectionKind.Hold, new DirectionDetail());
        await app.App.Settle();
        var told = await app.Db.Query<string>(
            "select w.event from orders_webhooks w join parcels_parcels p on w.aggregate = concat('direction:', p.id) where p.waybill = @parcel order by w.version", new { parcel });
        told.ShouldBe(["parcel.redirected.v1", "parcel.corrected.v1", "parcel.redirection_undone.v1", "parcel.redirected.v1"]);
    }

    [Fact]
    public async Task With_nothing_but_a_correction_there_is_nothing_to_take_back()
    {
        var (me, parcel) = await MyParcel();
        await Ask(me, parcel, DirectionKind.Correct, new DirectionDetail { Recipient = new PartyReport { Detail = "世纪大道 8 号" } });
        (await DirectParcel.Undo(app.Db, app.Keys, app.Clock, me, parcel, default)).ShouldBeNull();
        (await DirectParcel.Show(app.Db, app.Keys, app.Options, me, parcel, default)).ShouldNotBeNull().Asked.ShouldBeNull();
    }

    [Fact]
    public async Task Places_are_ones_of_ours_by_code_or_exact_name()
    {
        var (me, parcel) = await MyParcel();
        (await Ask(me, parcel, DirectionKind.Locker, new DirectionDetail { Place = " 望江家园南门快递柜 " })).Detail.Place.ShouldBe("HZL001");
        (await Ask(me, parcel, DirectionKind.Station, new DirectionDetail { Place = "HZ001" })).Detail.Place.ShouldBe("HZ001");
        (await Should.ThrowAsync<WrongDirection>(() => Ask(me, parcel, DirectionKind.Locker, new DirectionDetail { Place = "望江家园" }))).Field.ShouldBe("place");
        (await Asked(me, parcel)).ShouldBe((DirectionKind.Station, DirectionState.Asked));
    }

    [Theory]
    [InlineData("held", DirectionState.Accepted)]
    [InlineData("in_station", DirectionState.Accepted)]
    [InlineData("out_for_delivery", DirectionState.Refused)]
    [InlineData("signed", DirectionState.Refused)]
    public async Task Holding_is_done_when_it_is_held_and_not_when_it_is_brought_all_the_same(string reported, DirectionState state)
    {
        var (me, parcel) = await MyParcel();
        await Ask(me, parcel, DirectionKind.Hold, new DirectionDetail());
        await Reported(parcel, reported);
        (await Asked(me, parcel)).ShouldBe((DirectionKind.Hold, state));
    }

    [Theory]
    [InlineData(DirectionKind.OtherTime, 0, DirectionState.Refused)]
    [InlineData(DirectionKind.OtherTime, 21, DirectionState.Refused)]
    [InlineData(DirectionKind.OtherTime, 23, DirectionState.Accepted)]
    [InlineData(DirectionKind.Hold, 0, DirectionState.Refused)]
    [InlineData(DirectionKind.Hold, 25, DirectionState.Accepted)]
    public async Task Another_time_is_kept_when_it_goes_out_for_that_time_and_not_before(DirectionKind kind, int hours, DirectionState state)
    {
        var (me, parcel) = await MyParcel();
        var today = app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        app.Clock.Advance(new DateTimeOffset(today.Date.AddDays(1).AddHours(10), today.Offset) - today); // couriers come by day
        var tomorrow = app.Clock.GetUtcNow().AddHours(24);
        await Ask(me, parcel, kind, kind == DirectionKind.Hold ? new DirectionDetail { Until = tomorrow } : new DirectionDetail { From = tomorrow, Until = tomorrow.AddHours(4) });
        app.Clock.Advance(TimeSpan.FromHours(hours));
        await Reported(parcel, "out_for_delivery");
        (await Asked(me, parcel)).ShouldBe((kind, state));
    }

    [Fact]
    public async Task A_number_with_an_extension_is_kept_whole_and_shown_masked()
    {
        var (me, parcel) = (await app.ACustomer("13700001111"), app.NewNumber());
        var report = Reports.Waybill(parcel.Text);
        Task<BatchResult> Register(string extension) =>
            RegisterWaybills.Execute(app.Db, app.Keys, app.Clock, "core", [report with { Recipient = report.Recipient! with { Phone = "18400001234", Extension = extension } }], default);
        (await Register("12a")).Rejected.ShouldHaveSingleItem().Code.ShouldBe("recipient.extension_invalid");
        (await Register("0021")).Accepted.ShouldBe(1);
        (await Number(parcel)).ShouldBe("18400001234-0021");
        (await ShowParties.Execute(app.Db, app.Keys, me, parcel, default)).ShouldNotBeNull().Recipient.Phone.ShouldBe("184****1234");

        await Ask(me, parcel, DirectionKind.Correct, new DirectionDetail { Recipient = new PartyReport { Name = "李蕾" } });
        (await Number(parcel)).ShouldBe("18400001234-0021", "the number stays as it was");
        await Ask(me, parcel, DirectionKind.Correct, new DirectionDetail { Recipient = new PartyReport { Phone = "13900005678" } });
        (await Number(parcel)).ShouldBe("13900005678", "another number has an extension of its own, or none");
    }

    private async Task<string> Number(WaybillNumber parcel) => app.Keys.Decrypt((await app.Db.First<string>("select recipient_phone_cipher from parcels_parcels where waybill = @parcel", new { parcel }))!);

    private async Task<(CustomerId Me, WaybillNumber Parcel)> MyParcel()
    {
        await ALockerAndAnOutlet();
        var phone = app.NewPhone();
        var parcel = await app.AParcel(recipient: phone);
        await Reported(parcel, "picked_up");
        return (await app.ACustomer(phone), parcel);
    }

    private Task ALockerAndAnOutlet() => app.Db.InTransaction(async tx =>
    {
        if (await tx.First<string>("select code from network_lockers where code = 'HZL001'") is not null) return;
        await RegisterLockers.Execute(tx, app.Clock,
            [new NewLocker(LockerCode.Parse("HZL001"), "望江家园南门快递柜", "330102", "近江路 66 号", 30.23, 120.18, DailyHours.Parse("00:00-24:00"), "", "", 24, 2, 1, 1)], default);
        string[] columns = ["code", "name", "district_code", "address", "lat", "lng", "opening_hours", "phone", "services", "max_weight_g", "max_length_mm", "max_sides_mm", "free_hours", "changed_at"];
        await tx.InsertRows("network_outlets", columns,
            [["HZ001", "杭州近江营业点", "330102", "近江路 118 号", 30.23, 120.18, "08:30-20:00", "", "send|pickup|cod", 30000, null, null, 72, app.Clock.GetUtcNow()]], ct: default);
    });

    private async Task Reported(WaybillNumber parcel, string code) => (await app.Report(app.Event(parcel, code, Now))).Accepted.ShouldBe(1);

    private async Task<AskedDirection> Ask(CustomerId me, WaybillNumber parcel, DirectionKind kind, DirectionDetail detail) =>
        (await DirectParcel.Ask(app.Db, app.Keys, app.Clock, app.Options, new Divisions(), me, parcel, kind, detail, default)).ShouldNotBeNull();

    private async Task<(DirectionKind, DirectionState)> Asked(CustomerId me, WaybillNumber parcel) =>
        (await DirectParcel.Show(app.Db, app.Keys, app.Options, me, parcel, default)).ShouldNotBeNull().Asked is { } asked ? (asked.Kind, asked.State) : throw new InvalidOperationException("nothing was asked for");
}

using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Notifications;
using Courier.Services.Parcels;
using Courier.Services.Staff;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Knowledge;

public sealed class PublishingIncidentsOnSqlite() : PublishingIncidents(DatabaseProvider.Sqlite);

public sealed class PublishingIncidentsOnMariaDb() : PublishingIncidents(DatabaseProvider.MySql);

public abstract class PublishingIncidents(DatabaseProvider provider)
{
    private static int _serial = 700_000_000;

    [Fact]
    public async Task It_is_shown_from_its_publication_to_its_end_in_every_process_within_a_second()
    {
        await using var stage = await Stage.Set(provider);
        await using var other = stage.AnotherProcess();
        var id = await Draft(stage);
        (await Shown(stage)).ShouldBeEmpty();
        (await Shown(other)).ShouldBeEmpty();

        await Publish(stage, id);
        (await Shown(stage)).ShouldBe(["台风预警"]);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Shown(other)).ShouldBe(["台风预警"]);

        (await WriteIncidents.End(other.Db, other.Clock, other.Get<IncidentBoard>(), StaffId.System, id, "台风停止编号", default)).ShouldBeTrue();
        (await Shown(other)).ShouldBeEmpty();
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Shown(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_change_a_second_of_questions_costs_one_look_at_the_version()
    {
        await using var stage = await Stage.Set(provider);
        await Publish(stage, await Draft(stage));
        (await Shown(stage)).Count.ShouldBe(1);
        var db = new Counting(stage.Db);
        stage.Clock.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 50; i++) (await stage.Get<IncidentBoard>().Now(db, default)).All.Count.ShouldBe(1);
        db.Queries.ShouldBe(1);
    }

    [Fact]
    public async Task It_begins_and_ends_by_the_clock_and_is_ended_for_good_by_the_job()
    {
        await using var stage = await Stage.Set(provider);
        var now = stage.Clock.GetUtcNow();
        var id = await Draft(stage, from: now.AddHours(1), until: now.AddHours(2));
        await Publish(stage, id);
        (await Shown(stage)).ShouldBeEmpty();
        stage.Clock.Advance(TimeSpan.FromMinutes(61));
        (await Shown(stage)).Count.ShouldBe(1);
        stage.Clock.Advance(TimeSpan.FromMinutes(60));
        (await Shown(stage)).ShouldBeEmpty();
        await stage.Run<EndIncidents>();
        (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull().Incident.State.ShouldBe(IncidentState.Ended);
        (await AuditTrail.List(stage.Db, new(Subject: "incident:" + id), 10, default)).Select(e => e.Action).ShouldBe(["incident.ended", "incident.published", "incident.created"]);
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_seen_and_shows_at_once()
    {
        await using var stage = await Stage.Set(provider);
        var id = await Draft(stage);
        await Publish(stage, id);
        var board = stage.Get<IncidentBoard>();
        (await Should.ThrowAsync<RuleBroken>(Change(1))).Code.ShouldBe(WriteIncidents.Changed);
        (await Change(2)).ShouldBeTrue();
        (await Shown(stage)).ShouldBe(["台风红色预警"]);

        Task<bool> Change(long version) => WriteIncidents.Change(
            stage.Db, stage.Clock, stage.Get<Divisions>(), board, StaffId.System, id, version, Words(stage) with { Title = "台风红色预警" }, default);
    }

    [Fact]
    public async Task What_is_not_there_is_told_by_false()
    {
        await using var stage = await Stage.Set(provider);
        (await WriteIncidents.Publish(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, Ids.New(stage.Clock), false, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task It_concerns_the_parcels_that_come_from_go_to_or_are_in_its_region_while_they_are_under_way()
    {
        await using var stage = await Stage.Set(provider);
        var toPudong = await AParcel(stage, "13900010001", ("上海市", "上海市", "浦东新区"));
        var toBaoshan = await AParcel(stage, "13900010002", ("上海", "上海", "宝山"));
        var passing = await AParcel(stage, "13900010003", ("北京市", "北京市", "朝阳区"));
        await Report(stage, passing, "departed", "上海市");
        await Publish(stage, await Draft(stage, regions: ["310115"]));
        (await Concerned(stage, toPudong, toBaoshan, passing)).ShouldBe([toPudong.Text]);

        await Publish(stage, await Draft(stage, regions: ["31"], title: "全市管制"));
        (await Concerned(stage, toPudong, toBaoshan, passing)).ShouldBe([toPudong.Text, toBaoshan.Text, passing.Text], ignoreOrder: true);
        await Report(stage, toBaoshan, "signed", "上海市", 3);
        (await Concerned(stage, toPudong, toBaoshan, passing)).ShouldBe([toPudong.Text, passing.Text], ignoreOrder: true);
    }

    [Fact]
    public async Task Where_a_parcel_comes_from_concerns_it_until_it_has_left_and_again_when_it_goes_back()
    {
        await using var stage = await Stage.Set(provider);
        var way = new ParcelWay
        {
            ParcelId = "p", Waybill = Number(), Status = ParcelStatus.Registered, NowCity = null,
            FromProvince = "上海市", FromCity = "上海市", FromDistrict = "浦东新区", ToProvince = "广东省", ToCity = "深圳市", ToDistrict = "南山区",
        };
        Places(way).ShouldBe(["440305", "310115"]);
        Places(way with { Status = ParcelStatus.PickedUp, NowCity = "上海" }).ShouldBe(["440305", "31", "310115"]);
        Places(way with { Status = ParcelStatus.Held, NowCity = "上海市" }).ShouldBe(["440305", "31", "310115"], "it stands still where it was given up");
        Places(way with { Status = ParcelStatus.Departed, NowCity = "杭州市" }).ShouldBe(["440305", "3301"]);
        Places(way with { Status = ParcelStatus.OutForDelivery, NowCity = "深圳市" }).ShouldBe(["440305", "4403"]);
        Places(way with { Status = ParcelStatus.OutForDelivery }).ShouldBe(["440305"]);
        Places(way with { Status = ParcelStatus.Returning, NowCity = "深圳市" }).ShouldBe(["310115", "4403"]);

        IReadOnlyList<string> Places(ParcelWay at) => [.. PlacesOfParcels.Of(at, stage.Get<Divisions>()).Where(code => code.Length > 0)];
    }

    [Fact]
    public async Task Who_follows_a_parcel_that_has_left_the_region_is_not_told()
    {
        await using var stage = await Stage.Set(provider);
        await ACustomer(stage, "13700000001");
        var parcel = await AParcel(stage, "13700000001", ("广东省", "深圳市", "南山区"));
        await Report(stage, parcel, "out_for_delivery", "深圳市");
        var origin = (await ParcelWays.OfWaybills(stage.Db, [parcel], default)).Single();
        var id = await Draft(stage, regions: [stage.Get<Divisions>().Locate(origin.FromProvince, origin.FromCity, "").ShouldNotBeNull().Code]);
        await Publish(stage, id, tell: true);
        await stage.Deliver();
        (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull().ToldParcels.ShouldBe(0);
        (await Concerned(stage, parcel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Customers_are_told_when_it_begins_with_the_parcels_of_that_time()
    {
        await using var stage = await Stage.Set(provider);
        var early = await ACustomer(stage, "13700000001");
        var late = await ACustomer(stage, "13700000002");
        await AParcel(stage, "13700000001", ("上海市", "上海市", "浦东新区"));
        var id = await Draft(stage, from: stage.Clock.GetUtcNow().AddHours(2));
        await Publish(stage, id, tell: true);
        await Pass(TimeSpan.FromHours(1));
        (await Told()).ShouldBeEmpty();
        (await Should.ThrowAsync<RuleBroken>(WriteIncidents.Tell(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, id, default))).Code.ShouldBe(WriteIncidents.AlreadyTold);
        await AParcel(stage, "13700000002", ("上海市", "上海市", "宝山区"));

        await Pass(TimeSpan.FromHours(1));
        (await Told()).ShouldBe([early, late], ignoreOrder: true);
        var seen = (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull();
        (seen.Telling, seen.ToldParcels, seen.ToldCustomers).ShouldBe((IncidentTelling.Done, 2, 2));
        await Pass(TimeSpan.FromHours(1));
        (await Told()).Count.ShouldBe(2);

        async Task Pass(TimeSpan time)
        {
            stage.Clock.Advance(time);
            await stage.Run<EndIncidents>();
            await stage.Deliver();
        }

        Task<IReadOnlyList<CustomerId>> Told() => stage.Db.Query<CustomerId>("select customer from notifications_messages where kind = 'incident'");
    }

    [Fact]
    public async Task Nobody_is_told_of_one_that_is_called_off_before_it_begins()
    {
        await using var stage = await Stage.Set(provider);
        await ACustomer(stage, "13700000001");
        await AParcel(stage, "13700000001", ("上海市", "上海市", "浦东新区"));
        var id = await Draft(stage, from: stage.Clock.GetUtcNow().AddHours(2));
        await Publish(stage, id, tell: true);
        await WriteIncidents.End(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, id, null, default);
        stage.Clock.Advance(TimeSpan.FromHours(3));
        await stage.Run<EndIncidents>();
        await stage.Deliver();
        (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull().Telling.ShouldBe(IncidentTelling.No);
        (await stage.Db.First<long>("select count(*) from notifications_messages where kind = 'incident'")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_customer_of_an_affected_parcel_is_told_once_however_many_parcels_and_pages()
    {
        await using var stage = await Stage.Set(provider);
        var waybills = new List<WaybillReport>();
        for (var i = 0; i < 600; i++) waybills.Add(Report(Number().Text, $"137{i / 2:d8}", ("上海市", "上海市", "浦东新区")));
        for (var i = 0; i < 20; i++) waybills.Add(Report(Number().Text, "13800009999", ("北京市", "北京市", "朝阳区")));
        (await RegisterWaybills.Execute(stage.Db, stage.Keys, stage.Clock, "core", waybills, default)).Accepted.ShouldBe(620);
        var told = new List<CustomerId>();
        foreach (var phone in new[] { "13700000001", "13700000002", "13700000299" }) told.Add(await ACustomer(stage, phone));
        await ACustomer(stage, "13800009999");

        var id = await Draft(stage, regions: ["310115", "31"]);
        await Publish(stage, id, tell: true);
        (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull().Telling.ShouldBe(IncidentTelling.UnderWay);
        await stage.Deliver();

        var seen = (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull();
        (seen.Telling, seen.ToldParcels, seen.ToldCustomers).ShouldBe((IncidentTelling.Done, 600, 3));
        (await stage.Db.Query<CustomerId>("select customer from notifications_messages where kind = 'incident'")).ShouldBe(told, ignoreOrder: true);
        (await Should.ThrowAsync<RuleBroken>(WriteIncidents.Tell(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, id, default))).Code.ShouldBe(WriteIncidents.AlreadyTold);
        (await stage.Get<IEnumerable<IPersonalData>>().Single(p => p.Name == "knowledge").Export(stage.Db, new([told[0]], [], [], []), default))!.ToJsonString().ShouldContain("toldOfIncident");
    }

    [Fact]
    public async Task Ending_it_stops_the_search_for_customers()
    {
        await using var stage = await Stage.Set(provider);
        var customer = await ACustomer(stage, "13700000001");
        await AParcel(stage, "13700000001", ("上海市", "上海市", "浦东新区"));
        var id = await Draft(stage, regions: ["31"]);
        await Publish(stage, id, tell: true);
        await WriteIncidents.End(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, id, null, default);
        await stage.Deliver();
        var seen = (await ListIncidents.Find(stage.Db, id, default)).ShouldNotBeNull();
        (seen.Telling, seen.ToldCustomers).ShouldBe((IncidentTelling.Done, 0));
        (await stage.Db.First<long>("select count(*) from notifications_messages where customer = @customer", new { customer })).ShouldBe(0);
    }

    private static WaybillNumber Number() => Numbers.Own(Interlocked.Increment(ref _serial));

    private static IncidentDraft Words(Stage stage) =>
        new("台风预警", "上海市部分快件延误1至2天。", IncidentKind.Weather, IncidentSeverity.Warning, ["31"], stage.Clock.GetUtcNow(), null);

    private static Task<string> Draft(Stage stage, IReadOnlyList<string>? regions = null, DateTimeOffset? from = null, DateTimeOffset? until = null, string title = "台风预警") =>
        WriteIncidents.Create(stage.Db, stage.Clock, stage.Get<Divisions>(), StaffId.System,
            Words(stage) with { Title = title, Regions = regions ?? ["31"], StartsAt = from ?? stage.Clock.GetUtcNow(), EndsAt = until }, default);

    private static async Task Publish(Stage stage, string id, bool tell = false) =>
        (await WriteIncidents.Publish(stage.Db, stage.Clock, stage.Get<IncidentBoard>(), StaffId.System, id, tell, default)).ShouldBeTrue();

    private static async Task<IReadOnlyList<string>> Shown(Stage stage) => [.. (await stage.Get<IncidentBoard>().Now(stage.Db, default)).All.Select(i => i.Title)];

    private static async Task<IReadOnlyList<string>> Concerned(Stage stage, params WaybillNumber[] waybills) =>
        [.. (await ParcelIncidents.OfWaybills(stage.Db, stage.Get<IncidentBoard>(), stage.Get<Divisions>(), waybills, default)).Keys.Select(w => w.Text)];

    private static WaybillReport Report(string number, string recipient, (string Province, string City, string District) to)
    {
        var report = Reports.Waybill(number, recipient: recipient);
        return report with { Recipient = report.Recipient! with { Province = to.Province, City = to.City, District = to.District } };
    }

    private static async Task<WaybillNumber> AParcel(Stage stage, string recipient, (string Province, string City, string District) to)
    {
        var number = Number();
        (await RegisterWaybills.Execute(stage.Db, stage.Keys, stage.Clock, "core", [Report(number.Text, recipient, to)], default)).Accepted.ShouldBe(1);
        return number;
    }

    private static async Task Report(Stage stage, WaybillNumber waybill, string code, string city, int minutes = 1) =>
        (await RecordRoutes.Execute(stage.Db, stage.Clock, "core", [new RouteReport
        {
            Id = waybill.Text + code, Waybill = waybill.Text, Code = code, City = city, Place = "一部", Text = "扫描", Time = stage.Clock.GetUtcNow().AddMinutes(minutes - 60).ToString("O"),
        }], default)).Accepted.ShouldBe(1);

    private static async Task<CustomerId> ACustomer(Stage stage, string phone)
    {
        var customer = await RecogniseCustomer.Execute(stage.Db, stage.Clock, new WechatIdentity("wx-suite", OpenId.Parse("o-" + phone), null), default);
        await BindPhone.Execute(stage.Db, stage.Keys, stage.Clock, customer, Phone.Parse(phone), PhoneSource.Sms, default);
        return customer;
    }

    private sealed class Counting(ISqlReader db) : ISqlReader
    {
        public int Queries { get; private set; }

        public Dialect Dialect => db.Dialect;

        public Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null, CancellationToken ct = default)
        {
            Queries++;
            return db.Query<T>(sql, args, ct);
        }

        public Task<T?> First<T>(string sql, object? args = null, CancellationToken ct = default)
        {
            Queries++;
            return db.First<T>(sql, args, ct);
        }
    }
}

public sealed class TheLifeOfAnIncident
{
    [Theory]
    [InlineData(IncidentState.Draft, IncidentAction.Change, IncidentState.Draft)]
    [InlineData(IncidentState.Draft, IncidentAction.Publish, IncidentState.Active)]
    [InlineData(IncidentState.Draft, IncidentAction.End, IncidentState.Ended)]
    [InlineData(IncidentState.Active, IncidentAction.Change, IncidentState.Active)]
    [InlineData(IncidentState.Active, IncidentAction.Tell, IncidentState.Active)]
    [InlineData(IncidentState.Active, IncidentAction.End, IncidentState.Ended)]
    public void These_steps_are_possible(IncidentState from, IncidentAction action, IncidentState to) => IncidentMachine.After(from, action).ShouldBe(to);

    [Theory]
    [InlineData(IncidentState.Draft, IncidentAction.Tell, IncidentMachine.NotActive)]
    [InlineData(IncidentState.Active, IncidentAction.Publish, IncidentMachine.AlreadyActive)]
    [InlineData(IncidentState.Ended, IncidentAction.Change, IncidentMachine.Ended)]
    [InlineData(IncidentState.Ended, IncidentAction.Publish, IncidentMachine.Ended)]
    [InlineData(IncidentState.Ended, IncidentAction.Tell, IncidentMachine.Ended)]
    [InlineData(IncidentState.Ended, IncidentAction.End, IncidentMachine.Ended)]
    public void These_are_refused(IncidentState from, IncidentAction action, string code) =>
        Should.Throw<RuleBroken>(() => IncidentMachine.After(from, action)).Code.ShouldBe(code);

    [Theory]
    [InlineData("", "内容", "31", "title")]
    [InlineData("这个标题长得超过了二十个字所以不能用在公告里面", "内容", "31", "title")]
    [InlineData("标题", "", "31", "text")]
    [InlineData("标题", "两\n行", "31", "text")]
    [InlineData("标题", "内容", "", "regions")]
    [InlineData("标题", "内容", "99", "regions")]
    [InlineData("标题", "内容", "3101", "regions")] // 市辖区 is no place
    [InlineData("标题", "内容", "440305007", "regions")] // a street
    public void What_is_wrong_is_said_by_field(string title, string text, string region, string field) =>
        Draft(title, text, region).Problem(new Divisions()).ShouldNotBeNull().Field.ShouldBe(field);

    [Theory]
    [InlineData("31")]
    [InlineData("4403")]
    [InlineData("440305")]
    [InlineData(Incident.WholeCountry)]
    public void Provinces_cities_districts_and_the_country_are_regions(string region) => Draft("标题", "内容", region).Problem(new Divisions()).ShouldBeNull();

    [Fact]
    public void It_ends_after_it_begins() =>
        (Draft("标题", "内容", "31") with { EndsAt = DateTimeOffset.UnixEpoch }).Problem(new Divisions()).ShouldNotBeNull().Field.ShouldBe("until");

    [Fact]
    public void Two_banners_at_most_stand_above_an_answer_and_never_cost_it_a_byte()
    {
        Incident[] three = [Banner("一"), Banner("二"), Banner("三")];
        IncidentText.Above(three, "回答").ShouldBe($"{three[0].Line}\n{three[1].Line}\n回答");
        for (var length = 0; length <= 682; length++)
        {
            var answer = new string('长', length);
            var text = IncidentText.Above(three, answer);
            text.ShouldEndWith(answer);
            Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(2048);
        }
        IncidentText.Above(three, new string('长', 678)).ShouldBe("⚠【一】\n" + new string('长', 678), "the title alone, where the sentence does not fit");
    }

    private static IncidentDraft Draft(string title, string text, string region) =>
        new(title, text, IncidentKind.Weather, IncidentSeverity.Info, region.Length == 0 ? [] : [region], DateTimeOffset.UnixEpoch, null);

    private static Incident Banner(string title) => new()
    {
        Id = title, Title = title, Text = new string('文', 40), Kind = IncidentKind.Weather, Severity = IncidentSeverity.Info, Regions = ["31"],
        StartsAt = DateTimeOffset.UnixEpoch, EndsAt = null, State = IncidentState.Active, Version = 1,
    };
}

using Courier.Gateway.Tests.Sending;
using Courier.Kernel.Data;
using Courier.Kernel;
using Courier.Services.Addresses;
using Courier.Services.Knowledge;
using Courier.Services.Parcels;
using Courier.Services.Staff;
using Courier.Testing;

namespace Courier.Gateway.Tests.Notices;

/// <summary>An operator's banner in the chat: above tracking answers, in pushes, told once, and as the answer to who asks for it.</summary>
public sealed class ReadingNotices : IAsyncLifetime
{
    private const string Line = "⚠【台风红色预警】深圳市部分快件延误1至2天。";
    private readonly GatewayApp _gateway = new();
    private int _serial = 60_000;

    private CourierApp App => _gateway.App;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task It_stands_above_the_answer_for_a_parcel_of_its_region_until_it_is_ended()
    {
        var (waybill, elsewhere) = (await AParcel("深圳市", "南山区"), await AParcel("北京市", "朝阳区"));
        var me = Pushes.ToOfficial(App);
        (await me.Say($"{waybill} 6789")).ShouldStartWith("【");
        var id = await Publish();
        (await me.Say(waybill)).ShouldStartWith(Line + "\n【");
        (await me.Say($"{elsewhere} 6789")).ShouldNotContain("台风");
        (await me.Say($"{waybill} {elsewhere}")).Split('\n').Count(l => l == Line).ShouldBe(1);
        await End(id);
        (await me.Say(waybill)).ShouldStartWith("【");
    }

    [Fact]
    public async Task Fifteen_affected_parcels_show_two_banners_once_and_nothing_is_cut()
    {
        var waybills = new List<string>();
        for (var i = 0; i < 15; i++) waybills.Add(await AParcel("深圳市", "南山区"));
        var me = Pushes.ToOfficial(App);
        var plain = await me.Say(string.Join(' ', waybills) + " 6789");
        foreach (var title in new[] { "台风红色预警", "道路封闭", "分拨中心爆仓" }) await Publish(title: title);
        var answer = await me.Say(string.Join(' ', waybills));
        System.Text.Encoding.UTF8.GetByteCount(answer).ShouldBeLessThanOrEqualTo(2048);
        answer.Split('\n').Count(l => l.StartsWith('⚠')).ShouldBeInRange(1, 2);
        foreach (var waybill in waybills) answer.ShouldContain(waybill);
        answer.ShouldEndWith(plain.Split('\n')[^1]);
    }

    [Fact]
    public async Task A_push_about_an_affected_parcel_carries_it()
    {
        var waybill = await AParcel("深圳市", "南山区");
        await App.Settle(); // what happened before nobody followed it
        var person = await Person.WhoHasWritten(App);
        await Pushes.ToOfficial(App).As(person.Id).Say($"{waybill} 6789");
        await Publish();
        await Report(waybill, "out_for_delivery");
        await App.Settle();
        (await person.Inbox("custom")).Single().Text.ShouldEndWith("\n" + Line);
    }

    [Fact]
    public async Task A_push_that_waited_carries_what_is_shown_when_it_is_sent()
    {
        var waybill = await AParcel("深圳市", "南山区");
        await App.Settle(); // what happened before nobody followed it
        var person = await Person.WhoHasWritten(App);
        var me = Pushes.ToOfficial(App).As(person.Id);
        await me.Say($"{waybill} 6789");
        await me.Say("免打扰 9:00-20:00"); // it is 10:00
        var id = await Publish();
        await Report(waybill, "out_for_delivery");
        await App.Settle();
        (await person.Inbox("custom")).ShouldBeEmpty();
        await End(id);
        App.Clock.Advance(TimeSpan.FromHours(11));
        await App.Settle();
        var push = (await person.Inbox("custom")).Single().Text;
        push.ShouldContain(waybill);
        push.ShouldNotContain("台风");
    }

    [Fact]
    public async Task Whose_parcel_is_affected_is_told_once_when_the_operator_wishes()
    {
        var (first, second) = (await AParcel("深圳市", "南山区"), await AParcel("深圳市", "福田区"));
        await App.Settle(); // what happened before nobody followed it
        var person = await Person.WhoHasWritten(App);
        await Pushes.ToOfficial(App).As(person.Id).Say($"{first} {second} 6789");
        await Publish(tell: true);
        await App.Settle();
        (await person.Inbox("custom")).Single().Text.ShouldStartWith(Line + "\n您有在途的快件");
    }

    [Fact]
    public async Task Who_asks_hears_what_concerns_the_place_or_the_own_parcels_else_all()
    {
        var me = Pushes.ToOfficial(App);
        (await me.Say("最新公告")).ShouldContain("目前没有影响");
        await Publish();
        await Publish("浙江封路", "浙江省部分路段封闭，快件可能晚到。", ["33"]);
        (await me.Say("台风影响快递吗")).ShouldContain(Line);
        (await me.Say("南山区停运了吗")).ShouldContain(Line);
        (await me.Say("南山区停运了吗")).ShouldNotContain("浙江");
        (await me.Say("北京停运了吗")).ShouldBe("北京市目前没有影响收寄和派送的公告。想看自己的快件到哪了，把运单号发给我就行。");
        var all = await me.Say("快递有没有延误");
        all.ShouldContain(Line);
        all.ShouldContain("浙江封路");
        await me.Say($"{await AParcel("深圳市", "南山区")} 6789");
        var mine = await me.Say("快递有没有延误");
        mine.ShouldStartWith("您的快件可能受以下情况影响：\n" + Line);
        mine.ShouldNotContain("浙江");
    }

    [Theory]
    [InlineData("国庆放假吗", "照常收寄")]
    [InlineData("春节放假送货吗", "照常收寄")]
    [InlineData("清关要多久", "")]
    [InlineData("海关扣了怎么办", "")]
    [InlineData("下雨天快递会不会湿", "")]
    public async Task Who_asks_for_something_else_does_not_get_it(string words, string expected)
    {
        await Publish();
        var answer = await Pushes.ToOfficial(App).Say(words);
        answer.ShouldNotContain("台风");
        answer.ShouldNotContain("国庆街道");
        answer.ShouldContain(expected);
    }

    [Theory]
    [InlineData("延误怎么赔")]
    [InlineData("疫情期间能寄口罩吗")]
    [InlineData("疫情期间口罩能寄吗")]
    [InlineData("延误险怎么买")]
    [InlineData("地震了")]
    [InlineData("三亚台风影响大吗")]
    [InlineData("有台风吗")]
    public async Task A_notice_of_the_customs_of_one_city_is_not_what_these_ask_for(string words)
    {
        await Publish("三亚海关通知", "三亚离岛免税品寄递须备齐凭证。", ["4602"], kind: IncidentKind.Customs);
        var answer = await Pushes.ToOfficial(App).Say(words);
        answer.ShouldNotContain("海关通知");
        if (words.Contains("口罩", StringComparison.Ordinal)) answer.ShouldContain("可以寄");
        if (words.Contains("三亚", StringComparison.Ordinal)) answer.ShouldBe("三亚市目前没有因台风影响收寄和派送的公告。想看自己的快件到哪了，把运单号发给我就行。");
        if (words is "有台风吗") answer.ShouldStartWith("目前没有因台风影响收寄和派送的公告。");
    }

    [Theory]
    [InlineData("公告")]
    [InlineData("有台风吗")]
    [InlineData("台风")]
    [InlineData("快递有延误吗")]
    [InlineData("台风天能寄吗")]
    [InlineData("下雨还送吗")]
    public async Task Who_asks_while_nothing_is_published_hears_that(string words) => (await Pushes.ToOfficial(App).Say(words)).ShouldStartWith("目前没有影响收寄和派送的公告");

    [Fact]
    public async Task Who_asks_for_a_happening_hears_what_speaks_of_it_whatever_its_kind()
    {
        await Publish("航班取消", "受台风影响，三亚进出港航空件延误1天。", ["4602"], kind: IncidentKind.Traffic);
        var me = Pushes.ToOfficial(App);
        (await me.Say("三亚有台风吗")).ShouldStartWith("⚠【航班取消】");
        (await me.Say("台风")).ShouldStartWith("目前的公告：\n⚠【航班取消】");
        (await me.Say("爆仓了吗")).ShouldStartWith("目前没有因爆仓影响收寄和派送的公告。");
    }

    [Fact]
    public async Task Words_of_a_kind_get_the_notices_of_that_kind()
    {
        await Publish();
        await Publish("国庆安排", "10月1日至3日部分网点休息。", ["cn"], kind: IncidentKind.Holiday);
        await Publish("海关查验", "国际件清关需多等1天。", ["cn"], kind: IncidentKind.Customs);
        var me = Pushes.ToOfficial(App);
        (await me.Say("国庆放假吗")).ShouldStartWith("目前的公告：\n⚠【国庆安排】10月1日至3日部分网点休息。\n把运单号");
        (await me.Say("清关要多久")).ShouldNotContain("台风");
        (await me.Say("清关要多久")).ShouldContain("海关查验");
        (await me.Say("下雨天还送货吗")).ShouldContain(Line);
    }

    private async Task<string> Publish(
        string title = "台风红色预警", string text = "深圳市部分快件延误1至2天。", IReadOnlyList<string>? regions = null, bool tell = false, IncidentKind kind = IncidentKind.Weather)
    {
        var draft = new IncidentDraft(title, text, kind, IncidentSeverity.Warning, regions ?? ["4403"], App.Clock.GetUtcNow(), null);
        var id = await WriteIncidents.Create(App.Get<Db>(), App.Clock, App.Get<Divisions>(), StaffId.System, draft, default);
        (await WriteIncidents.Publish(App.Get<Db>(), App.Clock, App.Get<IncidentBoard>(), StaffId.System, id, tell, default)).ShouldBeTrue();
        return id;
    }

    private Task End(string id) => WriteIncidents.End(App.Get<Db>(), App.Clock, App.Get<IncidentBoard>(), StaffId.System, id, null, default);

    private async Task<string> AParcel(string city, string district)
    {
        var digits = (Interlocked.Increment(ref _serial) + 880_000_000L).ToString("d12", System.Globalization.CultureInfo.InvariantCulture);
        var waybill = "CY" + digits + CheckDigits.Luhn(digits);
        var registered = await RegisterWaybills.Execute(App.Get<Db>(), App.Get<DataKeys>(), App.Clock, "demo",
            [new WaybillReport { Waybill = waybill, Sender = Party("13812340001", "长沙市", "岳麓区"), Recipient = Party("13912346789", city, district) }], default);
        registered.Rejected.ShouldBeEmpty();
        await Report(waybill, "picked_up");
        return waybill;
    }

    private static PartyReport Party(string phone, string city, string district) => new()
    {
        Name = "李小明", Phone = phone, Province = city switch { "深圳市" => "广东省", "长沙市" => "湖南省", _ => city }, City = city, District = district, Detail = "文三路 1 号",
    };

    private async Task Report(string waybill, string code)
    {
        App.Clock.Advance(TimeSpan.FromSeconds(2));
        (await RecordRoutes.Execute(App.Get<Db>(), App.Clock, "demo", [new RouteReport
        {
            Id = code + waybill, Waybill = waybill, Code = code, Time = App.Clock.GetUtcNow().ToString("O"), City = "长沙市", Place = "长沙网点", Text = "扫描",
        }], default)).Accepted.ShouldBe(1);
    }
}

using Courier.Kernel.Data;
using Courier.Kernel;
using Courier.Services.Parcels;
using Courier.Testing;
using Courier.WechatGateway.Replies;

namespace Courier.Gateway.Tests.Replying;

/// <summary>Questions about one's own parcels as people ask them, with and without a number in the sentence.</summary>
public sealed class AskingAboutMyParcels(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private static int _serial = 47_000;

    private CourierApp App => gateway.App;

    [Theory]
    [InlineData("为什么还没到")]
    [InlineData("怎么还没到")]
    [InlineData("我的快递怎么还没到？")]
    [InlineData("快递都三天了怎么还没送到啊")]
    [InlineData("还没到")]
    [InlineData("怎么还不送")]
    [InlineData("怎么还没收到货")]
    [InlineData("一直不动")]
    [InlineData("物流一直不动怎么回事")]
    [InlineData("卡住了")]
    [InlineData("我的快递卡住了怎么办")]
    [InlineData("快递卡在中转站了")]
    [InlineData("物流几天没更新了")]
    [InlineData("好几天没动静了")]
    [InlineData("催一下")]
    [InlineData("催件")]
    [InlineData("帮我催")]
    [InlineData("帮我催一下快递")]
    [InlineData("麻烦快点送")]
    [InlineData("什么时候到")]
    [InlineData("大概什么时候能到？")]
    [InlineData("我的快递几点送到")]
    [InlineData("还要多久")]
    [InlineData("今天能到吗")]
    [InlineData("今天能送到吗")]
    [InlineData("明天会到吗")]
    [InlineData("快递到哪了")]
    [InlineData("我的包裹现在到哪里了")]
    [InlineData("下雨影响吗")]
    [InlineData("暴雨有影响吗")]
    [InlineData("天气不好会延误吗")]
    [InlineData("一周了还没到")]
    [InlineData("都一周了还没到！！")]
    [InlineData("一个月了还没到")]
    [InlineData("一天没动了")]
    [InlineData("我快递呢")]
    [InlineData("我的包裹呢？")]
    [InlineData("我的包裹几号到")]
    public void These_are_about_ones_own_parcels(string words) => ParcelQuestions.Topic.Of(words).ShouldNotBeNull();

    [Theory]
    [InlineData("今天天气真不错")]
    [InlineData("什么时候到上海")]
    [InlineData("深圳今天能送到吗")]
    [InlineData("粤海街道能派送吗")]
    [InlineData("能寄充电宝吗")]
    [InlineData("今天可以寄吗")]
    [InlineData("快递员没来取件")]
    [InlineData("显示已签收但我没收到")]
    [InlineData("人工什么时候上班")]
    [InlineData("网点在哪")]
    [InlineData("寄到北京要几天")]
    [InlineData("优惠券怎么样领")]
    [InlineData("不动产证能寄吗")]
    [InlineData("别催了")]
    [InlineData("快递员呢")]
    [InlineData("我的茶叶呢")]
    public void These_are_not(string words) => ParcelQuestions.Topic.Of(words).ShouldBeNull();

    [Fact]
    public async Task With_one_parcel_it_is_answered_with_all_that_is_known_of_it()
    {
        var me = Pushes.ToOfficial(App);
        var waybill = await Follow(me);
        foreach (var words in new[] { "怎么还没到", "一直不动", "什么时候到", "今天能到吗", "卡住了" })
        {
            var answer = await me.Say(words);
            answer.ShouldStartWith($"【运输中】{waybill}\n杭州市 → 上海市\n", customMessage: words);
            answer.ShouldContain("快件已扫描", customMessage: words);
        }
        (await me.Say("帮我催一下")).ShouldEndWith("要催办请回复“人工”，客服会联系网点核实，并把答复告诉您。");
        var rain = await me.Say("下雨影响吗");
        rain.ShouldStartWith("目前没有因天气影响收寄和派送的公告。您在途的快件：\n【运输中】");
        rain.ShouldContain(waybill);
    }

    [Fact]
    public async Task One_that_stands_still_says_why_and_by_when_it_moves_on()
    {
        var me = Pushes.ToOfficial(App);
        await Follow(me);
        App.Clock.Advance(TimeSpan.FromHours(80));
        var answer = await me.Say("怎么还没到");
        answer.ShouldContain("在长途干线上");
        answer.ShouldMatch("前会有新进展|说不准何时会有新进展");
        answer.ShouldContain("送达时间暂时说不准", Case.Sensitive, "nothing was learned about the lane");
    }

    [Fact]
    public async Task With_several_they_are_listed()
    {
        var me = Pushes.ToOfficial(App);
        var waybills = new[] { await Follow(me), await Follow(me), await Follow(me) };
        var answer = await me.Say("为什么还没到");
        foreach (var waybill in waybills) answer.ShouldContain($"{waybill} 运输中");
        answer.ShouldNotContain("更早的快递");
        for (var i = 0; i < 3; i++) await Follow(me);
        (await me.Say("为什么还没到")).ShouldContain("\n更早的快递请回复“我的快递”查看。");
    }

    [Theory]
    [InlineData("怎么还没到")]
    [InlineData("一直不动")]
    [InlineData("帮我催")]
    [InlineData("今天能到吗")]
    [InlineData("下雨影响吗")]
    public async Task Without_any_the_number_is_asked_for(string words) => (await Pushes.ToOfficial(App).Say(words)).ShouldContain("运单号");

    [Theory]
    [InlineData("{0}怎么还没到")]
    [InlineData("为什么{0}一直不动")]
    [InlineData("帮我催一下 {0}")]
    [InlineData("{0} 今天能到吗")]
    public async Task A_number_in_the_sentence_decides(string sentence)
    {
        var me = Pushes.ToOfficial(App);
        var (waybill, other) = (await Follow(me), await Follow(me));
        var answer = await me.Say(string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, waybill));
        answer.ShouldStartWith($"【运输中】{waybill}");
        answer.ShouldNotContain(other);
    }

    [Fact]
    public async Task Anothers_number_in_such_a_sentence_is_a_question_about_it() =>
        (await Pushes.ToOfficial(App).Say("880012345678怎么还没到")).ShouldContain("单号 880012345678 暂时没有可以给您看的信息");

    [Fact]
    public async Task A_menu_entry_may_say_it_too()
    {
        var me = Pushes.ToOfficial(App);
        (await me.Tell(me.EventXml("CLICK", "<EventKey>我的快递到哪了</EventKey>"))).ShouldContain("运单号");
        var waybill = await Follow(me);
        App.Clock.Advance(TimeSpan.FromSeconds(2)); // a tap of its own, not the same told again
        (await me.Tell(me.EventXml("CLICK", "<EventKey>我的快递到哪了</EventKey>"))).ShouldContain(waybill);
    }

    private async Task<string> Follow(Pushes me)
    {
        var digits = Interlocked.Increment(ref _serial).ToString("d12", System.Globalization.CultureInfo.InvariantCulture);
        var waybill = "CY" + digits + CheckDigits.Luhn(digits);
        var party = new PartyReport { Name = "李雷", Phone = "13800002222", Province = "上海市", City = "上海市", District = "浦东新区", Detail = "世纪大道 2 号" };
        var report = new WaybillReport
        {
            Waybill = waybill, Product = "standard", Recipient = party,
            Sender = party with { Name = "王小明", Phone = "13700001111", Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" },
        };
        (await RegisterWaybills.Execute(App.Get<Db>(), App.Get<DataKeys>(), App.Clock, "demo", [report], default)).Accepted.ShouldBe(1);
        (await RecordRoutes.Execute(App.Get<Db>(), App.Clock, "demo",
        [
            new RouteReport
            {
                Id = $"{waybill}-d", Waybill = waybill, Code = "departed", City = "杭州市", Place = "杭州萧山转运中心", Text = "快件已扫描",
                Time = App.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz"),
            },
        ], default)).Rejected.ShouldBeEmpty();
        (await me.Say($"{waybill} 2222")).ShouldContain(waybill);
        return waybill;
    }
}

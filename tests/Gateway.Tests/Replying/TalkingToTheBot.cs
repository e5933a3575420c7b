using Courier.Testing;

namespace Courier.Gateway.Tests.Replying;

public sealed class DemoGateway : IAsyncLifetime
{
    public CourierApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await CourierApp.Start(new() { Demo = true });

    public async Task DisposeAsync() => await App.DisposeAsync();
}

/// <summary>Every rule with several phrasings, through the callback as WeChat makes it.</summary>
public sealed class TalkingToTheBot(DemoGateway demo) : IClassFixture<DemoGateway>
{
    private const string NearbyInHangzhou = "<Location_X>30.2318</Location_X><Location_Y>120.1874</Location_Y><Scale>15</Scale><Label>望江街道</Label>";

    private readonly Pushes _me = Pushes.ToOfficial(demo.App);

    private CourierApp App => demo.App;

    [Theory]
    [InlineData("2", "运单号")]
    [InlineData("２", "运单号")]
    [InlineData("回复2", "运单号")]
    [InlineData("查快递", "运单号")]
    [InlineData("3", "位置")]
    [InlineData("附近网点", "位置")]
    [InlineData("附近有网点吗", "位置")]
    [InlineData("你们几点下班", "营业时间")]
    [InlineData("4", "能寄充电宝吗")]
    [InlineData("5", "绑定手机")]
    [InlineData("我要寄件", "上门")]
    [InlineData("帮助", "回复 1")]
    [InlineData("你好", "回复 0")]
    [InlineData("?", "人工")]
    [InlineData("谢谢", "不客气")]
    [InlineData("2！", "运单号")]
    [InlineData("【2】", "运单号")]
    [InlineData("02", "运单号")]
    [InlineData("2️⃣", "运单号")]
    [InlineData("2 查快递", "运单号")]
    [InlineData("查快遞", "运单号")]
    [InlineData("謝謝", "不客气")]
    [InlineData("我的快遞", "名下")]
    [InlineData("菜單", "回复 1")]
    [InlineData("綁定手機 12345", "不对")]
    [InlineData("網點 南山區", "深圳科技园营业点")]
    [InlineData("怎麼還沒到", "没有在途的快递")]
    [InlineData("免打擾 22:00-8:00", "22:00-08:00")]
    public async Task Keywords_and_numbers_are_answered(string text, string expected) => (await _me.Say(text)).ShouldContain(expected);

    [Theory]
    [InlineData("能寄充电宝吗", "充电宝")]
    [InlineData("可以寄烟花吗", "烟花")]
    [InlineData("打火机能寄不", "打火机")]
    [InlineData("可以寄刀吗", "【刀具】有条件可以寄")]
    [InlineData("能不能寄刀", "【刀具】有条件可以寄")]
    [InlineData("刀可以寄吗", "【刀具】有条件可以寄")]
    [InlineData("刀能寄吗", "【刀具】有条件可以寄")]
    [InlineData("可以寄菜刀吗", "【刀具】有条件可以寄")]
    [InlineData("武士刀能寄吗", "【管制刀具】不能寄")]
    [InlineData("剃须刀能寄吗", "【电动牙刷】有条件可以寄")]
    [InlineData("弹簧刀能寄吗", "【管制刀具】不能寄")]
    [InlineData("充电宝和酒能寄吗", "【酒】有条件可以寄")]
    [InlineData("充电宝怎么寄", "【充电宝】有条件可以寄")]
    [InlineData("打火机", "【打火机】不能寄")]
    [InlineData("现金能寄嘛", "【现金】不能寄")]
    [InlineData("汽油可以寄啊", "【汽油】不能寄")]
    [InlineData("香水可以寄吗😊", "【香水】有条件可以寄")]
    [InlineData("Can I send perfume?", "【香水】有条件可以寄")]
    [InlineData("can i ship a power bank", "【充电宝】有条件可以寄")]
    [InlineData("寄打火机多少钱", "【打火机】不能寄")]
    [InlineData("寄打火机到北京多少钱", "【打火机】不能寄")]
    [InlineData("我要寄汽油到北京多少钱", "【汽油】不能寄")]
    [InlineData("哪些东西不能寄？", "易燃")]
    [InlineData("量子纠缠仪能寄吗", "没有查到“量子纠缠仪”的寄递规定")]
    public async Task Goods_are_checked(string text, string goods) => (await _me.Say(text)).ShouldContain(goods);

    [Theory]
    [InlineData("你们弄丢了我的手机")]
    [InlineData("快递员偷了我的充电宝")]
    [InlineData("赔我手机")]
    [InlineData("我的茶叶呢")]
    [InlineData("解绑手机")]
    [InlineData("你们收现金吗")]
    public async Task A_complaint_or_wish_with_goods_in_it_is_not_answered_with_goods(string text) => (await _me.Say(text)).ShouldNotContain("可以寄。");

    [Theory]
    [InlineData("北京能寄吗", "从哪里寄出呢")]
    [InlineData("新疆可以寄吗", "寄到哪个城市呢")]
    public async Task A_place_in_the_place_of_goods_is_answered_with_the_price_of_the_way(string text, string next)
    {
        var answer = await _me.Say(text);
        answer.ShouldStartWith($"能不能寄到{text[..2]}、要多少钱");
        answer.ShouldContain(next);
    }

    [Theory]
    [InlineData("我的快递好几天没动静了", "人工")]
    [InlineData("几天没更新了怎么回事", "节假日")]
    [InlineData("丢件怎么赔", "丢失")]
    [InlineData("你们电话多少", "95300")]
    [InlineData("发票", "抬头")]
    [InlineData("发票？", "抬头")]
    [InlineData("你们电话是多少", "95300")]
    [InlineData("客服电话多少", "95300")]
    [InlineData("快递员电话多少", "派件员")]
    [InlineData("今天可以寄吗", "营业时间")]
    [InlineData("今天能寄快递吗", "营业时间")]
    [InlineData("周日可以寄吗", "营业时间")]
    [InlineData("现在可以寄件吗", "营业时间")]
    [InlineData("东西坏了怎么赔", "外箱")]
    public async Task Frequent_questions_are_answered(string text, string expected) => (await _me.Say(text)).ShouldContain(expected);

    [Theory]
    [InlineData("今天天气真不错")]
    [InlineData("asdfgh")]
    [InlineData("😀")]
    public async Task What_nobody_understands_is_guided_and_shown_the_way_to_a_person(string text)
    {
        var answer = await _me.Say(text);
        answer.ShouldContain("回复 1");
        answer.ShouldContain("人工");
    }

    [Theory]
    [InlineData("image", "<PicUrl>http://x/y</PicUrl><MediaId>m1</MediaId><MsgId>11</MsgId>", "看图")]
    [InlineData("voice", "<MediaId>m1</MediaId><Format>amr</Format><MsgId>12</MsgId>", "打字")]
    [InlineData("voice", "<MediaId>m1</MediaId><Format>amr</Format><Recognition>查快递。</Recognition><MsgId>13</MsgId>", "运单号")]
    [InlineData("video", "<MediaId>m1</MediaId><ThumbMediaId>t</ThumbMediaId><MsgId>14</MsgId>", "视频")]
    [InlineData("link", "<Title>t</Title><Url>http://x</Url><MsgId>15</MsgId>", "链接")]
    [InlineData("file", "<Title>t</Title><MsgId>16</MsgId>", "文件")]
    public async Task Other_media_are_answered_honestly(string type, string rest, string expected) =>
        (await _me.Tell(_me.Xml(type, rest))).ShouldContain(expected);

    [Fact]
    public async Task A_place_is_answered_with_the_nearest_outlets_and_lockers_once()
    {
        var picked = await _me.Tell(_me.EventXml("location_select", $"<EventKey>nearby</EventKey><SendLocationInfo>{NearbyInHangzhou}</SendLocationInfo>"));
        picked.ShouldContain("杭州近江营业点");
        picked.ShouldContain("望江家园南门快递柜");
        picked.ShouldContain("米");
        picked.ShouldContain("营业中");
        (await _me.Tell(_me.Xml("location", NearbyInHangzhou + "<MsgId>21</MsgId>"))).ShouldBeEmpty("the same place comes again as a message");

        var other = Pushes.ToOfficial(App);
        (await other.Tell(other.Xml("location", NearbyInHangzhou + "<MsgId>22</MsgId>"))).ShouldContain("杭州近江营业点");
        (await other.Tell(other.Xml("location", "<Location_X>43.8</Location_X><Location_Y>87.6</Location_Y><MsgId>23</MsgId>"))).ShouldContain("没有");
    }

    [Theory]
    [InlineData("bind_phone", "绑定手机")]
    [InlineData("guidance", "回复 1")]
    [InlineData("我要寄件", "上门")]
    [InlineData("4", "能寄充电宝吗")]
    [InlineData("my_parcels", "名下")]
    [InlineData("查快递", "运单号")]
    [InlineData("丢件怎么赔", "丢失")]
    [InlineData("能寄充电宝吗", "【充电宝】有条件可以寄")]
    [InlineData("网点 南山区", "深圳科技园营业点")]
    [InlineData("我要转人工", "客服")]
    [InlineData("没有人懂的话", "回复 1")]
    [InlineData("a key that nobody configured", "回复 1")]
    public async Task Menu_clicks_are_answered(string key, string expected)
    {
        var me = Pushes.ToOfficial(App);
        (await me.Tell(me.EventXml("CLICK", $"<EventKey>{key}</EventKey>"))).ShouldContain(expected);
    }

    [Fact]
    public async Task A_scan_without_a_number_is_told_so()
    {
        var me = Pushes.ToOfficial(App);
        (await me.Tell(me.EventXml("scancode_waitmsg", "<EventKey>scan</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>你好</ScanResult></ScanCodeInfo>"))).ShouldContain("条码");
    }

    [Fact]
    public async Task A_new_follower_is_welcomed_and_shown_what_to_do()
    {
        var me = Pushes.ToOfficial(App);
        var welcome = await me.Tell(me.EventXml("subscribe", "<EventKey></EventKey>"));
        welcome.ShouldContain("欢迎");
        welcome.ShouldContain("回复 1");
        var byCode = Pushes.ToOfficial(App);
        (await byCode.Tell(byCode.EventXml("subscribe", "<EventKey>qrscene_outlet_HZ001</EventKey><Ticket>t</Ticket>"))).ShouldContain("欢迎");
        (await App.Get<Kernel.Data.Db>().First<string>("select scene from wechat_scans where openid = @o and followed_by_it = 1", new { o = byCode.OpenId })).ShouldBe("outlet_HZ001");
    }

    [Fact]
    public async Task The_first_number_without_parcels_says_how_to_get_there() => (await Pushes.ToOfficial(App).Say("1")).ShouldContain("绑定手机");

    [Fact]
    public async Task Uses_of_keywords_are_counted_in_batches()
    {
        var me = Pushes.ToOfficial(App);
        for (var i = 0; i < 3; i++) await me.Say("违禁品");
        await App.Get<WechatGateway.Keywords.UsageCounts>().Flush(default);
        var row = (await App.Get<WechatGateway.Keywords.KeywordTable>().Rows(default)).Single(r => r.Word == "违禁品").Id;
        (await App.Get<Kernel.Data.Db>().First<long>("select sum(uses) from wechat_usage_days where subject = 'keyword' and item = @row", new { row })).ShouldBe(3);
        (await App.Get<Kernel.Data.Db>().First<long>("select count(*) from wechat_usage_days where subject = 'keyword' and item = @row", new { row })).ShouldBe(1);
    }

    [Fact]
    public async Task A_phone_is_bound_by_the_code_of_an_SMS()
    {
        await using var gateway = new StartedWithSms();
        await gateway.Start();
        var me = Pushes.ToOfficial(gateway.App);
        (await me.Say("绑定手机")).ShouldContain("例如");
        (await me.Say("绑定手机 12345")).ShouldContain("不对");
        (await me.Say("绑定手机号 １３８００００００１１")).ShouldContain("138****0011");
        var code = System.Text.RegularExpressions.Regex.Match(gateway.Sms.LastText, @"\d{6}").Value;
        (await me.Say(code == "000000" ? "111111" : "000000")).ShouldContain("不对");
        (await me.Say(code)).ShouldContain("成功");
        (await me.Say(code)).ShouldContain("已经用过或过期");
        (await me.Say("绑定手机 13800000011")).ShouldContain("频繁");
    }

    [Theory]
    [InlineData("{0}，谢谢")]
    [InlineData("我的验证码是{0}")]
    [InlineData("验证码：{0}")]
    [InlineData("验证码 {1} {2}")]
    public async Task The_code_of_an_SMS_is_read_as_people_send_it(string words)
    {
        await using var gateway = new StartedWithSms();
        await gateway.Start();
        var me = Pushes.ToOfficial(gateway.App);
        await me.Say("绑定手机 13800000012");
        var code = System.Text.RegularExpressions.Regex.Match(gateway.Sms.LastText, @"\d{6}").Value;
        (await me.Say(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, code, code[..3], code[3..]))).ShouldContain("成功");
    }

    private sealed class StartedWithSms : IAsyncDisposable
    {
        private readonly GatewayApp _gateway = new();

        public CourierApp App => _gateway.App;

        public HeldSms Sms => _gateway.Sms;

        public Task Start() => _gateway.InitializeAsync();

        public async ValueTask DisposeAsync() => await _gateway.DisposeAsync();
    }
}

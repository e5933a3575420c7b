using Courier.Testing;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>Prices in the chat: answered in one message, and one question where the words do not decide.</summary>
public sealed class AskingForAPrice(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    [Theory]
    [InlineData("运费 深圳 北京 3kg")]
    [InlineData("从深圳寄3公斤到北京多少钱")]
    [InlineData("运费 深圳 北京 ３ｋｇ")]
    public async Task Each_product_has_its_price_and_promise_and_the_link_fills_the_form(string words)
    {
        var answer = await new Sender(gateway.App).Say(words);
        answer.ShouldStartWith("广东省深圳市 → 北京市，3 公斤\n【");
        answer.ShouldMatch(@"【标准快递】\d+\.\d\d元，预计(今天|明天|\d+月\d+日) \d\d:\d\d前送到");
        answer.ShouldMatch(@"计费 3 公斤，首重运费 \d+\.\d\d元，续重运费 \d+\.\d\d元");
        answer.ShouldMatch(@"/app/#/pages/send/send\?product=\w+&weight=3000&fromPlace=[^&]+&toPlace=[^&]+$");
        Uri.UnescapeDataString(answer.Split('\n')[^1]).ShouldEndWith("&fromPlace=广东省/深圳市&toPlace=北京市/北京市");
    }

    [Fact]
    public async Task Who_asks_at_night_is_told_the_price_of_the_next_slot()
    {
        await using var app = await CourierApp.Start(new() { Demo = true });
        var me = new Sender(app);
        app.Clock.Advance(TimeSpan.FromHours(23) - app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).TimeOfDay); // eleven at night in China
        var answer = await me.Say("运费 深圳 北京 3kg");
        answer.ShouldMatch(@"的价格（明天 \d\d:\d\d-\d\d:\d\d上门）：");
        answer.ShouldNotContain("夜间取件费");
        app.Clock.Advance(TimeSpan.FromHours(10)); // nine in the morning
        var byDay = await me.Say("运费 深圳 北京 3kg");
        string Prices(string text) => string.Join(' ', text.Split('\n').Where(l => l.StartsWith('【')).Select(l => l.Split('，')[0]));
        Prices(answer).ShouldBe(Prices(byDay));
    }

    [Fact]
    public async Task A_member_is_told_the_price_of_members()
    {
        var (me, guest) = (new Sender(gateway.App), new Sender(gateway.App));
        await me.IsOfTier("gold");
        var (mine, theirs) = (await me.Say("运费 深圳 北京 3kg"), await guest.Say("运费 深圳 北京 3kg"));
        mine.ShouldContain("金卡会员");
        theirs.ShouldNotContain("会员");
        Standard(mine).ShouldBeLessThan(Standard(theirs));

        static decimal Standard(string text) => decimal.Parse(System.Text.RegularExpressions.Regex.Match(text, @"【标准快递】(\d+\.\d\d)元").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Without_an_origin_the_usual_address_counts()
    {
        var me = new Sender(gateway.App);
        await me.LivesInShenzhen();
        (await me.Say("寄到上海要多少钱 两斤")).ShouldStartWith("广东省深圳市南山区（您的默认寄件地址） → 上海市，1 公斤\n");
    }

    [Fact]
    public async Task Without_a_usual_address_it_asks_where_from_and_takes_a_bare_name()
    {
        var me = new Sender(gateway.App);
        (await me.Say("寄到上海要多少钱 两斤")).ShouldStartWith("从哪里寄出呢？");
        (await me.Say("深圳")).ShouldStartWith("广东省深圳市 → 上海市，1 公斤\n");
        (await me.Say("深圳")).ShouldNotContain("→", Case.Sensitive, "it was answered");
    }

    [Fact]
    public async Task A_name_of_several_places_is_asked_about_with_numbers()
    {
        var me = new Sender(gateway.App);
        var asked = await me.Say("运费 深圳 鼓楼区 2公斤");
        asked.ShouldStartWith("寄到哪里呢？请回复数字：\n1. ");
        var second = asked.Split('\n').Single(l => l.StartsWith("2. ", StringComparison.Ordinal))[3..];
        (await me.Say("2")).ShouldStartWith($"广东省深圳市 → {second}，2 公斤\n");
        (await me.Say("2")).ShouldContain("运单号", Case.Sensitive, "the number means what it always does");
    }

    [Fact]
    public async Task A_number_beyond_the_choices_answers_nothing()
    {
        var me = new Sender(gateway.App);
        await me.Say("运费 深圳 朝阳 2公斤");
        (await me.Say("9")).ShouldNotContain("→");
    }

    [Fact]
    public async Task Numbers_of_the_guidance_win_once_it_is_shown()
    {
        var me = new Sender(gateway.App);
        await me.Say("运费 深圳 鼓楼区 2公斤");
        await me.Say("帮助");
        (await me.Say("2")).ShouldContain("运单号");
    }

    [Fact]
    public async Task A_province_is_asked_for_its_city()
    {
        var me = new Sender(gateway.App);
        (await me.Say("运费 深圳 四川 1kg")).ShouldStartWith("四川省各地价格不同，寄到哪个城市呢？");
        (await me.Say("成都")).ShouldStartWith("广东省深圳市 → 四川省成都市，1 公斤\n");
    }

    [Fact]
    public async Task Without_a_weight_one_kilogram_is_assumed_and_said() =>
        (await new Sender(gateway.App).Say("深圳寄北京多少钱")).ShouldStartWith("广东省深圳市 → 北京市，1 公斤（没说重量，按 1 公斤算）\n");

    [Fact]
    public async Task What_is_large_is_charged_by_its_volume() =>
        (await new Sender(gateway.App).Say("深圳到北京 3kg 60x50x40 多少钱")).ShouldMatch(@"体积重 \d+");

    [Fact]
    public async Task What_no_product_carries_is_told_with_its_reasons() =>
        (await new Sender(gateway.App).Say("运费 深圳 北京 3吨")).ShouldContain("暂时寄不了");

    [Fact]
    public async Task A_question_waits_a_quarter_of_an_hour()
    {
        var me = new Sender(gateway.App);
        await me.Say("运费 深圳 鼓楼区 2公斤");
        gateway.App.Clock.Advance(TimeSpan.FromMinutes(16));
        (await me.Say("2")).ShouldContain("运单号");
        await gateway.App.RunJob("wechat.purge_open_questions");
        (await gateway.App.Get<Kernel.Data.Db>().First<long>("select count(*) from wechat_open_questions where openid = @o", new { o = me.Chat.OpenId })).ShouldBe(0);
    }
}

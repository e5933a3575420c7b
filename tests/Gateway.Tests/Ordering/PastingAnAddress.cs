using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses.Book;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>Addresses pasted into the chat, and what only looks like one.</summary>
public sealed class PastingAnAddress(SendingGateway gateway) : IClassFixture<SendingGateway>
{
    private const string Pasted = "张三丰，13912345678，浙江省杭州市西湖区文三路478号华星时代广场B座1203室";

    [Theory]
    [InlineData(Pasted)]
    [InlineData("收件人：张三丰\n手机号码：13912345678\n所在地区：浙江省杭州市西湖区\n详细地址：文三路478号华星时代广场B座1203室")]
    [InlineData("浙江杭州西湖区文三路478号华星时代广场B座1203室 张三丰 139 1234 5678")]
    [InlineData("张三丰，一三九一二三四五六七八，浙江省杭州市西湖区文三路478号华星时代广场B座1203室")]
    public async Task It_is_understood_and_shown_masked_with_the_link_that_fills_the_form(string text)
    {
        var answer = await new Sender(gateway.App).Say(text);
        answer.ShouldStartWith("我看到的收件信息：\n张三丰 139****5678\n浙江省杭州市西湖区 文三路478号华星时代广场B座1203室\n");
        answer.ShouldContain("还没有默认寄件地址");
        var link = answer.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal));
        link.ShouldContain("/app/#/pages/send/send?text=");
        Uri.UnescapeDataString(link).ShouldEndWith("?text=张三丰 13912345678 浙江省杭州市西湖区 文三路478号华星时代广场B座1203室");
        answer.ShouldContain("回复“存”");
    }

    [Fact]
    public async Task The_price_from_the_usual_address_is_told()
    {
        var me = new Sender(gateway.App);
        await me.LivesInShenzhen();
        (await me.Say(Pasted)).ShouldMatch(@"从广东省深圳市南山区寄 1 公斤：[^\n]*标准快递 \d+\.\d\d元，预计");
    }

    [Fact]
    public async Task It_is_kept_in_the_book_once_however_often_it_is_said()
    {
        var me = new Sender(gateway.App);
        await me.Say(Pasted);
        (await me.Say("存")).ShouldStartWith("存好了：张三丰 139****5678（杭州市西湖区）。");
        (await me.Say("存")).ShouldStartWith("地址簿里已经有了：");
        var kept = (await me.Book()).Addresses.ShouldHaveSingleItem();
        kept.Contact.Address.OneLine.ShouldBe("浙江省杭州市西湖区文三路478号华星时代广场B座1203室");
        kept.DefaultSend.ShouldBeFalse();
        (await me.Say("设为寄件地址")).ShouldContain("已设为默认寄件地址");
        (await me.Book()).Addresses.ShouldHaveSingleItem().DefaultSend.ShouldBeTrue();
    }

    [Fact]
    public async Task A_full_book_says_what_helps()
    {
        var me = new Sender(gateway.App);
        var (customer, now) = (await me.Customer(), gateway.App.Clock.GetUtcNow());
        await gateway.App.Get<Db>().InTransaction(tx => tx.InsertRows("addresses_entries", ["id", "customer_id", "same_key", "content_cipher", "created_at", "updated_at"],
            Enumerable.Range(0, AddressBook.Most).Select(i => new object?[] { Ids.New(gateway.App.Clock), customer, $"{i:d64}", "", now, now })));
        await me.Say(Pasted);
        (await me.Say("存")).ShouldBe("地址簿最多存 500 个地址，请先删除不用的。需要帮忙请回复“人工”。");
    }

    [Fact]
    public async Task To_keep_means_nothing_without_an_address() => (await new Sender(gateway.App).Say("存")).ShouldContain("回复 1");

    [Fact]
    public async Task A_place_that_is_not_clear_is_asked_about_with_numbers()
    {
        var me = new Sender(gateway.App);
        var asked = await me.Say("李四 13912345678 鼓楼区中山北路1号2栋301");
        asked.ShouldStartWith("李四 139****5678\n地址里的地名不止一处，是哪一个呢？请回复数字：\n1. ");
        var first = asked.Split('\n').Single(l => l.StartsWith("1. ", StringComparison.Ordinal))[3..];
        var answer = await me.Say("1");
        answer.ShouldStartWith($"我看到的收件信息：\n李四 139****5678\n{first} ");
        (await me.Say("存")).ShouldStartWith("存好了：李四");
    }

    [Fact]
    public async Task A_masked_number_is_refused_with_the_reason()
    {
        var answer = await new Sender(gateway.App).Say("王五 138****1234 广东省深圳市南山区科苑路8号讯美科技广场3栋");
        answer.ShouldStartWith("这个地址还不能用：");
        answer.ShouldNotContain("/app/");
    }

    [Fact]
    public async Task Several_at_once_are_counted()
    {
        var answer = await new Sender(gateway.App).Say("""
            张三 13911110001 广东省深圳市南山区科苑路8号1栋
            李四 13911110002 北京市朝阳区建国路88号2号楼
            王五 13911110003 上海市浦东新区世纪大道100号
            """);
        answer.ShouldStartWith("看到 3 位收件人，其中 3 位信息齐全。");
        answer.ShouldContain("/app/#/pages/send/send");
    }

    [Fact]
    public async Task A_long_one_still_fits_into_a_reply()
    {
        var me = new Sender(gateway.App);
        await me.LivesInShenzhen();
        (await me.Say($"张三 13911110001 广东省深圳市南山区科苑路{new string('西', 250)}8号")).ShouldContain("/app/#/pages/send/send?text=");
    }

    [Theory]
    [InlineData("我的手机号13912345678，深圳南山区的快递怎么还没到")]
    [InlineData("帮我查一下13912345678在浙江省杭州市西湖区的快递")]
    [InlineData("改地址 张三 13912345678 浙江省杭州市西湖区文三路478号")]
    [InlineData("【菜鸟驿站】您的圆通快递已到浙江省杭州市西湖区文三路店，凭取件码8-2-3012领取，电话13912345678")]
    [InlineData("CY1234567890128 张三 13912345678 浙江省杭州市西湖区文三路478号")]
    [InlineData("浙江省杭州市西湖区文三路478号有网点吗 13912345678")]
    [InlineData("你们西湖区的快递员13912345678态度很差我要投诉")]
    public async Task These_are_none(string text) => (await new Sender(gateway.App).Say(text)).ShouldNotContain("收件信息");

    [Fact]
    public async Task What_is_open_is_kept_encrypted_and_goes_with_its_person()
    {
        var me = new Sender(gateway.App);
        await me.Say(Pasted);
        var kept = await gateway.App.Get<Db>().First<string>("select content_cipher from wechat_open_questions where openid = @o and topic = 'address'", new { o = me.Chat.OpenId });
        kept.ShouldNotBeNull().ShouldNotContain("13912345678");
    }
}

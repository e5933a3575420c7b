namespace Courier.Gateway.Tests.Replying;

/// <summary>Outlets by area and name, and who serves a street or village, as people ask for it.</summary>
public sealed class AskingForOutlets(DemoGateway demo) : IClassFixture<DemoGateway>
{
    private readonly Pushes _me = Pushes.ToOfficial(demo.App);

    [Theory]
    [InlineData("网点 南山区", "广东省深圳市南山区的网点：", "深圳科技园营业点")]
    [InlineData("南山有网点吗", "广东省深圳市南山区的网点：", "深圳西丽营业点")]
    [InlineData("粤海街道有网点吗", "深圳市南山区粤海街道的网点：", "0755-00001004")]
    [InlineData("深圳市福田区附近的营业厅在哪", "深圳车公庙营业点", "可办理：寄件、上门取件")]
    [InlineData("车公庙网点电话多少", "深圳车公庙营业点", "营业时间 08:30-20:30")]
    [InlineData("网点 440305", "广东省深圳市南山区的网点：", "深圳西丽营业点")]
    [InlineData("440305有网点吗", "广东省深圳市南山区的网点：", "深圳西丽营业点")]
    [InlineData("440300 的快递网点", "广东省深圳市的网点：", "【网点】")]
    [InlineData("上海网点", "上海市的网点：", "共 10 家")]
    [InlineData("广州网点", "广东省广州市目前没有我们的网点", "广东省的网点：")]
    [InlineData("西湖区的驿站", "浙江省杭州市西湖区的网点：", "【网点】")]
    [InlineData("杭州西湖区有没有快递点", "浙江省杭州市西湖区的网点：", "【网点】")]
    [InlineData("南山区快递柜", "广东省深圳市南山区的快递柜：", "【快递柜】")]
    [InlineData("快递柜 南山区", "广东省深圳市南山区的快递柜：", "【快递柜】")]
    [InlineData("深圳哪里有快递柜", "广东省深圳市的快递柜：", "还有更多")]
    [InlineData("广州有快递柜吗", "广东省广州市目前没有我们的快递柜", "位置")]
    [InlineData("哪个网点能寄大件", "您问的是哪里的网点", "例如：网点")]
    public async Task The_outlets_of_a_place_or_name_come_with_hours_telephone_and_services(string text, string first, string second)
    {
        var answer = await _me.Say(text);
        answer.ShouldContain(first);
        answer.ShouldContain(second);
        System.Text.Encoding.UTF8.GetByteCount(answer).ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public async Task Outlets_of_the_province_are_not_called_the_nearest() => (await _me.Say("广州网点")).ShouldNotContain("最近的是");

    [Theory]
    [InlineData("深圳快递柜怎么收费")]
    [InlineData("杭州驿站没通知我")]
    public async Task What_else_is_said_of_lockers_and_stations_is_no_question_where_they_are(string text) => (await _me.Say(text)).ShouldNotMatch("的(?:快递柜|网点)：");

    [Fact]
    public async Task A_name_that_several_cities_have_is_asked_back_with_all_of_them()
    {
        var answer = await _me.Say("鼓楼区网点");
        foreach (var city in new[] { "江苏省南京市", "江苏省徐州市", "福建省福州市", "河南省开封市" }) answer.ShouldContain(city + "鼓楼区");
        (await _me.Say("网点 福建省福州市鼓楼区")).ShouldBe("福建省福州市鼓楼区目前不在我们的服务范围内，附近也没有我们的网点。需要帮忙请回复“人工”。");
    }

    [Theory]
    [InlineData("粤海街道能派送吗", "在服务范围内", "深圳科技园营业点")]
    [InlineData("440305006能派送吗", "在服务范围内", "深圳")]
    [InlineData("440305快递能送到吗", "在服务范围内", "深圳")]
    [InlineData("990305能派送吗", "没有找到行政区划代码 990305", "地名")]
    [InlineData("麻磡村能派送吗", "西丽街道麻磡村在服务范围内", "深圳西丽营业点")]
    [InlineData("南山区白芒村能送吗", "暂时不能派送到门", "深圳西丽营业点")]
    [InlineData("深圳市南山区西丽街道不知名村能派送吗", "没有单独登记", "深圳西丽营业点")]
    [InlineData("余杭区鸬鸟镇可以派送吗", "不在我们的服务范围内", "杭州市余杭区的网点")]
    [InlineData("不知名村能派送吗", "请加上“不知名村”所在的区县", "例如")]
    [InlineData("麻磡能送吗", "西丽街道麻磡村在服务范围内", "深圳西丽营业点")]
    [InlineData("我们村能送到吗", "请把村（社区）的名称", "西丽街道麻磡村能派送吗")]
    public async Task Whether_a_street_or_village_is_served_is_told_with_the_nearest_outlet(string text, string first, string second)
    {
        var answer = await _me.Say(text);
        answer.ShouldContain(first);
        answer.ShouldContain(second);
    }

    [Theory]
    [InlineData("附近网点", "位置")]
    [InlineData("今天能送到吗", "运单号")]
    public async Task Without_a_place_other_rules_answer(string text, string expected) => (await _me.Say(text)).ShouldContain(expected);
}

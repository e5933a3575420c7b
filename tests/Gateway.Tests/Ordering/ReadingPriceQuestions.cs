using Courier.Services.Addresses;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.Gateway.Tests.Ordering;

/// <summary>What is a question for a price, and what it asks.</summary>
public sealed class ReadingPriceQuestions
{
    private static readonly Divisions Places = new();

    [Theory]
    [InlineData("运费 深圳 北京 3kg", "深圳市", "北京市", 3000)]
    [InlineData("运费 深圳北京 3公斤", "深圳市", "北京市", 3000)]
    [InlineData("运费 深圳到北京 3千克", "深圳市", "北京市", 3000)]
    [InlineData("从深圳寄3公斤到北京多少钱", "深圳市", "北京市", 3000)]
    [InlineData("从深圳寄到北京三公斤多少钱？", "深圳市", "北京市", 3000)]
    [InlineData("深圳寄北京多少钱", "深圳市", "北京市", null)]
    [InlineData("深圳发往北京 1.5kg 运费", "深圳市", "北京市", 1500)]
    [InlineData("寄到北京要多少钱从深圳", "深圳市", "北京市", null)]
    [InlineData("请问从广东深圳寄到北京朝阳多少钱", "深圳市", "朝阳区", null)]
    [InlineData("寄到上海要多少钱 两斤", null, "上海市", 1000)]
    [InlineData("寄上海多少钱", null, "上海市", null)]
    [InlineData("寄个快递到上海大概要多少钱", null, "上海市", null)]
    [InlineData("寄一件两斤半的包裹到杭州要多少钱", null, "杭州市", 1250)]
    [InlineData("十五斤到成都运费多少", null, "成都市", 7500)]
    [InlineData("半斤到成都运费多少", null, "成都市", 250)]
    [InlineData("到广州的快递费", null, "广州市", null)]
    [InlineData("运费 上海 500g", null, "上海市", 500)]
    [InlineData("运费 广东 北京 3kg", "广东省", "北京市", 3000)]
    [InlineData("运费 深圳 北京 0.5", "深圳市", "北京市", 500)]
    [InlineData("运费 深圳 北京 12", "深圳市", "北京市", 12000)]
    [InlineData("运费 广东 深圳 北京 3kg", "深圳市", "北京市", 3000)]
    [InlineData("运费 重庆 高邮 1公斤", "重庆市", "高邮市", 1000)]
    [InlineData("从深圳南山粤海街道寄到北京多少钱", "南山区", "北京市", null)]
    public void These_are(string words, string? from, string? to, int? grams)
    {
        var question = PriceQuestion.Read(words, Places).ShouldNotBeNull();
        question.From.Select(p => p.Name).ShouldBe(from is null ? [] : [from]);
        question.To.Select(p => p.Name).ShouldBe(to is null ? [] : [to]);
        question.Grams.ShouldBe(grams);
    }

    [Theory]
    [InlineData("运费")]
    [InlineData("查运费")]
    [InlineData("运费查询")]
    [InlineData("运费多少")]
    [InlineData("帮我算一下运费")]
    public void These_name_no_place(string words)
    {
        var question = PriceQuestion.Read(words, Places).ShouldNotBeNull();
        question.From.Count.ShouldBe(0);
        question.To.Count.ShouldBe(0);
    }

    [Fact]
    public void The_size_is_read_in_any_unit()
    {
        PriceQuestion.Read("深圳到北京 3kg 30x20x10 多少钱", Places)!.Size.ShouldBe((300, 200, 100));
        PriceQuestion.Read("深圳到北京 3kg 300*200*100mm 多少钱", Places)!.Size.ShouldBe((300, 200, 100));
        PriceQuestion.Read("深圳到北京 3kg 30cm×20cm×10cm 多少钱", Places)!.Size.ShouldBe((300, 200, 100));
    }

    [Theory]
    [InlineData("鼓楼区")]
    [InlineData("朝阳")]
    public void A_name_of_several_places_stays_open(string place) => PriceQuestion.Read($"寄到{place}多少钱", Places)!.To.Count.ShouldBeGreaterThan(1);

    [Theory]
    [InlineData("运费 火星 北京 3kg", "火星")]
    [InlineData("运费 北京 火星 3kg", "火星")]
    [InlineData("从火星寄到北京多少钱", "火星")]
    [InlineData("北京寄到火星多少钱", "火星")]
    public void A_word_in_the_place_of_a_place_is_said_to_be_unknown(string words, string unknown) => PriceQuestion.Read(words, Places)!.Unknown.ShouldBe(unknown);

    [Fact]
    public void Two_names_of_several_places_each_are_two_places_and_stay_open()
    {
        var question = PriceQuestion.Read("运费 南山 朝阳 5斤", Places).ShouldNotBeNull();
        question.From.Select(p => p.FullName).ShouldContain("广东省深圳市南山区");
        string[] meant = ["北京市朝阳区", "辽宁省朝阳市", "吉林省长春市朝阳区"];
        foreach (var place in meant) question.To.Select(p => p.FullName).ShouldContain(place);
    }

    [Theory]
    [InlineData("运费收多了怎么办")]
    [InlineData("丢件赔多少钱")]
    [InlineData("保价多少钱")]
    [InlineData("快递柜超时要多少钱")]
    [InlineData("北京的快递柜怎么收费")]
    [InlineData("深圳到北京要几天")]
    [InlineData("深圳到北京的快递到哪了")]
    [InlineData("代收货款手续费多少钱")]
    [InlineData("退运费到哪里")]
    [InlineData("我在上海买的衣服多少钱你们赔")]
    [InlineData("你们电话多少")]
    [InlineData("880012345678到深圳多少钱")]
    [InlineData("这个价格太贵了")]
    [InlineData("发票多少钱起开")]
    public void These_are_not(string words) => PriceQuestion.Read(words, Places).ShouldBeNull();
}

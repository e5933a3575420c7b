using System.Text;
using Courier.Services.Rates;

namespace Courier.Services.Tests.Rates;

public sealed class ReadingCards
{
    [Fact]
    public void The_card_of_the_seed_is_without_fault()
    {
        Cards.Reading().Faults.ShouldBeEmpty();
        Cards.Seed.Products.Select(p => p.Code).ShouldBe(["standard", "express", "economy", "heavy"]);
        Cards.Seed.Zones.Names.ShouldBe(["同城", "省内", "港澳台", "偏远", "区内", "一类", "二类", "三类", "四类"]);
    }

    [Theory]
    [InlineData("prices", "standard,省内,1000,13,", "standard,省内,1000,十三,", "rates_prices.csv", 3, "first_yuan", "D3", "应为金额（元），0至1000000，最多两位小数")]
    [InlineData("prices", "standard,省内,1000,13,", "standard,省内,1000,1.234,", "rates_prices.csv", 3, "first_yuan", "D3", "应为金额（元），0至1000000，最多两位小数")]
    [InlineData("prices", "standard,省内,1000,13,", "standard,省内,1000,-1,", "rates_prices.csv", 3, "first_yuan", "D3", "应为金额（元），0至1000000，最多两位小数")]
    [InlineData("prices", "standard,省内,1000,13,", "standard,省外,1000,13,", "rates_prices.csv", 3, "zone", "B3", "zones 文件里没有这个区域")]
    [InlineData("prices", "standard,省内,1000,13,", "fast,省内,1000,13,", "rates_prices.csv", 3, "product", "A3", "products 文件里没有这个产品")]
    [InlineData("prices", "standard,省内,1000,13,", "standard,同城,1000,13,", "rates_prices.csv", 3, "zone", "B3", "同一产品和区域的价格重复")]
    [InlineData("prices", "standard,省内,1000,13,", "standard,省内,0,13,", "rates_prices.csv", 3, "first_grams", "C3", "应为整数，1至5000000")]
    [InlineData("prices", "12000,fine", "12000,coarse", "rates_prices.csv", 2, "rounding", "I2", "roundings 文件里没有这条进位规则")]
    [InlineData("prices", "standard,省内,1000,13,500,1,,12000,fine", "standard,省内,1000,13", "rates_prices.csv", 3, "", "", "这一行有4格，列名有9个")]
    [InlineData("prices", "product,zone", "product,area", "rates_prices.csv", 1, "area", "B1", "没有 area 这个列，或列名重复")]
    [InlineData("zones", "*,同省,省内", "同省,*,省内", "rates_zones.csv", 3, "from", "A3", "“同市”“同省”只能写在 to 列")]
    [InlineData("zones", "京津冀,京津冀", "京津沪,京津冀", "rates_zones.csv", 9, "from", "A9", "既不是 regions 文件里的地区，也不是省份全称或“省/市”")]
    [InlineData("zones", "*,*,四类", "华东,华东,四类", "rates_zones.csv", 0, "", "", "没有一行适用于 辽宁省→广东省")]
    [InlineData("zones", "川渝,川渝", "交通不便地区,川渝", "rates_zones.csv", 10, "from", "A10", "区域划分只到地市，不能用含区县的地区")]
    [InlineData("regions", "舟山市,嵊泗县", "舟山市,嵊泗区", "rates_regions.csv", 51, "province", "B51", "没有这个省、市或区县，请写全称")]
    [InlineData("regions", "江浙沪皖,上海市", "江浙沪皖,上海", "rates_regions.csv", 2, "province", "B2", "没有这个省、市或区县，请写全称")]
    [InlineData("roundings", "fine,10000,100", "fine,10050,100", "rates_roundings.csv", 2, "up_to_grams", "B2", "up_to_grams 应为 step_grams 的整数倍，否则重一点反而便宜")]
    [InlineData("roundings", "fine,100000,500", "fine,9000,500", "rates_roundings.csv", 3, "up_to_grams", "B3", "同一规则的 up_to_grams 要从小到大，最后一行留空")]
    [InlineData("times", "standard,省内,1,20:00", "standard,省内,1,8点", "rates_times.csv", 3, "by", "D3", "应为时刻，如 18:00")]
    [InlineData("times", "standard,省内,1,20:00\n", "", "rates_prices.csv", 3, "zone", "B3", "这个产品和区域在 times 文件里没有时效")]
    [InlineData("products", "standard,标准快递", "normal,标准快递", "rates_products.csv", 0, "", "", "必须有代码为 standard 的产品")]
    [InlineData("products", "express,特快专递", "standard,特快专递", "rates_products.csv", 3, "code", "A3", "产品代码重复")]
    [InlineData("products", "battery|liquid|", "battery|juice|", "rates_products.csv", 3, "excluded_goods", "K3", "应为其中若干个，用 | 隔开：document、clothing")]
    [InlineData("products", "标准快递,", "=1+1,", "rates_products.csv", 2, "name", "B2", "不能以 =、+、@ 开头：看起来是公式，请粘贴为数值")]
    [InlineData("products", "上海市/上海市", "上海市/上海县", "rates_products.csv", 2, "example_to", "Q2", "应为“省/市”，且有这个地方")]
    [InlineData("products", "广东省/深圳市,3000", "香港特别行政区/香港特别行政区,3000", "rates_products.csv", 4, "example_to", "Q4", "价格示例按这份价目表算不出来：此产品不寄这条线路或这个重量")]
    [InlineData("surcharges", "2027-02-14,5,", "2027-01-14,5,", "rates_surcharges.csv", 7, "until", "G7", "结束早于开始")]
    [InlineData("surcharges", "2027-02-14,5,", "2027-02-14,5,5", "rates_surcharges.csv", 7, "yuan", "H7", "yuan 和 percent 恰好填一个")]
    [InlineData("surcharges", "2027-01-30", "2027-02-30", "rates_surcharges.csv", 7, "from", "F7", "应为日期，如 2027-01-20")]
    [InlineData("surcharges", "night,夜间取件费,heavy", "dawn,夜间取件费,heavy", "rates_surcharges.csv", 9, "kind", "A9", "应为其中之一：remote、overlong、overweight、peak、night")]
    [InlineData("insurance", ",1000,2,,", ",400,2,,", "rates_insurance.csv", 3, "up_to_yuan", "B3", "同一产品的 up_to_yuan 要从小到大")]
    [InlineData("insurance", "heavy,20000,", "heavy,10000,", "rates_insurance.csv", 0, "", "", "产品 heavy 最高可保20000.00元，保价分档没有到这么高")]
    [InlineData("pickup", ",locker,1,", ",door,1,", "rates_pickup.csv", 3, "pickup", "B3", "上门取件没有自寄优惠，应为 locker 或 outlet")]
    [InlineData("tiers", "gold,", "silver,", "rates_tiers.csv", 3, "tier", "A3", "代码重复")]
    [InlineData("tiers", "金卡会员,5", "金卡会员,500", "rates_tiers.csv", 3, "percent", "C3", "应为百分数，0至100，最多两位小数，不写%")]
    [InlineData("cod", "3,300", "3,\"300", "rates_cod.csv", 2, "", "", "引号没有成对，从这一行起无法读取")]
    public void A_fault_names_file_row_and_cell(string file, string from, string to, string named, int row, string column, string cell, string message)
    {
        var reading = Cards.Reading((file, from, to));
        reading.Card.ShouldBeNull();
        var fault = reading.Faults.First(f => f.File == named && f.Row == row && f.Column == column);
        fault.Cell.ShouldBe(cell);
        fault.Message.ShouldStartWith(message);
    }

    [Fact]
    public void All_faults_are_found_at_once_and_a_missing_file_is_one()
    {
        var files = Cards.Files(("prices", "standard,省内,1000,13,", "standard,省内,1000,x,"), ("tiers", "银卡会员,3", "银卡会员,"));
        files.Remove("cod");
        CardReader.Read("", files, Cards.China).Faults.Select(f => (f.File, f.Cell)).ShouldBe([("rates_cod.csv", ""), ("rates_prices.csv", "D3"), ("rates_tiers.csv", "C2")], ignoreOrder: true);
    }

    [Fact]
    public void Ten_thousand_faults_are_a_list_that_people_can_read()
    {
        var files = Cards.Files();
        files["tiers"] = "tier,name,percent\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"t{i},会员,x\n"));
        CardReader.Read("", files, Cards.China).Faults.Count.ShouldBe(CardReader.MostFaults);
        files["tiers"] = "tier,name,percent\n" + string.Concat(Enumerable.Range(0, 20_001).Select(_ => "a,b,1\n"));
        CardReader.Read("", files, Cards.China).Faults.ShouldHaveSingleItem().Message.ShouldBe("超过20000行");
        files["tiers"] = new string('a', 1024 * 1024 + 1);
        CardReader.Read("", files, Cards.China).Faults.ShouldHaveSingleItem().Message.ShouldBe("文件超过1MB");
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_spreadsheets_leave_empty_rows()
    {
        var files = Cards.Files();
        files["tiers"] = "name,percent,tier\r\n银卡会员,３,silver\r\n,,\r\n\r\n金卡会员,5.25,gold\r\n";
        var card = CardReader.Read("", files, Cards.China).Card.ShouldNotBeNull();
        (card.Tier("silver")!.Share, card.Tier("gold")!.Share).ShouldBe((300, 525));
    }

    [Fact]
    public void A_zone_can_tell_a_city_from_its_province()
    {
        var card = Cards.Read(("zones", "*,同省,省内\n", "广东省/深圳市,广东省/广州市,区内\n*,同省,省内\n"));
        Cards.Option(Cards.Request("广东省/深圳市", "广东省/广州市"), card: card).Lines[0].Fen.ShouldBe(1400);
        Cards.Option(Cards.Request("广东省/广州市", "广东省/深圳市"), card: card).Lines[0].Fen.ShouldBe(1300);
        Cards.Option(Cards.Request("广东省/深圳市", "广东省/佛山市"), card: card).Lines[0].Fen.ShouldBe(1300);
    }

    [Fact]
    public void Files_in_GBK_and_UTF8_read_alike_and_others_are_no_text()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        new UploadedFile("x", gbk.GetBytes("银卡会员")).Text().ShouldBe("银卡会员");
        new UploadedFile("x", Encoding.UTF8.GetBytes("\uFEFF银卡会员")).Text().ShouldBe("银卡会员");
        new UploadedFile("x", new byte[] { 0x50, 0x4B, 0x03, 0x04, 0x00 }).Text().ShouldBeNull();
        new UploadedFile("x", new byte[] { 0xFF, 0xFF, 0xFF }).Text().ShouldBeNull();
    }

    [Theory]
    [InlineData("rates_prices.csv", "prices")]
    [InlineData("C:\\价格\\Prices.CSV", "prices")]
    [InlineData("new/tiers", "tiers")]
    [InlineData("prices.xlsx", null)]
    [InlineData("", null)]
    public void A_file_is_known_by_its_name(string uploaded, string? file) => CardLayout.Known(uploaded).ShouldBe(file);

    [Fact]
    public void What_differs_is_told_row_by_row()
    {
        var changes = CardDifference.Of(Cards.Files(), Cards.Files(
            ("prices", "standard,省内,1000,13,", "standard,省内,1000,14,"), ("tiers", "diamond,钻石会员,8\n", "platinum,白金会员,10\n")));
        changes.Select(c => (c.File, c.Row, c.Kind)).ShouldBe(
        [
            ("rates_prices.csv", "standard 省内", CardChangeKind.Changed), ("rates_tiers.csv", "platinum", CardChangeKind.Added), ("rates_tiers.csv", "diamond", CardChangeKind.Removed),
        ]);
        changes[0].Cells.ShouldBe([new ChangedCell("first_yuan", "13", "14")]);
    }

    [Theory]
    [InlineData("浙江", "杭州", "西湖", "浙江省/杭州市/西湖区", null)]
    [InlineData("上海市", "上海市", "浦东新区", "上海市/上海市/浦东新区", null)]
    [InlineData("上海市", "市辖区", "浦东新区", "上海市/上海市/浦东新区", null)]
    [InlineData("上海市", "", "", "上海市/上海市/", null)]
    [InlineData("", "深圳市", "", "广东省/深圳市/", null)]
    [InlineData("湖北省", "仙桃市", "", "湖北省/仙桃市/仙桃市", null)]
    [InlineData("广东省", "东莞市", "", "广东省/东莞市/", null)]
    [InlineData("香港特别行政区", "香港特别行政区", "油尖旺区", "香港特别行政区/香港特别行政区/油尖旺区", null)]
    [InlineData("浙江省", "义乌市", "", "浙江省/金华市/义乌市", null)]
    [InlineData("广东省", "深圳市", "没有的区", "广东省/深圳市/", null)]
    [InlineData("广东省", "深圳市", "西湖区", null, "district")]
    [InlineData("上海市", "杭州市", "", null, "city")]
    [InlineData("上海市", "杭州市", "浦东新区", null, "city")]
    [InlineData("广东省", "不存在市", "", null, "city")]
    [InlineData("不存在省", "", "", null, "province")]
    [InlineData("不存在省", "深圳市", "", null, "province")]
    [InlineData("", "", "", null, "province")]
    public void A_place_is_found_by_full_and_short_names_and_contradictions_are_not(string province, string city, string district, string? place, string? wrong)
    {
        var found = QuotePlaces.Locate(Cards.China, province, city, district, out var field);
        (found is null ? null : $"{found.Province}/{found.City}/{found.District}").ShouldBe(place);
        field.ShouldBe(wrong);
    }
}

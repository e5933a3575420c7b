using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

public sealed class ParsingPastedAddresses
{
    [Fact]
    public void Our_cases_are_read_rightly()
    {
        var rows = Cases.Of("cases.jsonl");
        var wrong = rows.Select(r => (Raw: r.GetProperty("raw").GetString()!, Wrong: Cases.Wrong(r))).Where(r => r.Wrong.Count > 0);
        rows.Count.ShouldBeGreaterThanOrEqualTo(880);
        string.Join('\n', wrong.Select(w => $"{w.Raw} → {string.Join("; ", w.Wrong)}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(20261122)]
    [InlineData(4711)]
    public void Whatever_is_put_together_for_any_district_comes_back(int seed)
    {
        var generator = new AddressGenerator(seed);
        var wrong = new List<string>();
        for (var round = 0; round < 10_000; round++)
        {
            var address = generator.Next();
            if (address.Wrong(Cases.Parser.Parse(address.Text)) is { } difference) wrong.Add(difference);
        }
        wrong.Count.ShouldBeLessThanOrEqualTo(10, string.Join('\n', wrong)); // one in a thousand; a glued name may be read as the beginning of a place
    }

    [Theory]
    [InlineData("鼓楼区中山路1号", 4)]
    [InlineData("江苏鼓楼区中山路1号", 2)]
    [InlineData("铁西区建设大路3号", 3)]
    [InlineData("吉林", 2)]
    [InlineData("长安区航天大道1号 张三 13812345678", 2)]
    public void Where_the_text_does_not_decide_it_asks(string text, int ways)
    {
        var parsed = Cases.Parser.Parse(text);
        parsed.Candidates.Count.ShouldBe(ways, string.Join(' ', parsed.Candidates));
        parsed.IsComplete.ShouldBeFalse();
        parsed.Confidence.ShouldBeLessThan(ParsedAddress.Sure);
        parsed.Missing.ShouldContain("city");
    }

    [Fact]
    public void A_masked_number_is_refused_with_its_reason()
    {
        var parsed = Cases.Parser.Parse("张三 138****1234 广东省深圳市南山区科技园1号");
        parsed.Phone.ShouldNotBeNull().Kind.ShouldBe(PhoneKind.Masked);
        parsed.Refusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Code.ShouldBe("phone.masked"), r => r.Reason.ShouldContain("完整号码"));
        parsed.ToContact().ShouldBeNull();
    }

    [Fact]
    public void An_old_name_is_replaced_and_told()
    {
        var parsed = Cases.Parser.Parse("浙江省杭州市下城区武林路1号 张三 13812345678");
        parsed.District.ShouldBe("拱墅区");
        parsed.Notices.ShouldHaveSingleItem().ShouldContain("下城区");
    }

    [Fact]
    public void A_place_that_is_written_with_another_character_is_put_right_and_told()
    {
        var parsed = Cases.Parser.Parse("浙江省杭洲市滨江区江南大道588号 叶清 13800001039");
        (parsed.City, parsed.District).ShouldBe(("杭州市", "滨江区"));
        parsed.Notices.ShouldHaveSingleItem().ShouldContain("“杭洲市”");
    }

    [Theory]
    [InlineData("寄件人王五13900001060收件人赵六13800001060安徽省芜湖市镜湖区北京中路7号")]
    [InlineData("收件人赵六13800001060安徽省芜湖市镜湖区北京中路7号 寄件人王五13900001060")]
    [InlineData("寄件人：王五\n电话：13900001060\n地址：北京市朝阳区三里屯路19号\n收件人：赵六\n电话：13800001060\n地址：安徽省芜湖市镜湖区北京中路7号")]
    [InlineData("收件人：赵六\n电话：13800001060\n地址：安徽省芜湖市镜湖区北京中路7号\n寄件人：王五\n电话：13900001060\n地址：北京市朝阳区三里屯路19号")]
    [InlineData("收货人：赵六\n电话：13800001060\n地址：安徽省芜湖市镜湖区北京中路7号\n发货人：王五\n电话：63330000\n地址：北京市朝阳区三里屯路19号\n寄件人签名")]
    [InlineData("寄件人：王五13900001060\n收货人：赵六13800001060\n收件人地址：安徽省芜湖市镜湖区北京中路7号")]
    public void Where_a_text_names_the_sender_too_the_recipient_is_read(string text)
    {
        var parsed = Cases.Parser.Parse(text);
        (parsed.Name, parsed.Phone?.Text, parsed.District, parsed.Detail).ShouldBe(("赵六", "13800001060", "镜湖区", "北京中路7号"));
    }

    [Theory]
    [InlineData("小雨 2026-11-20 14:22\n香港九龙尖沙咀海港城2301-2308 陈生 91234567", "+85291234567")]
    [InlineData("2026-11-20 14:22 香港九龙尖沙咀海港城2301-2308 陈生 9123 4567", "+85291234567")]
    [InlineData("订单号：91234567\n李生 香港新界沙田源禾路1号A座12楼", null)]
    [InlineData("订单号：91234567\n李生 61234567 香港新界沙田源禾路1号A座12楼", "+85261234567")]
    [InlineData("香港新界沙田源禾路1号 李生 电话6123-4567 23456789", "+85261234567")]
    [InlineData("香港新界沙田源禾路1号23456789座 李生", null)]
    [InlineData("台湾台中市西屯区市政路500号 陈怡君 0933123456", "+886933123456")]
    [InlineData("台湾台中市西屯区市政路500号 陈怡君 0933 123 456", "+886933123456")]
    [InlineData("台湾台中市西屯区市政路500号 陈怡君 订单号0933123456", null)]
    public void A_number_without_the_country_is_read_where_the_place_lies_over_there(string text, string? phone) =>
        (Cases.Parser.Parse(text).Phone?.Text).ShouldBe(phone);

    [Theory]
    [InlineData("陕西省西咸新区沣东新城沣东大道1号 赵敏 13800001001", true)]
    [InlineData("陕西省西安市西咸新区沣东新城沣东大道1号 赵敏 13800001001", false)]
    [InlineData("四川天府新区双流区华阳街道正兴路1号 罗丹 13800001004", false)]
    public void A_city_that_only_a_zone_tells_is_doubtful(string text, bool doubtful) => Cases.Parser.Parse(text).Doubtful.Contains("city").ShouldBe(doubtful);

    [Fact]
    public void A_street_stays_where_its_district_stands_behind_it_in_brackets()
    {
        var parsed = Cases.Parser.Parse("浙江省杭州市西湖区文新街道(西湖区)文三路1号 叶清 13800001039");
        (parsed.District, parsed.Street).ShouldBe(("西湖区", "文新街道"));
    }

    [Fact]
    public void Everything_that_an_order_needs_becomes_a_contact()
    {
        var contact = Cases.Parser.Parse("张三 18412345678-0021 广东省深圳市南山区粤海街道科苑路8号").ToContact().ShouldNotBeNull();
        (contact.Name, contact.Phone.Text, contact.Extension).ShouldBe(("张三", "18412345678", "0021"));
        contact.Address.ShouldBe(new("广东省", "深圳市", "南山区", "粤海街道", "粤海街道科苑路8号"));
        contact.Address.OneLine.ShouldBe("广东省深圳市南山区粤海街道科苑路8号");
    }

    [Theory]
    [InlineData("13812345678", PhoneKind.Mobile)]
    [InlineData("18412345678-1234", PhoneKind.Virtual)]
    [InlineData("0755-88886666", PhoneKind.Landline)]
    [InlineData("400-800-8888", PhoneKind.Service)]
    [InlineData("+852 91234567", PhoneKind.Overseas)]
    public void A_number_is_of_its_kind(string number, PhoneKind kind) => Cases.Parser.Parse($"张三 {number} 广东省深圳市南山区科技园1号").Phone.ShouldNotBeNull().Kind.ShouldBe(kind);

    [Fact]
    public void Any_text_is_read_without_a_fault()
    {
        var random = new Random(20261122);
        const string alphabet = "张三省市区县路号北京上海吉林 \n\t:：，,()（）[]【】-+*xX.1380012345678转广东深圳南山重庆县㐂\ud83c\udfe0\ud842";
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var parsed = Cases.Parser.Parse(text);
            parsed.Confidence.ShouldBeInRange(0, 1, text);
        }
        Cases.Parser.Parse(new string('京', 10_000)).Candidates.ShouldBeEmpty();
    }
}

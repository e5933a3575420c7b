using Courier.Services.Addresses;

namespace Courier.Services.Tests.Addresses;

public sealed class NamingPlaces
{
    private static readonly Divisions China = new();

    [Theory]
    [InlineData("440305", "广东省深圳市南山区")]
    [InlineData("310115", "上海市浦东新区")]
    [InlineData("110101001", "北京市东城区东华门街道")]
    [InlineData("441900", "广东省东莞市")]
    public void A_code_is_a_place(string code, string name) => China.Find(code).ShouldNotBeNull().FullName.ShouldBe(name);

    [Theory]
    [InlineData("广东省", "深圳市", "南山区", "440305")]
    [InlineData("上海市", "上海市", "浦东新区", "310115")]
    [InlineData("广东", "深圳", "南山", "440305")]
    [InlineData("", "深圳市", "", "4403")]
    [InlineData("", "上海市", "", "31")]
    [InlineData("浙江省", "义乌市", "", "330782")]
    [InlineData("广东省", "东莞市", "", "4419")]
    [InlineData("广东省", "深圳市", "没有的区", "4403")]
    [InlineData("广西壮族自治区", "南宁市", "", "4501")]
    public void The_fields_of_an_address_are_a_place(string province, string city, string district, string code) =>
        China.Locate(province, city, district).ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void Fields_that_name_nothing_are_no_place() => China.Locate("", "", "").ShouldBeNull();

    [Theory]
    [InlineData("深圳南山区有网点吗", "440305")]
    [InlineData("深圳市南山区粤海街道", "440305007")]
    [InlineData("南山区，深圳", "440305")]
    [InlineData("粤海街道", "440305007")]
    [InlineData("上海浦东", "310115")]
    [InlineData("恩施", "4228")]
    [InlineData("内蒙古", "15")]
    public void A_sentence_names_one_place(string text, string code) =>
        China.NamedIn(text).Candidates.ShouldHaveSingleItem(string.Join(' ', China.NamedIn(text).Candidates)).Code.ShouldBe(code);

    [Fact]
    public void A_name_that_several_places_have_gives_all_of_them_until_the_city_is_said()
    {
        China.NamedIn("鼓楼区").Candidates.Select(d => d.Code).ShouldBe(["320106", "320302", "350102", "410204"], ignoreOrder: true);
        China.NamedIn("福州鼓楼区").Candidates.ShouldHaveSingleItem().Code.ShouldBe("350102");
        China.NamedIn("朝阳").Candidates.Select(d => d.Code).ShouldContain("110105");
    }

    [Fact]
    public void What_is_left_of_the_sentence_is_told() => China.NamedIn("南山区石新村能派送吗").Rest.ShouldBe("石新村能派送吗");

    [Fact]
    public void A_sentence_without_a_place_names_none() => China.NamedIn("我的快递到哪了").Candidates.ShouldBeEmpty();

    [Theory]
    [InlineData("南山", "440305")]
    [InlineData("广东 南山", "440305")]
    [InlineData("深圳", "4403")]
    [InlineData("浙", "33")]
    public void While_somebody_types_the_place_appears(string query, string code)
    {
        var found = China.Search(query, 10);
        found.Select(d => d.Code).ShouldContain(code);
        found.ShouldAllBe(d => d.Level < DivisionLevel.Street);
    }
}

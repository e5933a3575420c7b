namespace Courier.Simulator.Tests.Seed;

public class TheDivisionsOfChina
{
    static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> All =
        new(() => SeedFile.Read("divisions.csv").ToDictionary(row => row["code"]));

    [Fact]
    public void All_four_levels_are_complete()
    {
        var counts = All.Value.Values.GroupBy(row => row["level"]).ToDictionary(level => level.Key, level => level.Count());

        counts["province"].ShouldBe(34);
        counts["city"].ShouldBe(342 + 27);
        counts["district"].ShouldBe(2978 + 397);
        counts["street"].ShouldBe(41352);
    }

    [Fact]
    public void Every_division_lies_in_one_of_the_level_above()
    {
        var above = new Dictionary<string, string> { ["city"] = "province", ["district"] = "city", ["street"] = "district" };
        foreach (var row in All.Value.Values.Where(row => row["level"] != "province"))
        {
            All.Value.ContainsKey(row["parent_code"]).ShouldBeTrue(row["name"]);
            All.Value[row["parent_code"]]["level"].ShouldBe(above[row["level"]], row["name"]);
            row["code"].ShouldStartWith(row["parent_code"]);
        }
    }

    [Theory]
    [InlineData("龙港市", "温州市", "浙江省")]
    [InlineData("临平区", "杭州市", "浙江省")]
    [InlineData("海门区", "南通市", "江苏省")]
    [InlineData("三元区", "三明市", "福建省")]
    [InlineData("神农架林区", "省直辖县级行政区划", "湖北省")]
    [InlineData("白杨市", "自治区直辖县级行政区划", "新疆维吾尔自治区")]
    [InlineData("东莞市", "东莞市", "广东省")]
    [InlineData("油尖旺区", "九龙", "香港特别行政区")]
    [InlineData("大安区", "台北市", "台湾省")]
    public void A_district_is_where_people_know_it(string district, string city, string province)
    {
        All.Value.Values.ShouldContain(row => row["level"] == "district" && row["name"] == district
            && Parent(row)["name"] == city && Parent(Parent(row))["name"] == province);
    }

    [Theory]
    [InlineData("梅列区")]
    [InlineData("下城区")]
    [InlineData("港闸区")]
    public void A_district_that_was_dissolved_is_gone(string name) =>
        All.Value.Values.ShouldNotContain(row => row["level"] == "district" && row["name"] == name);

    [Theory]
    [InlineData("320576", "statistical")]
    [InlineData("441900", "self")]
    [InlineData("3301", "")]
    [InlineData("3101", "virtual")]
    [InlineData("810101", "unofficial")]
    public void What_is_no_division_by_law_is_marked(string code, string kind) => All.Value[code]["kind"].ShouldBe(kind);

    [Fact]
    public void The_towns_of_Dongguan_carry_the_codes_of_the_statistics_office() =>
        All.Value.Values.Where(row => row["parent_code"] == "441900").ShouldAllBe(row => row["code"].Length == 9);

    static IReadOnlyDictionary<string, string> Parent(IReadOnlyDictionary<string, string> row) => All.Value[row["parent_code"]];
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Courier.Simulator.Tests.Seed;

public class TheOtherSeedFiles
{
    static readonly Dictionary<string, (double Lat, double Lng)> Centres = new()
    {
        ["3301"] = (30.27, 120.15), ["3101"] = (31.20, 121.45), ["4403"] = (22.60, 114.05),
    };

    [Theory]
    [InlineData("outlets.csv", 20)]
    [InlineData("lockers.csv", 60)]
    public void Places_lie_in_a_real_district_of_their_city(string file, int atLeast)
    {
        var districts = SeedFile.Read("divisions.csv").Where(row => row["level"] == "district").ToDictionary(row => row["code"]);
        var places = SeedFile.Read(file);

        places.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        places.Select(place => place["code"]).ShouldBeUnique();
        foreach (var place in places)
        {
            var centre = Centres[place["district_code"][..4]];
            place["address"].ShouldContain(districts[place["district_code"]]["name"]);
            Number(place, "lat").ShouldBeInRange(centre.Lat - 0.3, centre.Lat + 0.3);
            Number(place, "lng").ShouldBeInRange(centre.Lng - 0.35, centre.Lng + 0.35);
            place["opening_hours"].ShouldMatch("^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$");
        }
    }

    [Fact]
    public void Outlets_offer_known_services() =>
        SeedFile.Read("outlets.csv").SelectMany(outlet => outlet["services"].Split('|')).Distinct()
            .ShouldBe(["send", "pickup", "cod", "large"], ignoreOrder: true);

    [Fact]
    public void Every_question_has_an_answer_of_at_most_300_characters_and_keywords_of_its_own()
    {
        var questions = SeedFile.Read("faq.csv");

        questions.Count.ShouldBeGreaterThanOrEqualTo(30);
        questions.ShouldAllBe(row => row["answer"].Length > 40 && row["answer"].Length <= 300);
        questions.ShouldAllBe(row => row["keywords"].Split('|').Length >= 10);
        questions.SelectMany(row => row["keywords"].Split('|')).ShouldBeUnique();
    }

    [Fact]
    public void Goods_have_a_verdict_and_a_reason_and_a_condition_where_one_is_meant()
    {
        var goods = SeedFile.Read("prohibited_goods.csv");

        goods.Count.ShouldBeGreaterThanOrEqualTo(150);
        goods.ShouldAllBe(row => row["reason"] != "" && (row["condition"] != "") == (row["verdict"] == "conditional"));
        goods.Where(row => row["verdict"] == "forbidden").Select(row => row["group"]).Distinct().Count().ShouldBe(19);
        goods.SelectMany(row => row["aliases"].Split('|').Append(row["name"])).Where(name => name != "").ShouldBeUnique();
    }

    [Theory]
    [InlineData("充电宝", "conditional")]
    [InlineData("打火机", "forbidden")]
    [InlineData("香水", "conditional")]
    [InlineData("活体宠物", "forbidden")]
    [InlineData("现金", "forbidden")]
    [InlineData("衣服", "allowed")]
    [InlineData("月饼", "allowed")]
    public void Everyday_goods_are_judged(string name, string verdict) =>
        SeedFile.Read("prohibited_goods.csv")
            .Single(row => row["name"] == name || row["aliases"].Split('|').Contains(name))["verdict"].ShouldBe(verdict);

    [Theory]
    [InlineData("SF1234567890123", "shunfeng")]
    [InlineData("YT1234567890123", "yuantong")]
    [InlineData("773123456789012", "shentong")]
    [InlineData("JDVA12345678901", "jd")]
    [InlineData("EE123456785CN", "ems")]
    [InlineData("751234567890", "zhongtong")]
    public void The_heaviest_pattern_that_matches_names_the_carrier(string number, string carrier) =>
        SeedFile.Read("carriers.csv").Where(row => Regex.IsMatch(number, row["pattern"]))
            .MaxBy(row => int.Parse(row["weight"], CultureInfo.InvariantCulture)).ShouldNotBeNull()["kuaidi100_code"].ShouldBe(carrier);

    [Fact]
    public void The_demo_customers_have_made_up_phones()
    {
        var followers = SeedFile.Read("followers.csv");

        followers.Select(row => row["openid"]).ShouldBe(Enumerable.Range(1, 12).Select(n => $"oDemo{n:0000}SandboxPersonOfCour"));
        followers.Select(row => row["phone"]).ShouldBe(Enumerable.Range(1, 12).Select(n => $"138000000{n:00}"));
    }

    static double Number(IReadOnlyDictionary<string, string> row, string column) =>
        double.Parse(row[column], CultureInfo.InvariantCulture);
}

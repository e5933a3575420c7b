using Courier.Services.Rates;

namespace Courier.Services.Tests.Rates;

public sealed class PackingGoods
{
    private static readonly PackingGuide Guide = new();

    [Theory]
    [InlineData("两瓶红酒", "红酒", 2, 2600, "wine_2", 1)]
    [InlineData("红酒六瓶", "红酒", 6, 7800, "wine_6", 1)]
    [InlineData("一箱红酒", "红酒", 6, 7800, "wine_6", 1)]
    [InlineData("12瓶白酒", "白酒", 12, 13200, "wine_6", 2)]
    [InlineData("苹果10斤", "苹果", 10, 5000, "cool_m", 1)]
    [InlineData("半斤茶叶", "茶叶", 1, 250, "box_3", 1)]
    [InlineData("四件套", "毛巾", 1, 700, "bag_m", 1)]
    [InlineData("我想寄一台笔记本电脑到北京", "笔记本电脑", 1, 2200, "box_5", 1)]
    [InlineData("2.5kg大米", "大米", 5, 2500, "box_3", 1)]
    [InlineData("十二本书", "书", 12, 6000, "box_4", 1)]
    [InlineData("合同", "文件", 1, 100, "envelope", 1)]
    [InlineData("三件外套", "衣服", 3, 1800, "bag_m", 1)]
    [InlineData("１０斤橙子", "橙子", 10, 5000, "cool_m", 1)]
    [InlineData("沙发", "沙发", 1, 45000, "crate_l", 1)]
    public void A_sentence_tells_what_how_much_and_so_which_box(string text, string name, long count, long grams, string box, long parcels)
    {
        var task = Guide.Read(text).ShouldNotBeNull();
        (task.Goods.Name, task.Count, task.Grams).ShouldBe((name, count, grams));
        var suggested = SuggestedBox.For(Cards.Seed, task).ShouldNotBeNull();
        (suggested.Item.Code, suggested.Parcels).ShouldBe((box, parcels));
        (suggested.ParcelGrams * parcels).ShouldBeGreaterThanOrEqualTo(grams);
    }

    [Theory]
    [InlineData("")]
    [InlineData("一朵云")]
    public void What_is_not_known_has_no_advice(string text) => Guide.Read(text).ShouldBeNull();

    [Theory]
    [InlineData("99999999999999吨苹果")]
    [InlineData("99999瓶红酒")]
    [InlineData("九九九个杯子")]
    public void Absurd_amounts_stay_amounts(string text)
    {
        var task = Guide.Read(text).ShouldNotBeNull();
        task.Grams.ShouldBeInRange(1, 5_000_000);
        SuggestedBox.For(Cards.Seed, task).ShouldNotBeNull().Parcels.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void All_that_is_known_fits_into_something_that_is_sold()
    {
        foreach (var row in SeedFile.Rows("packing"))
            foreach (var word in row["aliases"].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row["name"]))
            {
                var task = Guide.Read(word).ShouldNotBeNull(word);
                task.Goods.Name.ShouldBe(row["name"], word);
                GoodsKinds.Codes.ShouldContain(task.Goods.Kind);
                SuggestedBox.For(Cards.Seed, task).ShouldNotBeNull(word).Parcels.ShouldBe(1, word);
            }
    }
}

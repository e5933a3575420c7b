using Courier.Kernel.Data;
using Courier.Services.Knowledge;

namespace Courier.Services.Tests.Knowledge;

public sealed class AskingWhatMayBeSent : IAsyncLifetime
{
    private readonly KnowledgeIndex _index = new();
    private Stage _stage = null!;

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(DatabaseProvider.Sqlite);
        await _stage.Begin<LoadKnowledge>();
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Theory]
    [InlineData("能寄充电宝吗", "充电宝")]
    [InlineData("可以寄酒吗？", "酒")]
    [InlineData("充电宝能寄不", "充电宝")]
    [InlineData("请问活体宠物可不可以邮寄", "活体宠物")]
    [InlineData("你好，能不能寄打火机呀", "打火机")]
    [InlineData("寄手机可以吗", "手机")]
    [InlineData("香水是违禁品吗", "香水")]
    [InlineData("能寄水果到北京吗", "水果")]
    [InlineData("可以快递现金么", "现金")]
    public void These_ask_about_goods(string text, string goods)
    {
        CheckGoods.LooksLikeGoodsQuestion(text, out var found).ShouldBeTrue();
        found.ShouldBe(goods);
    }

    [Theory]
    [InlineData("能寄到北京吗")]
    [InlineData("今天能寄吗")]
    [InlineData("什么能寄")]
    [InlineData("可以寄快递吗")]
    [InlineData("我的快递到哪了")]
    [InlineData("能便宜点吗")]
    [InlineData("SF1234567890123")]
    [InlineData("")]
    public void These_do_not(string text) => CheckGoods.LooksLikeGoodsQuestion(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("能寄充电宝吗", "充电宝", GoodsVerdict.Conditional)]
    [InlineData("打火机", "打火机", GoodsVerdict.Forbidden)]
    [InlineData("ZIPPO", "打火机", GoodsVerdict.Forbidden)]
    [InlineData("可以寄两瓶白酒吗", "酒", GoodsVerdict.Conditional)]
    [InlineData("白酒两瓶", "酒", GoodsVerdict.Conditional)]
    [InlineData("毛绒玩具", "玩具", GoodsVerdict.Allowed)]
    [InlineData("猫粮", "宠物用品", GoodsVerdict.Allowed)]
    [InlineData("仿真玩具枪", "仿真枪", GoodsVerdict.Forbidden)]
    [InlineData("苹果手机", "手机", GoodsVerdict.Conditional)]
    [InlineData("我想寄一个充电宝到上海可以吗", "充电宝", GoodsVerdict.Conditional)]
    [InlineData("ｉＰａｄ", "平板电脑", GoodsVerdict.Conditional)]
    public async Task Known_goods_get_their_verdict(string query, string name, GoodsVerdict verdict)
    {
        var answer = (await Ask(query)).ShouldHaveSingleItem();
        (answer.Name, answer.Verdict).ShouldBe((name, verdict));
        answer.Reason.ShouldNotBeEmpty();
        (answer.Condition is not null).ShouldBe(verdict == GoodsVerdict.Conditional);
    }

    [Theory]
    [InlineData("手机壳")]
    [InlineData("猫爬架")]
    [InlineData("量子纠缠仪")]
    [InlineData("")]
    public async Task About_unknown_goods_it_says_honestly_that_it_does_not_know(string query)
    {
        (await Ask(query)).ShouldBeEmpty();
        GoodsText.Of([], query).ShouldContain("没有查到");
    }

    [Fact]
    public void A_long_question_is_repeated_without_cutting_an_emoji_in_half() =>
        GoodsText.Of([], new string('长', 29) + "😀在哪里买的").ShouldStartWith($"没有查到“{new string('长', 29)}…”");

    [Fact]
    public async Task Several_goods_get_an_answer_each()
    {
        var answers = await Ask("能寄茶叶、打火机和充电宝吗");
        answers.Select(a => a.Name).ShouldBe(["茶叶", "打火机", "充电宝"]);
        var text = GoodsText.Of(answers, "");
        text.ShouldContain("【打火机】不能寄");
        text.ShouldContain("【茶叶】可以寄");
    }

    [Fact]
    public async Task A_changed_rule_counts_from_the_moment_its_version_is_raised()
    {
        (await Ask("茶叶"))[0].Verdict.ShouldBe(GoodsVerdict.Allowed);
        await _stage.Db.InTransaction(async tx =>
        {
            await tx.Execute("update knowledge_goods set verdict = 'forbidden' where name = '茶叶'");
            await tx.Execute("update knowledge_versions set version = version + 1 where name = 'goods'");
        });
        (await Ask("茶叶"))[0].Verdict.ShouldBe(GoodsVerdict.Forbidden);
    }

    private Task<IReadOnlyList<GoodsAnswer>> Ask(string query) => CheckGoods.Execute(_stage.Db, _index, query, default);
}

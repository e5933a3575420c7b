using Courier.Kernel.Data;
using Courier.Services.Knowledge;

namespace Courier.Services.Tests.Knowledge;

public sealed class AskingFrequentQuestions : IAsyncLifetime
{
    private readonly KnowledgeIndex _index = new(new() { Hotline = "95300", Hours = "08:00-22:00" });
    private Stage _stage = null!;

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(DatabaseProvider.Sqlite);
        await _stage.Begin<LoadKnowledge>();
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Theory]
    [InlineData("我的快递三天没更新了", "track_stuck")]
    [InlineData("显示签收了，可是我没收到啊", "signed_not_received")]
    [InlineData("怎么开发票", "invoice")]
    [InlineData("快递柜超时要收费吗", "locker_fee")]
    [InlineData("想改一下收件地址", "change_address")]
    [InlineData("保价怎么收费", "insurance_how")]
    [InlineData("寄到广州多少钱", "price")]
    [InlineData("附近网点在哪", "service_point")]
    [InlineData("我要投诉快递员", "complaint")]
    [InlineData("你们电话多少", "hotline")]
    [InlineData("电话多少", "hotline")]
    [InlineData("客服电话是多少啊", "hotline")]
    [InlineData("快递员电话多少", "contact_courier")]
    [InlineData("今天可以寄吗", "send_when")]
    [InlineData("你们周末可以寄吗", "send_when")]
    [InlineData("今天下午还能寄吗", "send_when")]
    [InlineData("什么东西不能寄", "prohibited")]
    public async Task A_plain_question_gets_its_answer(string text, string intent)
    {
        var answer = await MatchFaq.Execute(_stage.Db, _index, text, default);
        answer.ShouldNotBeNull().Intent.ShouldBe(intent);
        answer.Answer.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Every_standard_question_finds_itself()
    {
        var questions = await _stage.Db.Query<string>("select question from knowledge_questions order by intent");
        questions.Count.ShouldBe(32);
        foreach (var question in questions) (await MatchFaq.Execute(_stage.Db, _index, question, default)).ShouldNotBeNull(question).Question.ShouldBe(question);
    }

    [Fact]
    public async Task The_hotline_is_the_configured_one_and_without_one_none_is_promised()
    {
        (await MatchFaq.Execute(_stage.Db, _index, "你们电话多少", default)).ShouldNotBeNull().Answer.ShouldStartWith("可以拨打客服热线 95300。人工服务时间是每天 08:00-22:00");
        var none = (await MatchFaq.Execute(_stage.Db, new KnowledgeIndex(new()), "你们电话多少", default)).ShouldNotBeNull().Answer;
        none.ShouldStartWith("人工服务时间");
        none.ShouldNotContain("{");
    }

    [Theory]
    [InlineData("今天天气怎么样")]
    [InlineData("你好")]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("给我讲个笑话吧")]
    [InlineData("昨天我和朋友去西湖边散步看到一只很大的白鹭站在水里一动不动后来它飞走了我们都很开心就是鞋破了")]
    public async Task When_it_is_not_sure_it_does_not_answer(string text) =>
        (await MatchFaq.Execute(_stage.Db, _index, text, default)).ShouldBeNull();
}

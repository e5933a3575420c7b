using Courier.Kernel.Data;
using Courier.Services.Knowledge;

namespace Courier.Services.Tests.Knowledge;

public sealed class AskingWhatMayBeSent : IAsyncLifetime
{
    private readonly KnowledgeIndex _index = new(new());
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
    [InlineData("充电宝和酒能寄吗", "充电宝和酒")]
    [InlineData("茶叶能寄快递吗", "茶叶")]
    [InlineData("白酒给寄吗", "白酒")]
    [InlineData("你们收不收活鸡", "活鸡")]
    [InlineData("我要寄点茶叶行吗", "茶叶")]
    [InlineData("酒精算不算危险品", "酒精")]
    [InlineData("现金能寄嘛", "现金")]
    [InlineData("打火机能寄嘛？", "打火机")]
    [InlineData("汽油可以寄啊", "汽油")]
    [InlineData("香水可以寄吗😊", "香水")]
    [InlineData("香水能邮寄吗亲", "香水")]
    [InlineData("刀能寄吗谢谢", "刀")]
    [InlineData("香水可以寄吗 急", "香水")]
    [InlineData("手机可以寄吗，多少钱", "手机")]
    [InlineData("手机可以寄吗能不能保价", "手机")]
    [InlineData("水果能寄吗，能不能冷链", "水果")]
    [InlineData("酒可以寄吗，要怎么包装", "酒")]
    [InlineData("在吗？香水能寄吗", "香水")]
    [InlineData("茅台酒可以寄几瓶", "茅台酒")]
    [InlineData("能寄充电宝，打火机吗", "充电宝,打火机")]
    [InlineData("Can I send perfume?", "perfume")]
    [InlineData("can i ship a power bank", "power bank")]
    [InlineData("Hi, can I mail lithium batteries to Beijing?", "lithium batteries")]
    [InlineData("Is it ok to send wine?", "wine")]
    [InlineData("how can I send a bottle of whisky", "bottle of whisky")]
    [InlineData("are lighters allowed?", "lighters")]
    [InlineData("can perfume be shipped?", "perfume")]
    public void These_ask_about_goods(string text, string goods)
    {
        CheckGoods.LooksLikeGoodsQuestion(text, out var found).ShouldBeTrue();
        found.ShouldBe(goods);
    }

    [Theory]
    [InlineData("这个能寄吗", true)]
    [InlineData("能寄吗", true)]
    [InlineData("图里的东西可以寄吗？", true)]
    [InlineData("你好，照片上的这个能不能邮寄", true)]
    [InlineData("我发的图片里的东西能寄不", true)]
    [InlineData("能不能帮我寄这个", true)]
    [InlineData("这个能寄吗，多少钱😊", true)]
    [InlineData("今天能寄吗", false)]
    [InlineData("可以寄快递吗", false)]
    [InlineData("能寄到北京吗", false)]
    [InlineData("能寄充电宝吗", false)]
    [InlineData("这个充电宝能寄吗", false)]
    public void Goods_that_are_only_shown_are_asked_for(string text, bool isShown) => CheckGoods.AsksAboutSomethingShown(text).ShouldBe(isShown);

    [Theory]
    [InlineData("能寄到北京吗")]
    [InlineData("今天能寄吗")]
    [InlineData("今天可以寄吗")]
    [InlineData("你们今天可以寄吗")]
    [InlineData("今天下午还能寄吗")]
    [InlineData("周末可以寄快递吗")]
    [InlineData("明天上午9点能寄吗")]
    [InlineData("春节期间能寄到北京吗")]
    [InlineData("能收到吗")]
    [InlineData("能发票吗")]
    [InlineData("什么能寄")]
    [InlineData("可以寄快递吗")]
    [InlineData("我的快递到哪了")]
    [InlineData("能便宜点吗")]
    [InlineData("哪些东西不能寄？")]
    [InlineData("哪个网点能寄大件")]
    [InlineData("可以寄多重的")]
    [InlineData("Can I send a parcel tomorrow?")]
    [InlineData("can you send it to Shanghai")]
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
    [InlineData("枪", "枪支", GoodsVerdict.Forbidden)]
    [InlineData("一把枪", "枪支", GoodsVerdict.Forbidden)]
    [InlineData("气枪", "气枪", GoodsVerdict.Forbidden)]
    [InlineData("仿真枪", "仿真枪", GoodsVerdict.Forbidden)]
    [InlineData("弓弩", "弩", GoodsVerdict.Forbidden)]
    [InlineData("玩具水枪", "玩具水枪", GoodsVerdict.Conditional)]
    [InlineData("热熔胶枪", "热熔胶枪", GoodsVerdict.Allowed)]
    [InlineData("额温枪", "电子体温计", GoodsVerdict.Allowed)]
    [InlineData("苹果手机", "手机", GoodsVerdict.Conditional)]
    [InlineData("我想寄一个充电宝到上海可以吗", "充电宝", GoodsVerdict.Conditional)]
    [InlineData("ｉＰａｄ", "平板电脑", GoodsVerdict.Conditional)]
    [InlineData("冲电宝能寄快递不", "充电宝", GoodsVerdict.Conditional)]
    [InlineData("充电宝怎么寄", "充电宝", GoodsVerdict.Conditional)]
    [InlineData("寄酒有什么要求", "酒", GoodsVerdict.Conditional)]
    [InlineData("我要寄点茶叶", "茶叶", GoodsVerdict.Allowed)]
    [InlineData("几件旧衣服", "衣服", GoodsVerdict.Allowed)]
    [InlineData("一箱土鸡蛋能寄吗", "鸡蛋", GoodsVerdict.Conditional)]
    [InlineData("防晒喷雾两瓶能不能邮", "防晒喷雾", GoodsVerdict.Forbidden)]
    [InlineData("小猫咪可以寄吗", "活体动物", GoodsVerdict.Forbidden)]
    [InlineData("仙女棒让寄不", "烟花爆竹", GoodsVerdict.Forbidden)]
    [InlineData("寄手机多少钱", "手机", GoodsVerdict.Conditional)]
    [InlineData("打火机可以寄嘛", "打火机", GoodsVerdict.Forbidden)]
    [InlineData("酒可以寄吗，要怎么包装", "酒", GoodsVerdict.Conditional)]
    [InlineData("can i ship a power bank", "充电宝", GoodsVerdict.Conditional)]
    [InlineData("can I mail lithium batteries?", "锂电池", GoodsVerdict.Conditional)]
    [InlineData("how can I send a bottle of whisky", "酒", GoodsVerdict.Conditional)]
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
        GoodsText.Of(new([], []), query).ShouldContain("没有查到");
    }

    [Fact]
    public void A_long_question_is_repeated_without_cutting_an_emoji_in_half() =>
        GoodsText.Of(new([], []), new string('长', 29) + "😀在哪里买的").ShouldStartWith($"没有查到“{new string('长', 29)}…”");

    [Fact]
    public async Task Several_goods_get_an_answer_each()
    {
        var answers = await Ask("能寄茶叶、打火机和充电宝吗");
        answers.Select(a => a.Name).ShouldBe(["茶叶", "打火机", "充电宝"]);
        var text = GoodsText.Of(new(answers, []), "");
        text.ShouldContain("【打火机】不能寄");
        text.ShouldContain("【茶叶】可以寄");
    }

    [Theory]
    [InlineData("我要寄笔记本电脑和充电宝去北京多少钱", "笔记本电脑 充电宝")]
    [InlineData("can I send perfume and a power bank?", "香水 充电宝")]
    public async Task All_goods_of_a_sentence_are_found(string query, string names) => (await Ask(query)).Select(a => a.Name).ShouldBe(names.Split(' '));

    [Theory]
    [InlineData("充电宝", "充电宝")]
    [InlineData("充电宝呢？", "充电宝")]
    [InlineData("一箱苹果", "水果")]
    [InlineData("新手机", "手机")]
    [InlineData("寄手机", "手机")]
    [InlineData("寄衣服多少钱", "衣服")]
    [InlineData("寄一箱苹果到北京多少钱", "水果")]
    [InlineData("白酒两瓶", "酒")]
    [InlineData("两件旧的衣服和一部苹果手机", "衣服 手机")]
    [InlineData("仿真玩具枪", "仿真枪")]
    [InlineData("power bank", "充电宝")]
    public async Task Names_alone_are_goods(string text, string names) =>
        (await CheckGoods.NamedAlone(_stage.Db, _index, text, default)).ShouldNotBeNull().Check.Known.Select(a => a.Name).ShouldBe(names.Split(' '));

    [Theory]
    [InlineData("你们弄丢了我的手机")]
    [InlineData("快递员没打我手机")]
    [InlineData("快递员偷了我的充电宝")]
    [InlineData("收到的是空盒子没有手机")]
    [InlineData("赔我手机")]
    [InlineData("包裹里少了一瓶酒")]
    [InlineData("我的茶叶呢")]
    [InlineData("换绑手机")]
    [InlineData("解绑手机")]
    [InlineData("取消绑定手机")]
    [InlineData("你们收现金吗")]
    [InlineData("寄丢手机")]
    [InlineData("多少钱")]
    [InlineData("手机没收到")]
    public async Task A_sentence_that_ends_in_goods_is_no_name_alone(string text)
    {
        (await CheckGoods.NamedAlone(_stage.Db, _index, text, default)).ShouldBeNull();
        CheckGoods.MayNameGoods(text, out _).ShouldBeFalse();
        CheckGoods.LooksLikeGoodsQuestion(text, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_known_is_answered_and_what_is_not_is_named()
    {
        var check = await CheckGoods.Execute(_stage.Db, _index, "充电宝、量子纠缠仪和酒能寄吗", default);
        check.Known.Select(a => a.Name).ShouldBe(["充电宝", "酒"]);
        check.Unknown.ShouldBe(["量子纠缠仪"]);
        GoodsText.Of(check, "").ShouldContain("“量子纠缠仪”没有查到");
    }

    [Fact]
    public async Task An_answer_about_many_goods_stays_within_what_a_chat_message_holds()
    {
        var names = await _stage.Db.Query<string>("select name from knowledge_goods where verdict = 'conditional' order by length(requirement) + length(reason) desc limit 5");
        var text = GoodsText.Of(await CheckGoods.Execute(_stage.Db, _index, string.Join('、', names), default), "");
        System.Text.Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(2048);
        foreach (var name in names) text.ShouldContain(name);
    }

    [Fact]
    public async Task Rows_of_a_later_edition_of_the_seed_reach_a_filled_table_once_and_leave_changed_rows_alone()
    {
        await _stage.Db.InTransaction(async tx =>
        {
            await tx.Execute("delete from knowledge_versions where name = 'seed'"); // as an older program left it
            await tx.Execute("delete from knowledge_goods where name = '茶叶'");
            await tx.Execute("update knowledge_goods set reason = '本公司不收' where name = '打火机'");
        });
        await _stage.Begin<LoadKnowledge>();
        (await Ask("茶叶")).ShouldHaveSingleItem().Verdict.ShouldBe(GoodsVerdict.Allowed);
        (await Ask("打火机")).ShouldHaveSingleItem().Reason.ShouldBe("本公司不收");
        await _stage.Db.Execute("delete from knowledge_goods where name = '茶叶'");
        await _stage.Begin<LoadKnowledge>();
        (await _stage.Db.First<string>("select name from knowledge_goods where name = '茶叶'")).ShouldBeNull();
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

    private async Task<IReadOnlyList<GoodsAnswer>> Ask(string query) => (await CheckGoods.Execute(_stage.Db, _index, query, default)).Known;
}

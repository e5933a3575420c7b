using System.Text.Json;
using Courier.Kernel;
using Courier.Services.Customers;
using Courier.Services.Staff;
using Courier.Services.Tests.Parcels;

namespace Courier.Services.Tests.Customers;

/// <summary>Tiers, groups and tags by rules: the same on both databases.</summary>
public abstract class SegmentSuite(ParcelsApp app)
{
    private static readonly StaffId Operator = StaffId.Parse(new string('c', 32));
    private static int _codes;

    private static string NewCode(string begin) => $"{begin}-{Interlocked.Increment(ref _codes)}";

    private Task Add(CustomerId who, CustomerMeasure measure, long amount = 1, int daysAgo = 0) =>
        app.Db.InTransaction(tx => CustomerFacts.Add(tx, app.Clock, who, measure, app.Clock.GetUtcNow().AddDays(-daysAgo), amount, default));

    private async Task<long> Save(string code, SegmentKind kind, string rule, long rank = 0, long version = 0, bool isActive = true, (string App, long Tag) tag = default)
    {
        var draft = new SegmentDraft(code, kind, "名称" + code, rank, isActive, JsonDocument.Parse(rule).RootElement) { TagAppId = tag.App ?? "", TagId = tag.Tag };
        draft.Problem().ShouldBeNull();
        return await SaveSegment.Execute(app.Db, app.Clock, draft, version, Operator, "test", default);
    }

    private Task Judge() => app.App.RunJob("customers.judge");

    [Fact]
    public async Task A_customer_has_the_highest_tier_whose_rule_holds_with_its_reason_and_a_changed_rule_counts_at_once()
    {
        var (silver, gold) = (NewCode("silver"), NewCode("gold"));
        var me = await app.ACustomer();
        (await CustomerTiers.Of(app.Db, me, default)).ShouldBe(CustomerTier.Standard);
        await Save(silver, SegmentKind.Tier, """{"fact":"orders_sent_30d","op":">","value":2}""", rank: 90);
        await Save(gold, SegmentKind.Tier, """{"all":[{"fact":"orders_sent_30d","op":">","value":2},{"fact":"spend_12m_fen","op":">=","value":10000}]}""", rank: 91);
        for (var i = 0; i < 3; i++) await Add(me, CustomerMeasure.OrdersSent);
        await Judge();
        var tier = await CustomerTiers.Of(app.Db, me, default);
        (tier.Code, tier.Rank).ShouldBe((silver, 90));
        tier.Reason.ShouldBe("近30天寄件 3（多于 2）");
        (await Events("customer.tier_changed.v1", me)).ShouldBe(1);

        await Add(me, CustomerMeasure.Spent, 12_000, daysAgo: 100);
        await Judge();
        (await CustomerTiers.Of(app.Db, me, default)).Code.ShouldBe(gold);

        await Save(gold, SegmentKind.Tier, """{"fact":"spend_12m_fen","op":">=","value":99999}""", rank: 91, version: 1);
        await Judge();
        (await CustomerTiers.Of(app.Db, me, default)).Code.ShouldBe(silver);
        (await Segments.History(app.Db, gold, default)).Select(v => v.Version).ShouldBe([2, 1]);

        await Save(silver, SegmentKind.Tier, """{"fact":"orders_sent_30d","op":">","value":2}""", rank: 90, version: 1, isActive: false);
        (await CustomerTiers.Of(app.Db, me, default)).Code.ShouldBe("standard", "a tier that is switched off counts for nobody, judged or not");
    }

    [Fact]
    public async Task What_is_over_counts_no_more_the_next_day()
    {
        var code = NewCode("busy");
        var me = await app.ACustomer();
        await Save(code, SegmentKind.Group, """{"fact":"orders_sent_30d","op":">=","value":1}""");
        await Add(me, CustomerMeasure.OrdersSent, daysAgo: 29);
        await Judge();
        (await CustomerGroups.Of(app.Db, me, default)).ShouldContain(code);
        app.Clock.Sleep(TimeSpan.FromDays(1));
        await Judge();
        (await CustomerGroups.Of(app.Db, me, default)).ShouldNotContain(code);
    }

    [Fact]
    public async Task Who_is_new_is_looked_at_once_and_again_on_a_later_day_only_when_days_can_change_something()
    {
        var code = NewCode("loyal");
        await app.Db.InTransaction(tx => tx.Execute("update customers_segments set is_active = 0 where rule like '%registered_days%'")); // of other tests
        await Judge();
        var (quiet, sender) = (await app.ACustomer(), await app.ACustomer());
        await Add(sender, CustomerMeasure.OrdersSent);
        await Judge();
        var seen = await LookAgainOn(quiet);
        seen.ShouldBeGreaterThan(await LookAgainOn(sender) + 100_000);
        app.Clock.Sleep(TimeSpan.FromDays(1));
        var tomorrow = await LookAgainOn(sender);
        await Judge();
        (await LookAgainOn(sender)).ShouldBe(tomorrow + 1);
        (await LookAgainOn(quiet)).ShouldBe(seen);

        await Save(code, SegmentKind.Group, """{"all":[{"not":{"fact":"registered_days","op":"<","value":3}},{"fact":"orders_sent_12m","op":"=","value":0}]}""");
        await Judge();
        (await CustomerGroups.Of(app.Db, quiet, default)).ShouldNotContain(code);
        app.Clock.Sleep(TimeSpan.FromDays(2));
        await Judge();
        (await CustomerGroups.Of(app.Db, quiet, default)).ShouldContain(code);
        (await CustomerGroups.Of(app.Db, sender, default)).ShouldNotContain(code);
        await Save(code, SegmentKind.Group, """{"fact":"tag","op":"has","value":"value:high"}""", version: 1, isActive: false);
    }

    private async Task<long> LookAgainOn(CustomerId customer) => await app.Db.First<long>("select day from customers_tiers where customer_id = @customer", new { customer });

    [Fact]
    public async Task A_group_of_the_busy_with_an_open_complaint_is_entered_and_left_and_told_each_time()
    {
        var code = NewCode("upset");
        var me = await app.ACustomer();
        await Save(code, SegmentKind.Group, """{"all":[{"fact":"orders_sent_30d","op":">","value":5},{"fact":"complaints_open","op":">=","value":1}]}""");
        await Add(me, CustomerMeasure.OrdersSent, 6);
        await Judge();
        (await CustomerGroups.Of(app.Db, me, default)).ShouldNotContain(code);
        await Add(me, CustomerMeasure.OpenComplaints);
        await Judge();
        var member = (await CustomerGroups.Memberships(app.Db, me, default)).ShouldHaveSingleItemWhere(m => m.Code == code);
        member.Reason.ShouldBe("近30天寄件 6（多于 5）；未结投诉 1（不少于 1）");
        await Add(me, CustomerMeasure.OpenComplaints, -1, daysAgo: -1);
        await Judge();
        (await CustomerGroups.Of(app.Db, me, default)).ShouldNotContain(code);
        (await Events("customer.group_changed.v1", me)).ShouldBe(2);
    }

    [Fact]
    public async Task A_preview_counts_before_anything_is_saved()
    {
        var city = "测试市" + NewCode("x");
        for (var i = 0; i < 3; i++)
        {
            var who = await app.ACustomer();
            await app.Db.InTransaction(tx => CustomerFacts.SetPlace(tx, app.Clock, who, "浙江省", city, default));
        }
        var (rule, _) = SegmentRule.Read(JsonDocument.Parse($$"""{"fact":"city","op":"in","value":["{{city}}","别处"]}""").RootElement);
        var preview = await PreviewRule.Execute(app.Db, app.Clock.GetUtcNow(), rule!, SegmentKind.Group, default);
        (preview.Matched, preview.IsComplete).ShouldBe((3, true));
        preview.Examined.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Tags_say_why_and_go_with_the_customers_word_and_nothing_is_kept_for_them_afterwards()
    {
        var me = await app.ACustomer();
        for (var i = 0; i < 3; i++) await Route(me);
        await Add(me, CustomerMeasure.Spent, 250_000);
        await Add(me, CustomerMeasure.Praises, 2);
        var code = NewCode("rich");
        await Save(code, SegmentKind.Group, """{"fact":"tag","op":"has","value":"value:high"}""");
        await Judge();
        var tags = await CustomerTags.Of(app.Db, me, default);
        tags.Select(t => t.Code).ShouldBe(["route:杭州市→上海市", "tone:thankful", "value:high"], ignoreOrder: true);
        tags.First(t => t.Kind == TagKind.Route).Reason.ShouldContain("3 次");
        tags.First(t => t.Kind == TagKind.Value).Reason.ShouldContain("2500.00 元");
        (await CustomerGroups.Memberships(app.Db, me, default)).First(g => g.Code == code).Reason.ShouldBe("画像标签“高价值”", "people read words");

        await Personalisation.Set(app.Db, app.Clock, me, isOn: false, default);
        (await CustomerTags.Of(app.Db, me, default)).ShouldBeEmpty("at once");
        await Route(me);
        await app.Db.InTransaction(tx => CustomerFacts.SetPlace(tx, app.Clock, me, "浙江省", "杭州市", default));
        (await app.Db.First<long>("select count(*) from customers_places where customer_id = @me", new { me })).ShouldBe(0);
        await Judge();
        (await CustomerTags.Of(app.Db, me, default)).ShouldBeEmpty();
        (await CustomerGroups.Of(app.Db, me, default)).ShouldBeEmpty();
        (await app.Db.First<long>("select count(*) from customers_routes where customer_id = @me", new { me })).ShouldBe(0);

        await Personalisation.Set(app.Db, app.Clock, me, isOn: true, default);
        await Judge();
        (await CustomerTags.Of(app.Db, me, default)).Select(t => t.Kind).ShouldNotContain(TagKind.Route);
    }

    [Fact]
    public async Task Facts_of_two_records_count_together_once_they_are_one_and_apart_when_that_was_wrong()
    {
        var code = NewCode("twice");
        await Save(code, SegmentKind.Group, """{"fact":"claims_12m","op":">=","value":2}""");
        var union = "u-" + app.NewPhone();
        var older = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-s1", OpenId.Parse("s1-" + union), null), default);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-s2", OpenId.Parse("s2-" + union), union), default);
        foreach (var one in (CustomerId[])[older, newer]) await Add(one, CustomerMeasure.Claims);
        await Personalisation.Set(app.Db, app.Clock, older, isOn: true, default);
        await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-s1", OpenId.Parse("s1-" + union), union), default);
        await Judge();
        (await CustomerGroups.Of(app.Db, older, default)).ShouldContain(code);
        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.IntoCustomer == older);
        await UndoMerge.Execute(app.Db, app.Clock, app.App.Get<CustomersOptions>(), merge.Id, Operator, "wrong", default);
        await Judge();
        (await CustomerGroups.Of(app.Db, older, default)).ShouldNotContain(code);
    }

    [Fact]
    public async Task A_no_to_guesses_is_the_persons_until_the_merge_turns_out_to_be_wrong()
    {
        var union = "u-" + app.NewPhone();
        var older = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-s1", OpenId.Parse("s1-" + union), null), default);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-s2", OpenId.Parse("s2-" + union), union), default);
        await Personalisation.Set(app.Db, app.Clock, older, isOn: true, default);
        await Personalisation.Set(app.Db, app.Clock, newer, isOn: false, default);
        await RecogniseCustomer.Execute(app.Db, app.Clock, new WechatIdentity("wx-s1", OpenId.Parse("s1-" + union), union), default);
        (await Personalisation.IsOn(app.Db, older, default)).ShouldBeFalse();
        var merge = (await ListMerges.Execute(app.Db, null, 100, default)).First(m => m.IntoCustomer == older);
        await UndoMerge.Execute(app.Db, app.Clock, app.App.Get<CustomersOptions>(), merge.Id, Operator, "wrong", default);
        (await Personalisation.IsOn(app.Db, older, default), await Personalisation.IsOn(app.Db, newer, default)).ShouldBe((true, false));
    }

    [Fact]
    public async Task Two_operators_at_once_do_not_overwrite_one_another_and_a_group_becomes_no_tier()
    {
        var code = NewCode("g");
        const string Rule = """{"fact":"registered_days","op":">","value":9999}""";
        await Save(code, SegmentKind.Group, Rule);
        (await Should.ThrowAsync<RuleBroken>(() => Save(code, SegmentKind.Group, Rule))).Code.ShouldBe("segment.changed_meanwhile");
        (await Should.ThrowAsync<RuleBroken>(() => Save(code, SegmentKind.Tier, Rule, rank: 1, version: 1))).Code.ShouldBe("segment.kind_fixed");
    }

    [Fact]
    public async Task An_erased_customer_leaves_nothing_behind_and_the_receipt_stays()
    {
        var me = await app.ACustomer();
        await Add(me, CustomerMeasure.OrdersSent);
        await Judge();
        var closure = await PrivacyRequests.AskClosure(app.Db, app.Clock, app.App.Get<CustomersOptions>(), me, default);
        (await PrivacyRequests.AskClosure(app.Db, app.Clock, app.App.Get<CustomersOptions>(), me, default)).Receipt.ShouldBe(closure.Receipt);
        await app.App.RunJob("customers.close_accounts");
        (await app.Db.First<long>("select count(*) from customers_customers where id = @me", new { me })).ShouldBe(1, "not before it is due");
        app.Clock.Sleep(TimeSpan.FromDays(7));
        await app.App.RunJob("customers.close_accounts");
        await app.App.RunJob("customers.erase");
        await Judge();
        foreach (var table in (string[])["customers_measures", "customers_tiers", "customers_requests"])
            (await app.Db.First<long>($"select count(*) from {table} where customer_id = @me", new { me })).ShouldBe(0, table);
        (await PrivacyRequests.Find(app.Db, closure.Receipt, default))!.State.ShouldBe(PrivacyRequestState.Done);
        (await EraseCustomer.Find(app.Db, closure.Receipt, default)).ShouldNotBeNull();
    }

    private Task Route(CustomerId who) => app.Db.InTransaction(tx => CustomerFacts.AddRoute(tx, app.Clock, who, "杭州市", "上海市", app.Clock.GetUtcNow(), default));

    private Task<long> Events(string name, CustomerId who) =>
        app.Db.First<long>("select count(*) from outbox_messages where name = @name and aggregate = @aggregate", new { name, aggregate = "standing:" + who.Text });
}

public sealed class SegmentsOnSqlite(OnSqlite app) : SegmentSuite(app), IClassFixture<OnSqlite>;

public sealed class SegmentsOnMariaDb(OnMariaDb app) : SegmentSuite(app), IClassFixture<OnMariaDb>;

/// <summary>Rules as operators write them.</summary>
public sealed class ReadingRules
{
    private static readonly FactSheet Sheet = new(
        new Dictionary<string, long> { ["orders_sent_30d"] = 5 }, new Dictionary<string, string> { ["province"] = "浙江省" }, new Dictionary<string, string> { ["value:high"] = "高价值" });

    [Theory]
    [InlineData("""{"fact":"orders_sent_30d","op":"=","value":5}""", true)]
    [InlineData("""{"fact":"orders_sent_30d","op":"!=","value":5}""", false)]
    [InlineData("""{"fact":"orders_sent_30d","op":">","value":4}""", true)]
    [InlineData("""{"fact":"orders_sent_30d","op":">=","value":6}""", false)]
    [InlineData("""{"fact":"orders_sent_30d","op":"<","value":6}""", true)]
    [InlineData("""{"fact":"orders_sent_30d","op":"<=","value":4}""", false)]
    [InlineData("""{"fact":"claims_12m","op":"=","value":0}""", true)]
    [InlineData("""{"fact":"province","op":"=","value":"浙江省"}""", true)]
    [InlineData("""{"fact":"province","op":"!=","value":"浙江省"}""", false)]
    [InlineData("""{"fact":"province","op":"in","value":["江苏省","浙江省"]}""", true)]
    [InlineData("""{"fact":"tag","op":"has","value":"value:high"}""", true)]
    [InlineData("""{"not":{"fact":"tag","op":"has","value":"value:low"}}""", true)]
    [InlineData("""{"any":[{"fact":"claims_12m","op":">","value":0},{"fact":"province","op":"=","value":"浙江省"}]}""", true)]
    [InlineData("""{"all":[{"fact":"claims_12m","op":">","value":0},{"fact":"province","op":"=","value":"浙江省"}]}""", false)]
    public void A_rule_holds_or_not(string json, bool holds)
    {
        var (rule, problem) = SegmentRule.Read(JsonDocument.Parse(json).RootElement);
        problem.ShouldBeNull();
        rule!.Holds(Sheet, []).ShouldBe(holds);
    }

    [Theory]
    [InlineData("[]", "rule")]
    [InlineData("{}", "rule")]
    [InlineData("""{"some":[]}""", "rule.some")]
    [InlineData("""{"all":[]}""", "rule.all")]
    [InlineData("""{"all":[{"fact":"orders_sent_30d","op":">","value":1},{"fact":"shoe_size","op":">","value":1}]}""", "rule.all[1].fact")]
    [InlineData("""{"not":{"fact":"orders_sent_30d","op":"like","value":1}}""", "rule.not.op")]
    [InlineData("""{"fact":"orders_sent_30d","op":">","value":"5"}""", "rule.value")]
    [InlineData("""{"fact":"orders_sent_30d","op":">","value":1.5}""", "rule.value")]
    [InlineData("""{"fact":"province","op":"in","value":["浙江省",3]}""", "rule.value[1]")]
    [InlineData("""{"fact":"province","op":"in","value":[]}""", "rule.value")]
    [InlineData("""{"fact":"tag","op":"=","value":"x"}""", "rule.op")]
    [InlineData("""{"fact":"city","op":"=","value":"x","else":1}""", "rule.else")]
    [InlineData("""{"all":[{"fact":"city","op":"=","value":"x"}],"any":[]}""", "rule")]
    [InlineData("""{"not":{"not":{"not":{"not":{"not":{"fact":"city","op":"=","value":"x"}}}}}}""", "rule.not.not.not.not.not")]
    public void A_wrong_rule_names_the_place(string json, string field) =>
        SegmentRule.Read(JsonDocument.Parse(json).RootElement).Problem!.Field.ShouldBe(field);

    [Fact]
    public void A_rule_of_too_many_parts_is_refused() =>
        SegmentRule.Read(JsonDocument.Parse($$"""{"any":[{{string.Join(',', Enumerable.Repeat("""{"fact":"city","op":"=","value":"x"}""", 60))}}]}""").RootElement).Problem.ShouldNotBeNull();
}

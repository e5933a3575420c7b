using Courier.Kernel.Data;
using Courier.Kernel;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Lanes;
using Courier.Services.Parcels;
using Courier.Testing;
using Courier.WechatGateway.Replies;

namespace Courier.Gateway.Tests.Replying;

/// <summary>A simulated delay, from the carrier's silence to the follower's phone, and what the follower answers. The promise ends forty hours after the start.</summary>
public sealed class HearingOfLateness : IAsyncLifetime
{
    private static int _serial = 31_000;

    private readonly GatewayApp _gateway = new();
    private readonly string _waybill = Own(++_serial);
    private DateTimeOffset _promised;
    private string _person = "";

    private CourierApp App => _gateway.App;

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        await Learn();
        _promised = App.Clock.GetUtcNow().AddHours(40);
        await Register(_waybill, _promised);
        _person = await App.AddFollower(Pushes.Official);
        (await App.Say(_person, $"{_waybill} 2222")).ShouldContain(_waybill);
        await Scan("picked_up", "departed");
    }

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Whoever_follows_is_told_before_the_promise_is_over_once_and_may_go_on_waiting()
    {
        var warning = await Warned();
        App.Clock.GetUtcNow().ShouldBeLessThan(_promised);
        warning.ShouldContain(_waybill);
        warning.ShouldContain("1　继续等");
        (await Says("1")).ShouldContain($"继续盯着 {_waybill}");
        (await Says("1")).ShouldContain("收件人", Case.Sensitive, "answered, 1 means again what it always means");
        await Forward(_promised.AddHours(2));
        (await Warnings()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("1", (int)LateChoice.Wait)]
    [InlineData("回复1", (int)LateChoice.Wait)]
    [InlineData("选1", (int)LateChoice.Wait)]
    [InlineData("1、", (int)LateChoice.Wait)]
    [InlineData("1）", (int)LateChoice.Wait)]
    [InlineData("1，谢谢", (int)LateChoice.Wait)]
    [InlineData("1 继续等", (int)LateChoice.Wait)]
    [InlineData("继续等，谢谢", (int)LateChoice.Wait)]
    [InlineData("等吧", (int)LateChoice.Wait)]
    [InlineData("繼續等", (int)LateChoice.Wait)]
    [InlineData("选2", (int)LateChoice.Person)]
    [InlineData("2 找人工", (int)LateChoice.Person)]
    [InlineData("我选3", (int)LateChoice.RefundRule)]
    [InlineData("1 找人工", null)]
    [InlineData("1 CY1234567890128", null)]
    [InlineData("5", null)]
    [InlineData("等多久", null)]
    public void A_choice_is_read_as_people_send_it(string words, int? choice) => ((int?)WarningChoices.Read(Ask.Plain(words))).ShouldBe(choice);

    [Fact]
    public async Task A_choice_with_a_word_of_thanks_is_taken()
    {
        await Warned();
        (await Says("选1，谢谢")).ShouldContain($"继续盯着 {_waybill}");
    }

    [Fact]
    public async Task While_a_warning_waits_for_its_numbers_another_parcels_answer_offers_a_word_instead()
    {
        var other = Own(++_serial);
        await Register(other, App.Clock.GetUtcNow().AddDays(9));
        await Warned();
        (await Says($"{other} 2222")).ShouldEndWith("回复“核对收寄方”可核对收寄方信息");
        (await Says("核对收寄方")).ShouldContain(other);
        (await Says("1")).ShouldContain($"继续盯着 {_waybill}");
        (await Says(other)).ShouldEndWith("回复“1”可核对收寄方信息");
    }

    [Fact]
    public async Task A_person_gets_the_parcel_along_with_the_wish()
    {
        await Warned();
        (await Says("2")).ShouldMatch(@"C\d{8}-\d+");
        var topic = await App.Get<Db>().First<string>("select topic from conversations_conversations");
        topic!.ShouldStartWith($"预计晚到：{_waybill} 运输中（杭州萧山转运中心）");
        (await Says("有人吗")).ShouldBeEmpty("the bot is silent now");
    }

    [Fact]
    public async Task The_rule_is_told_in_words_and_the_other_choices_stay_for_a_day()
    {
        await Warned();
        (await Says("赔付规则")).ShouldContain("彻底延误");
        (await Says("3")).ShouldContain("12305");
        (await Says("继续等")).ShouldContain("继续盯着");
        (await Says("3")).ShouldContain("12305", Case.Sensitive, "the list still stands in the chat");
        App.Clock.Advance(TimeSpan.FromHours(25));
        (await Says("3")).ShouldNotContain("12305");
    }

    [Fact]
    public async Task Who_chose_to_wait_may_still_ask_for_a_person_or_the_rule()
    {
        await Warned();
        (await Says("1")).ShouldContain("继续盯着");
        (await Says("3")).ShouldContain("彻底延误");
        (await App.Get<Db>().First<string>("select choice from parcels_warnings")).ShouldBe("wait", "who reads the rule still waits");
        (await Says("2")).ShouldMatch(@"C\d{8}-\d+");
        (await App.Get<Db>().First<string>("select topic from conversations_conversations"))!.ShouldStartWith($"预计晚到：{_waybill}");
    }

    [Fact]
    public async Task The_recipient_may_have_it_brought_another_way_step_back_and_take_it_back()
    {
        var customer = await App.Get<Db>().First<string>("select customer_id from parcels_followers");
        await BindPhone.Execute(App.Get<Db>(), App.Get<DataKeys>(), App.Clock, CustomerId.Parse(customer!), Phone.Parse("13800002222"), PhoneSource.Sms, default);
        (await Warned()).ShouldContain("4　改派：换个时间、地址，或放快递柜、驿站");
        var ways = await Says("4");
        ways.ShouldStartWith($"{_waybill} 想怎么改？\n1. 换个时间送\n2. 暂存在网点");
        (await Says("2")).ShouldContain("暂存在网点、先不派送吗");
        (await Says("返回")).ShouldBe(ways);
        (await Says("返回")).ShouldStartWith("您可以回复：\n1　继续等");
        (await Says("4")).ShouldBe(ways);
        (await Says("2")).ShouldContain("先不派送吗");
        (await Says("是")).ShouldStartWith($"已通知网点：{_waybill} 暂存在网点");
        (await App.Get<Db>().First<string>("select choice from parcels_warnings")).ShouldBe("redirect");
        (await Says("撤回")).ShouldStartWith($"已撤回：{_waybill}");
        (await Says("1")).ShouldContain($"继续盯着 {_waybill}", Case.Sensitive, "the question is open again");
    }

    [Fact]
    public async Task Who_only_follows_is_offered_no_other_way()
    {
        (await Warned()).ShouldNotContain("改派");
        (await Says("改派")).ShouldStartWith("没有找到寄给您的");
    }

    [Fact]
    public async Task Without_a_warning_the_numbers_mean_what_they_always_mean()
    {
        (await Says("2")).ShouldContain("运单号");
        (await Says("赔付规则")).ShouldNotContain("回复“2”找人工登记");
    }

    [Fact]
    public async Task The_tracking_answer_says_when_it_comes_and_in_the_end_why_it_does_not()
    {
        (await Says(_waybill)).ShouldContain("\n预计");
        await Forward(App.Clock.GetUtcNow().AddHours(33));
        var stuck = await Says(_waybill);
        stuck.ShouldContain("承诺");
        stuck.ShouldContain("晚于承诺");
        stuck.ShouldContain("在长途干线上");
        stuck.ShouldMatch("最近一次扫描：.+（杭州萧山转运中心）；这一步一般 .+，通常最晚.+ \\d\\d:00 前会有新进展");
    }

    [Fact]
    public async Task Who_asks_for_a_parcel_that_will_be_late_gets_the_choices_of_the_warning()
    {
        await Forward(App.Clock.GetUtcNow().AddHours(33));
        var other = await App.AddFollower(Pushes.Official);
        (await App.Say(other, _waybill)).ShouldNotContain("赔付规则", Case.Sensitive, "who may not see it is not asked about it");
        var late = await App.Say(other, "2222");
        late.ShouldContain("会晚于承诺");
        late.ShouldEndWith("您可以回复：\n1　继续等，有变化马上告诉您\n2　找人工\n3　看赔付规则");
        (await App.Say(other, "3")).ShouldContain("彻底延误");
        (await App.Say(other, "1")).ShouldContain($"继续盯着 {_waybill}");
        (await App.Say(other, _waybill)).ShouldEndWith("回复“1”可核对收寄方信息");
        (await App.Say(other, "1")).ShouldContain("收件人");
    }

    [Fact]
    public async Task A_parcel_is_shared_and_taken_back_by_word()
    {
        var answer = await Says($"分享 {_waybill}");
        var path = new Uri(answer.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).AbsolutePath;
        (await App.Http.GetStringAsync(path)).ShouldContain("运输中");
        (await Says("分享")).ShouldContain(path, Case.Sensitive, "the one asked for last");
        (await Says("把快递分享给朋友")).ShouldContain(path);
        (await Says("分享我的快递")).ShouldContain(path);
        (await Says("我的件为什么一直在杭州")).ShouldStartWith($"【运输中】{_waybill}");
        (await Says("我一直在等快递")).ShouldNotContain(_waybill);
        (await Says("取消分享")).ShouldBe("分享链接已取消，别人打不开了。");
        using var gone = await App.Http.GetAsync(path);
        gone.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await Says($"取消分享 {_waybill}")).ShouldBe("现在没有有效的分享链接。");
        (await Says($"分享 {Own(999_999)}")).ShouldContain("暂时不能分享");
    }

    private static string Own(int serial)
    {
        var digits = serial.ToString("d12", System.Globalization.CultureInfo.InvariantCulture);
        return "CY" + digits + CheckDigits.Luhn(digits);
    }

    private Task<string> Says(string text) => App.Say(_person, text);

    private async Task<string> Warned()
    {
        await Forward(_promised, until: async () => (await Warnings()).Count > 0);
        return (await Warnings()).ShouldHaveSingleItem();
    }

    private async Task<IReadOnlyList<string>> Warnings() => [.. (await App.InboxOf(_person)).Select(i => i.Raw).Where(r => r.Contains("可能赶不上承诺", StringComparison.Ordinal) || r.Contains("可能晚到", StringComparison.Ordinal)).Select(r => System.Text.RegularExpressions.Regex.Unescape(r))];

    private async Task Forward(DateTimeOffset end, Func<Task<bool>>? until = null)
    {
        while (App.Clock.GetUtcNow() < end)
        {
            App.Clock.Advance(TimeSpan.FromMinutes(30));
            await App.Settle();
            if (until is not null && await until()) return;
        }
    }

    private async Task Register(string waybill, DateTimeOffset promised)
    {
        var party = new PartyReport { Name = "李雷", Phone = "13800002222", Province = "上海市", City = "上海市", District = "浦东新区", Detail = "世纪大道 2 号" };
        var report = new WaybillReport
        {
            Waybill = waybill, Product = "standard", PromisedBy = promised.ToString("yyyy-MM-ddTHH:mm:sszzz"), Recipient = party,
            Sender = party with { Name = "王小明", Phone = "13700001111", Province = "浙江省", City = "杭州市", District = "西湖区", Detail = "文三路 1 号" },
        };
        (await RegisterWaybills.Execute(App.Get<Db>(), App.Get<DataKeys>(), App.Clock, "demo", [report], default)).Accepted.ShouldBe(1);
    }

    private async Task Scan(params string[] codes)
    {
        foreach (var code in codes)
            (await RecordRoutes.Execute(App.Get<Db>(), App.Clock, "demo",
            [
                new RouteReport
                {
                    Id = $"{_waybill}-{code}", Waybill = _waybill, Code = code, City = "杭州市", Place = "杭州萧山转运中心", Text = "快件已扫描",
                    Time = App.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffzzz"),
                },
            ], default)).Rejected.ShouldBeEmpty();
    }

    // From leaving Hangzhou to the recipient runs took 10 to 50 hours, to the next scan 6 to 66.
    private async Task Learn()
    {
        var lane = new Lane("standard", "浙江省", "杭州市", "上海市", "上海市");
        var start = App.Clock.GetUtcNow().AddDays(-10);
        var runs = Enumerable.Range(0, 100).Select(i => new LaneRunFinished($"{i:x32}", lane,
        [
            new(LaneStage.LeftOrigin, start), new(LaneStage.AtDestination, start.AddHours(i < 90 ? 6 + i / 9.0 : 16 + (i - 89) * 5)), new(LaneStage.Finished, start.AddHours(10 + i * 0.4)),
        ])).ToList();
        await App.Get<Db>().InTransaction(tx => tx.Publish([.. runs]));
        await App.Settle();
        await App.RunJob("lanes.learn");
        App.Clock.Advance(TimeSpan.FromMinutes(6)); // what is held in memory is read again
    }
}

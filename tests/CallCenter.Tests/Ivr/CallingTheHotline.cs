using System.Text.Json.Nodes;
using Courier.CallCenter.Ivr;
using Courier.CallCenter.Voice;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Orders;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Ivr;

/// <summary>The flow that the product brings, as callers go through it.</summary>
public abstract class CallingTheHotline(Hotline hotline)
{
    [Fact]
    public async Task Who_is_known_hears_of_the_own_parcel_before_any_menu()
    {
        var phone = hotline.NewPhone();
        await hotline.Customer(phone);
        await hotline.Parcel(phone, "picked_up", "departed", "arrived", "out_for_delivery");

        var (end, heard) = await hotline.Call(phone, "0");

        heard[0].ShouldBe("您好，欢迎致电快递服务热线。");
        heard[1].ShouldStartWith("您有一件从上海来的快件，正在派送");
        heard[2].ShouldStartWith("查快件请按一");
        end.ShouldBeOfType<FlowEnd.ToQueue>().Queue.ShouldBe("main");
    }

    [Fact]
    public async Task Several_parcels_are_counted_and_what_arrives_next_is_said_first()
    {
        var phone = hotline.NewPhone();
        await hotline.Customer(phone);
        await hotline.Parcel(phone, "picked_up", "out_for_delivery");
        await hotline.Parcel(phone, "picked_up", "departed");
        await hotline.Parcel(phone);

        var (_, heard) = await hotline.Call(phone);

        heard[1].ShouldStartWith("您有几件快件正在途中，一共三件。您有一件从上海来的快件，正在派送");
    }

    [Fact]
    public async Task What_concerns_everybody_or_the_own_parcel_is_said_first()
    {
        var phone = hotline.NewPhone();
        await hotline.Customer(phone);
        await hotline.Parcel(phone, "picked_up", "departed");
        string[] published =
        [
            await Publish("全国停运", "十二月一日停运一天。", Incident.WholeCountry), await Publish("台风预警", "浙江省部分快件延误。", "33"), await Publish("道路封闭", "新疆部分快件延误。", "65"),
        ];
        try
        {
            var told = (await hotline.Call(phone)).Heard[1];
            told.ShouldStartWith("重要通知。");
            told.ShouldContain("台风预警。浙江省部分快件延误。");
            told.ShouldContain("全国停运。十二月一日停运一天。");
            told.ShouldNotContain("道路封闭");
            (await hotline.Call(hotline.NewPhone())).Heard[1].ShouldBe("重要通知。全国停运。十二月一日停运一天。");
        }
        finally
        {
            foreach (var id in published) await WriteIncidents.End(hotline.Db, hotline.App.Clock, hotline.App.Get<IncidentBoard>(), Services.Staff.StaffId.System, id, null, default);
        }
        (await hotline.Call(hotline.NewPhone())).Heard[1].ShouldStartWith("查快件请按一");
    }

    private async Task<string> Publish(string title, string text, string region)
    {
        var draft = new IncidentDraft(title, text, IncidentKind.Weather, IncidentSeverity.Warning, [region], hotline.App.Clock.GetUtcNow(), null);
        var id = await WriteIncidents.Create(hotline.Db, hotline.App.Clock, hotline.App.Get<Divisions>(), Services.Staff.StaffId.System, draft, default);
        await WriteIncidents.Publish(hotline.Db, hotline.App.Clock, hotline.App.Get<IncidentBoard>(), Services.Staff.StaffId.System, id, false, default);
        return id;
    }

    [Fact]
    public async Task A_stranger_must_prove_by_the_tail_and_wrong_ones_are_counted()
    {
        var recipient = hotline.NewPhone();
        var number = await hotline.Parcel(recipient, "picked_up");
        var stranger = hotline.NewPhone();

        var (_, heard) = await hotline.Call(stranger, "1", number.Text[2..] + "#", recipient[^4..]);
        heard.ShouldContain("请输入寄件人或收件人手机号的后四位。");
        heard.ShouldContain(h => h.StartsWith("这件从上海寄到杭州的快件，已经揽收"));

        var wrong = recipient[^4..] == "0000" ? "0001" : "0000";
        for (var i = 0; i < 5; i++) await hotline.Call(stranger, "1", number.Text[2..] + "#", wrong);
        var (_, locked) = await hotline.Call(stranger, "1", number.Text[2..] + "#", recipient[^4..]);
        locked.ShouldContain("试错的次数太多了，请一小时后再查。");
        locked.ShouldNotContain(h => h.Contains("已经揽收"));
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_asked_for_its_tail_like_any_other()
    {
        var (_, unknown) = await hotline.Call(hotline.NewPhone(), "1", Own(999_999_999) + "#", "1234");
        unknown.ShouldContain("请输入寄件人或收件人手机号的后四位。");
        unknown.ShouldContain("没有查到，或者手机号后四位不对。");

        var mistyped = Own(999_999_998)[..^1] + (char)('0' + (Own(999_999_998)[^1] - '0' + 1) % 10);
        (await hotline.Call(hotline.NewPhone(), "1", mistyped + "#")).Heard.ShouldContain("没有这个单号，请核对后再输入。");
    }

    [Fact]
    public async Task The_last_digits_of_the_own_number_are_enough()
    {
        var phone = hotline.NewPhone();
        await hotline.Customer(phone);
        var number = await hotline.Parcel(phone, "picked_up", "departed");

        (await hotline.Call(phone, "1", number.Text[^6..] + "#")).Heard.ShouldContain(h => h.StartsWith("您有一件从上海来的快件，正在运输途中"));
        (await hotline.Call(hotline.NewPhone(), "1", number.Text[^6..] + "#")).Heard.ShouldContain("没有这个单号，请核对后再输入。");
    }

    [Fact]
    public async Task The_result_goes_to_WeChat_or_else_by_short_message()
    {
        var known = hotline.NewPhone();
        var customer = await hotline.Customer(known);
        var number = await hotline.Parcel(known, "picked_up");
        var (_, heard) = await hotline.Call(known, "1", number.Text[2..] + "#", "1");
        heard.ShouldContain("已经发到您的微信。");
        (await hotline.Db.First<long>("select count(*) from notifications_messages where customer = @customer and dedupe_key like 'call:%'", new { customer })).ShouldBe(1);

        var stranger = hotline.NewPhone();
        (await hotline.Call(stranger, "1", number.Text[2..] + "#", known[^4..], "1")).Heard.ShouldContain("已经发到您的手机短信。");
        var sent = JsonNode.Parse(await hotline.App.Http.GetStringAsync("/simulator/sms/" + stranger))!["messages"]!.AsArray();
        sent.ShouldHaveSingleItem()!["text"]!.GetValue<string>().ShouldContain(number.Text);

        (await hotline.Call("01012345678", "1", number.Text[2..] + "#", known[^4..], "1")).Heard.ShouldContain("这个号码收不到短信，没有发出去。");
    }

    [Fact]
    public async Task Complaints_and_wishes_wait_for_people_in_the_customers_conversation()
    {
        var phone = hotline.NewPhone();
        var customer = await hotline.Customer(phone);
        await hotline.Parcel(phone, "picked_up");

        var (_, heard) = await hotline.Call(phone, "3", "2", "4");

        var conversation = (await CurrentConversation.Of(hotline.Db, customer, default))!;
        conversation.Owner.ShouldBe(ConversationOwner.Queue);
        heard.ShouldContain(h => h.StartsWith("已经为您登记，受理编号是"));
        (await hotline.Db.First<string>("select channel from conversations_conversations where id = @Id", conversation)).ShouldBe("phone");
        (await hotline.Db.First<string>("select topic from conversations_conversations where id = @Id", conversation))!.ShouldStartWith("电话投诉：服务态度");
        (await LastContact.Of(hotline.Db, customer, default))!.Number.ShouldBe(conversation.Number);

        (await hotline.Call(phone, "0")).Heard.ShouldContain(h => h.StartsWith("您上次联系的事情还在处理"));
        (await hotline.Call(hotline.NewPhone(), "3", "2", "4")).End.ShouldBeOfType<FlowEnd.ToQueue>().Queue.ShouldBe("complaint");
    }

    [Fact]
    public async Task Who_calls_is_still_answered_where_they_write()
    {
        var phone = hotline.NewPhone();
        var customer = await hotline.Customer(phone);
        await RequestHuman.Execute(hotline.Db, hotline.App.Clock, hotline.App.Get<Services.Calendars.CalendarsOptions>(), customer, new("wechat", "wxdemo0000000001", "o-written"), "包装破了", "first", default);

        await hotline.Call(phone, "3", "2", "2");

        (await hotline.Db.First<string>("select address from conversations_conversations where customer = @customer", new { customer })).ShouldBe("o-written");
    }

    [Fact]
    public async Task Codes_of_lockers_are_told_to_verified_numbers_only()
    {
        var phone = hotline.NewPhone();
        await hotline.Customer(phone);
        await hotline.Parcel(phone, "picked_up", "in_locker:已放入快递柜，取件码458213");

        (await hotline.Call(phone, "4")).Heard.ShouldContain(h => h.Contains("取件码四五八二幺三"));
        (await hotline.Call(hotline.NewPhone(), "4")).Heard.ShouldContain(h => h.StartsWith("取件码只能告诉手机号已经验证的客户"));
    }

    [Fact]
    public async Task A_price_is_told_by_weight_and_area_code()
    {
        var (_, heard) = await hotline.Call(hotline.NewPhone(), "2", "1", "3#", "0571#", "021#");

        heard.ShouldContain("请输入寄出城市的电话区号，按井号键结束。");
        heard.ShouldContain(h => h.StartsWith("从上海市寄到杭州市，") && h.Contains("元"));
        (await hotline.Call(hotline.NewPhone(), "2", "1", "3#", "0999#")).Heard.ShouldContain("没有查到这个区号。");
        (await hotline.Call(hotline.NewPhone(), "2", "1", "0#", "021#")).End.ShouldBeOfType<FlowEnd.ToQueue>(); // 0 is a person wherever digits are asked for
    }

    [Fact]
    public async Task A_pickup_is_booked_for_a_known_address_once_a_call()
    {
        var phone = hotline.NewPhone();
        var customer = await hotline.Customer(phone);
        await KeepAddress.Execute(hotline.Db, hotline.Keys, hotline.App.Clock, customer,
            new ContactAddress("韩梅梅", Phone.Parse(phone), null, new PostalAddress("浙江省", "杭州市", "西湖区", "", "文三路 1 号")), null, true, false, default);
        await KeepAddress.Execute(hotline.Db, hotline.Keys, hotline.App.Clock, customer,
            new ContactAddress("李雷", Phone.Parse("13800002222"), null, new PostalAddress("上海市", "上海市", "浦东新区", "", "世纪大道 2 号")), null, false, false, default);

        var (_, heard) = await hotline.Call(phone, "2", "2", "1", "1", "2#", "1");

        heard.ShouldContain(h => h.StartsWith("请选择收件人。寄给上海市李雷，请按一"));
        heard.ShouldContain(h => h.StartsWith("请选择上门时间。"));
        heard.ShouldContain(h => h.StartsWith("请确认。") && h.Contains("两公斤"));
        heard.ShouldContain(h => h.StartsWith("预约成功，订单号是"));
        (await hotline.Db.First<long>("select count(*) from orders_orders where customer_id = @customer", new { customer })).ShouldBe(1);
        (await hotline.Call(hotline.NewPhone(), "2", "2")).Heard.ShouldContain(h => h.StartsWith("电话预约只为手机号已经验证"));
    }

    [Fact]
    public async Task After_hours_there_is_a_message_or_a_call_back()
    {
        var local = Services.Calendars.ChinaTime.In(hotline.App.Clock.GetUtcNow());
        hotline.App.Clock.Advance(TimeSpan.FromHours(23.5) - local.TimeOfDay);

        (await hotline.Call(hotline.NewPhone(), "5")).Heard.ShouldContain(h => h.StartsWith("现在不在人工服务时间，下次服务时间是明天八点"));
        (await hotline.Call(hotline.NewPhone(), "0", "1")).End.ShouldBe(new FlowEnd.ToVoicemail("main", null));
        (await hotline.Call(hotline.NewPhone(), "0", "2")).End.ShouldBeOfType<FlowEnd.CallBack>().Place.Queue.ShouldBe("main");
        hotline.App.Clock.Advance(TimeSpan.FromHours(10)); // the others call by day
    }

    [Fact]
    public async Task Who_presses_nothing_is_asked_three_times_and_comes_to_a_person()
    {
        var (end, heard) = await hotline.Call(hotline.NewPhone(), "", "8", "");

        heard.ShouldContain("没有听到您的按键。");
        heard.ShouldContain("没有这个选项，请重新选择。");
        heard.Count(h => h.StartsWith("查快件请按一")).ShouldBe(3);
        end.ShouldBeOfType<FlowEnd.ToQueue>();
    }

    [Fact]
    public async Task Hash_says_it_again_star_begins_anew_and_who_knows_the_way_need_not_listen()
    {
        var (_, heard) = await hotline.Call(hotline.NewPhone(), "#", "2", "*", "321");

        heard.Count(h => h.StartsWith("查快件请按一")).ShouldBe(3);
        heard.ShouldNotContain(h => h.StartsWith("快件晚到请按一"));
    }

    [Fact]
    public async Task Nodes_are_counted_where_callers_go_on_and_where_they_hang_up()
    {
        var day = Services.Calendars.ChinaTime.Day(hotline.App.Clock.GetUtcNow());
        await hotline.App.Get<NodeCounts>().Flush(default);
        var before = await At("send_menu");

        await hotline.Call(hotline.NewPhone(), "2");
        await hotline.Call(hotline.NewPhone(), "2", "*");
        await hotline.App.Get<NodeCounts>().Flush(default);

        var after = await At("send_menu");
        (after.Entered - before.Entered, after.WentOn - before.WentOn, after.HungUp - before.HungUp).ShouldBe((2, 1, 1));

        async Task<(long Entered, long WentOn, long HungUp)> At(string node) =>
            (await NodeReport.Of(hotline.Db, "main", 1, day, day, default)).SingleOrDefault(r => r.Node == node) is { } r ? (r.Entered, r.WentOn, r.HungUp) : default;
    }

    [Fact]
    public async Task The_survey_keeps_one_score_a_call()
    {
        using var caller = new ScriptedCaller(await hotline.App.Get<Prompts>().Current(default), ScriptedCaller.Call(hotline.App.Clock, hotline.NewPhone()), ["9", "4"]);

        await hotline.App.Get<Flows>().RunSurvey(caller, default);

        (await CallScores.Of(hotline.Db, caller.Facts.CallId, default)).ShouldBe(4);
        caller.Heard[^1].ShouldBe("感谢您的评价，再见。");
        await CallScores.Keep(hotline.Db, caller.Facts, 1, default);
        (await CallScores.Of(hotline.Db, caller.Facts.CallId, default)).ShouldBe(4);
        (await CallScores.Of(hotline.Db, Ids.New(hotline.App.Clock), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_hotline_without_its_flow_brings_callers_to_a_person()
    {
        var (end, heard) = await hotline.Call("nowhere", hotline.NewPhone(), []);

        end.ShouldBeOfType<FlowEnd.ToQueue>().Queue.ShouldBe("main");
        heard.ShouldBe(["正在为您转人工服务。"]);
    }

    private static string Own(long serial)
    {
        var digits = serial.ToString("d12", System.Globalization.CultureInfo.InvariantCulture);
        return digits + CheckDigits.Luhn(digits);
    }
}

public sealed class CallingTheHotlineOnSqlite(HotlineOnSqlite hotline) : CallingTheHotline(hotline), IClassFixture<HotlineOnSqlite>;

public sealed class CallingTheHotlineOnMariaDb(HotlineOnMariaDb hotline) : CallingTheHotline(hotline), IClassFixture<HotlineOnMariaDb>;

using System.Globalization;
using Courier.Kernel.Data;
using Courier.Services.Notifications;
using Courier.Services.Parcels;

namespace Courier.Services.Tests.Notifications;

public sealed class WhatFollowersRead
{
    private static readonly ParcelTemplateKeys Keys = new();

    public static TheoryData<ParcelStatus> Statuses => [.. Enum.GetValues<ParcelStatus>()];

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_status_has_a_text_and_values_that_WeChat_takes(ParcelStatus status)
    {
        var change = Change(status) with { Reason = "收件人电话 13812345678 无法接通，" + new string('长', 300), Text = "取件码 👨‍👩‍👧 24-4-3882，" + new string('长', 300) };
        var text = ParcelNotice.Text(change);
        text.ShouldContain("CR1234567890128");
        text.ShouldNotContain("13812345678");
        System.Text.Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(2048);
        var values = ParcelNotice.Template(change, Keys);
        values.Keys.ShouldBe(["character_string1", "phrase2", "time3", "thing4", "thing5"], ignoreOrder: true);
        values.Values.ShouldAllBe(v => v.Length > 0 && !v.Contains('\n') && !v.Contains("13812345678"));
        new StringInfo(values["phrase2"]).LengthInTextElements.ShouldBeLessThanOrEqualTo(5);
        values["phrase2"].ShouldNotEndWith("…");
    }

    [Fact]
    public void A_parcel_in_a_locker_tells_how_to_get_it() =>
        ParcelNotice.Text(Change(ParcelStatus.InLocker) with { Place = "近江时代大厦快递柜", Text = "取件码 2443，联系 13812345678" })
            .ShouldBe("您的快件 CR1234567890128 已存入杭州市近江时代大厦快递柜，请及时取走。\n取件提示：取件码 2443，联系 138****5678\n时间：11月22日 09:30");

    [Theory]
    [InlineData("经收件人同意，快件已放入【近江时代大厦大堂快递柜】，请凭取件码38291047领取", "取件码38291047 近江时代大厦大堂快递柜")]
    [InlineData("快件已到驿站，取件码：8-2-3391，请尽快领取", "取件码8-2-3391 近江时代大厦大堂快递柜")]
    [InlineData("快件已放入快递柜，请尽快领取", "快件已放入快递柜，请尽快领取")]
    public void The_note_of_a_template_begins_with_the_code_to_take_the_parcel_with(string text, string note)
    {
        var change = Change(ParcelStatus.InLocker) with { Place = "近江时代大厦大堂快递柜", Text = text, Reason = text.Contains('码') ? "柜内代收" : null };
        ParcelNotice.Template(change, Keys)["thing5"].ShouldBe(note);
    }

    [Fact]
    public void A_failed_delivery_tells_why_and_what_to_do() =>
        ParcelNotice.Text(Change(ParcelStatus.DeliveryFailed) with { Reason = "无人在家。" })
            .ShouldBe("您的快件 CR1234567890128 这次没有派送成功。\n原因：无人在家。\n想改时间或改地址，请回复“人工”。\n时间：11月22日 09:30");

    [Fact]
    public void A_place_that_begins_with_its_city_does_not_say_it_twice()
    {
        ParcelNotice.Text(Change(ParcelStatus.PickedUp) with { Place = "杭州近江营业点" }).ShouldStartWith("您的快件 CR1234567890128 已由杭州近江营业点揽收。");
        ParcelNotice.Text(Change(ParcelStatus.PickedUp) with { Place = "", City = "" }).ShouldStartWith("您的快件 CR1234567890128 已揽收。");
    }

    [Fact]
    public void The_values_are_named_as_the_account_has_them()
    {
        var values = ParcelNotice.Template(Change(ParcelStatus.Signed), new ParcelTemplateKeys { Waybill = "character_string9", Place = "" });
        values["character_string9"].ShouldBe("CR1234567890128");
        values["time3"].ShouldBe("2026-11-22 09:30");
        values.Keys.ShouldNotContain("thing4");
    }

    [Fact]
    public void A_status_that_does_not_exist_is_a_wrong_setting()
    {
        new NotificationsOptions { PushedStatuses = "signed,flown" }.Problems().Single().ShouldContain("flown");
        new NotificationsOptions { QuietHours = "22-7" }.Problems().ShouldNotBeEmpty();
        new NotificationsOptions().Problems().ShouldBeEmpty();
    }

    [Fact]
    public void What_must_be_pushed_is_pushed_by_default() =>
        new NotificationsOptions().Pushed().Select(EnumText<ParcelStatus>.Of).ShouldBe(
            ["picked_up", "out_for_delivery", "in_locker", "in_station", "signed", "delivery_failed", "held", "returning"], ignoreOrder: true);

    private static ParcelStatusChanged Change(ParcelStatus to) => new(
        "p", WaybillNumber.Parse("CR1234567890128"), ParcelStatus.Departed, to, new DateTimeOffset(2026, 11, 22, 1, 30, 0, TimeSpan.Zero), "杭州市", "近江营业点", "", null, 3);
}

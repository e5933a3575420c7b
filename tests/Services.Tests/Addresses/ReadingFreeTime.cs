using System.Globalization;
using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

public sealed class ReadingFreeTime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("请凭取件码40213377到丰巢柜取中通包裹，18小时内免费", "11-24 04:00")]
    [InlineData("取件码123456，免费保管24小时，请及时领取", "11-24 10:00")]
    [InlineData("取件码123456，免费存放时间为2天", "11-25 10:00")]
    [InlineData("取件码8-2-3012，三天内免费，逾期收费", "11-26 10:00")]
    [InlineData("取件码8-2-3012，超过48小时将收取保管费", "11-25 10:00")]
    [InlineData("取件码8-2-3012已到店，超12小时后收费0.5元", "11-23 22:00")]
    [InlineData("取件码8-2-3012，请于今日20:00前取件，超时收费", "11-23 20:00")]
    [InlineData("取件码8-2-3012，请于明天下午6点前领取，逾期退回", "11-24 18:00")]
    [InlineData("取件码8-2-3012，免费保管至11月25日18:30", "11-25 18:30")]
    [InlineData("取件码8-2-3012，2026-11-25前取件免费", "11-26 00:00")]
    [InlineData("取件码8-2-3012，11月24日21点后收费", "11-24 21:00")]
    [InlineData("取件码８－２－３０１２，１８小时内免费", "11-24 04:00")]
    [InlineData("您的包裹已在柜中存放超过18小时，产生保管费0.5元，取件码8-2-3012", "11-23 10:00")]
    [InlineData("取件码8-2-3012，免费保管时间已到期", "11-23 10:00")]
    [InlineData("取件码8-2-3012，6月2日18:00前取件，超时收费", "")]
    [InlineData("取件码8-2-3012，营业时间8:00-20:00，请在20:00前取件", "")]
    [InlineData("取件码8-2-3012，请及时领取", "")]
    [InlineData("", "")]
    public void It_is_read_as_people_would(string text, string until) =>
        (FreeTime.Until(text, Now)?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "").ShouldBe(until);

    [Theory]
    [InlineData("您的快递YT8800000000001已到幸福路店，取货码13-4-3448，谢谢合作！", "YT8800000000001")]
    [InlineData("取件码3-3-6020，运单号：7731234567890，地址幸福路1号", "7731234567890")]
    [InlineData("取件码3-3-6020，单号 sf1234567890123", "SF1234567890123")]
    [InlineData("取件码3-3-6020，到妈妈驿站领取运单尾号6017包裹，电话13800001111", "")]
    [InlineData("取件码83442190，请及时领取", "")]
    [InlineData("取件码8-2-3012、8-2-3015，单号YT8800000000001", "")]
    public void The_waybill_is_read_where_it_stands_in_full(string text, string waybill) => PickupText.Read(text)!.Waybill.ShouldBe(waybill);
}

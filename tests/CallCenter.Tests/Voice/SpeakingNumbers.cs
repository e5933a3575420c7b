using Courier.CallCenter.Voice;

namespace Courier.CallCenter.Tests.Voice;

public sealed class SpeakingNumbers
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(0, "零")]
    [InlineData(2, "二")]
    [InlineData(10, "十")]
    [InlineData(12, "十二")]
    [InlineData(20, "二十")]
    [InlineData(22, "二十二")]
    [InlineData(100, "一百")]
    [InlineData(102, "一百零二")]
    [InlineData(110, "一百一十")]
    [InlineData(112, "一百一十二")]
    [InlineData(200, "两百")]
    [InlineData(1002, "一千零二")]
    [InlineData(1010, "一千零一十")]
    [InlineData(1200, "一千二百")]
    [InlineData(2222, "两千二百二十二")]
    [InlineData(10_000, "一万")]
    [InlineData(10_005, "一万零五")]
    [InlineData(20_000, "两万")]
    [InlineData(22_000, "两万两千")]
    [InlineData(100_010, "十万零一十")]
    [InlineData(120_000, "十二万")]
    [InlineData(1_000_000, "一百万")]
    [InlineData(10_050_000, "一千零五万")]
    [InlineData(100_000_000, "一亿")]
    [InlineData(200_000_002, "两亿零二")]
    [InlineData(123_456_789, "一亿两千三百四十五万六千七百八十九")]
    [InlineData(-3, "负三")]
    public void Numbers_are_written_out(long number, string spoken) => Spoken.Number(number).ShouldBe(spoken);

    [Theory]
    [InlineData(1, "件", "一件")]
    [InlineData(2, "件", "两件")]
    [InlineData(12, "位", "十二位")]
    [InlineData(22, "天", "二十二天")]
    public void Two_of_something_is_another_word(long number, string measure, string spoken) => Spoken.Count(number, measure).ShouldBe(spoken);

    [Fact]
    public void Digits_are_told_one_by_one()
    {
        Spoken.Digits("13810102233").ShouldBe("幺三八幺零幺零二二三三");
        Spoken.Tail("1234").ShouldBe("尾号幺二三四");
        Spoken.Waybill("CY0000012345674").ShouldBe("C  Y，零零零零，零幺二三，四五六七四");
        Spoken.Waybill("7312345678").ShouldBe("七三幺二，三四五六，七八");
    }

    [Theory]
    [InlineData(0, "零元")]
    [InlineData(5, "五分")]
    [InlineData(20, "两角")]
    [InlineData(25, "两角五分")]
    [InlineData(200, "两元")]
    [InlineData(205, "两元零五分")]
    [InlineData(1250, "十二元五角")]
    [InlineData(1255, "十二元五角五分")]
    [InlineData(100_000, "一千元")]
    [InlineData(-150, "负一元五角")]
    public void Sums_are_told_in_yuan_jiao_and_fen(long fen, string spoken) => Spoken.Money(fen).ShouldBe(spoken);

    [Theory]
    [InlineData(500, "五百克")]
    [InlineData(1000, "一公斤")]
    [InlineData(1500, "一点五公斤")]
    [InlineData(2000, "两公斤")]
    public void Weights(long grams, string spoken) => Spoken.Weight(grams).ShouldBe(spoken);

    [Theory]
    [InlineData(4, "十米")]
    [InlineData(345, "三百五十米")]
    [InlineData(1500, "一点五公里")]
    [InlineData(2040, "两公里")]
    public void Distances(double metres, string spoken) => Spoken.Distance(metres).ShouldBe(spoken);

    [Theory]
    [InlineData(20, "一分钟")]
    [InlineData(120, "两分钟")]
    [InlineData(4800, "一小时二十分钟")]
    [InlineData(7200, "两小时")]
    [InlineData(3 * 86_400, "三天")]
    public void Lengths(int seconds, string spoken) => Spoken.Length(TimeSpan.FromSeconds(seconds)).ShouldBe(spoken);

    [Theory]
    [InlineData(-1, 9, 5, "昨天九点零五分")]
    [InlineData(0, 18, 0, "今天十八点")]
    [InlineData(1, 2, 30, "明天两点半")]
    [InlineData(2, 14, 20, "后天十四点二十分")]
    [InlineData(3, 8, 0, "十一月二十五号八点")]
    [InlineData(60, 8, 0, "二零二七年一月二十一号八点")]
    public void Moments_are_told_from_today(int days, int hour, int minute, string spoken) =>
        Spoken.When(new DateTimeOffset(2026, 11, 22, hour, minute, 0, TimeSpan.FromHours(8)).AddDays(days), Now).ShouldBe(spoken);

    [Fact]
    public void Ends_and_windows_are_told()
    {
        Spoken.Before(Now.AddHours(8), Now).ShouldBe("今天十八点前");
        Spoken.Before(Now.AddHours(14), Now).ShouldBe("今天内");
        Spoken.Slot(Now.AddHours(23), Now.AddHours(25), Now).ShouldBe("明天九点到十一点");
        Spoken.Roughly(Now.AddDays(1), Now).ShouldBe("明天上午");
        Spoken.Roughly(Now.AddHours(4), Now).ShouldBe("今天下午");
    }

    [Theory]
    [InlineData("预计11月24日 08:00 前", "预计十一月二十四号 八点 前")]
    [InlineData("运费12.50元", "运费十二元五角")]
    [InlineData("约3.5公里", "约三点五公里")]
    [InlineData("取件码 456789", "取件码 四五六七八九")]
    [InlineData("共20件", "共二十件")]
    [InlineData("请拨打95300", "请拨打九五三零零")]
    [InlineData("【通知】台风\n停运", "，通知，台风，停运")]
    public void Written_texts_are_told(string written, string spoken) => Spoken.Text(written).ShouldBe(spoken);
}

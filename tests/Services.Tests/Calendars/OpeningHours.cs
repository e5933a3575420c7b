using Courier.Services.Calendars;

namespace Courier.Services.Tests.Calendars;

public sealed class OpeningHours
{
    private static readonly CalendarsOptions Lunch = new() { Hours = "08:00-12:00,13:30-22:00" };

    [Theory]
    [InlineData("00:00-24:00", true)]
    [InlineData("08:00-20:00,20:00-08:00", true)]
    [InlineData("00:00-23:59", false)]
    [InlineData("22:00-07:00", false)]
    [InlineData("", false)]
    public void A_whole_day_leaves_out_no_minute(string text, bool whole) => DailyHours.Parse(text).IsWholeDay.ShouldBe(whole);

    [Theory]
    [InlineData("08:00-22:00")]
    [InlineData("8:00-12:00, 13:30-18:00")]
    [InlineData("22:00-07:00")]
    [InlineData("00:00-24:00")]
    [InlineData("")]
    public void These_are_hours(string text) => DailyHours.TryParse(text, out _).ShouldBeTrue();

    [Theory]
    [InlineData("8-22")]
    [InlineData("08:00")]
    [InlineData("08:00-08:00")]
    [InlineData("08:60-09:00")]
    [InlineData("24:00-08:00")]
    [InlineData("08:00-25:00")]
    [InlineData("08:00-12:00,x")]
    public void These_are_none(string text) => DailyHours.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("07:59", false, "今天 08:00")]
    [InlineData("08:00", true, "")]
    [InlineData("11:59", true, "")]
    [InlineData("12:00", false, "今天 13:30")]
    [InlineData("22:00", false, "明天 08:00")]
    public void The_answer_names_the_next_opening(string time, bool open, string next)
    {
        var state = ServiceHours.At(Lunch, China(time));
        (state.OpenNow, state.NextOpeningText).ShouldBe((open, next));
    }

    [Fact]
    public void Service_without_any_hour_is_a_wrong_setting() => new CalendarsOptions { Hours = "" }.Problems().ShouldNotBeEmpty();

    [Theory]
    [InlineData("22:00-07:00", "21:59", "21:59")]
    [InlineData("22:00-07:00", "22:00", "31:00")]
    [InlineData("22:00-07:00", "03:00", "07:00")]
    [InlineData("22:00-07:00", "07:00", "07:00")]
    [InlineData("22:00-24:00,00:00-06:00", "23:00", "30:00")]
    [InlineData("", "03:00", "03:00")]
    public void What_falls_into_quiet_hours_waits_for_their_end_over_midnight(string quiet, string now, string then) =>
        QuietHours.SendableAt(DailyHours.Parse(quiet), China(now)).ShouldBe(China(then));

    [Fact]
    public void The_hour_is_that_of_China_wherever_the_moment_comes_from() =>
        DailyHours.Parse("08:00-09:00").Contains(new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.Zero)).ShouldBeTrue();

    [Fact]
    public void A_day_further_away_is_named_by_its_date() =>
        ChinaTime.Words(China("00:00").AddDays(2).AddHours(8), China("10:00")).ShouldBe("11月24日 08:00");

    private static DateTimeOffset China(string time)
    {
        var parts = time.Split(':');
        return new DateTimeOffset(2026, 11, 22, 0, 0, 0, ChinaTime.Offset).AddHours(int.Parse(parts[0], null)).AddMinutes(int.Parse(parts[1], null));
    }
}

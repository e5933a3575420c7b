namespace Courier.CallCenter.Routing;

/// <summary>
/// What one caller is told about the place and the wait, again and again. A number that has risen since it was last said (somebody with a
/// head start came in between, an agent went to lunch) is left out rather than said.
/// </summary>
internal sealed class PlaceWords
{
    private int _place = int.MaxValue, _minutes = int.MaxValue;

    /// <summary>The next announcement.</summary>
    /// <param name="place">1 for who is served next.</param>
    /// <param name="wait">How long it will probably take; null when nobody can say.</param>
    public string Next(int place, TimeSpan? wait)
    {
        if (place > _place) return Texts.StillBusy;
        _place = place;
        if (place <= 1) return Texts.NextInLine;
        if (wait is not { } length || Minutes(length) is var minutes && minutes > _minutes) return $"{Texts.Ahead(place - 1)}，请您继续等候。";
        _minutes = minutes;
        return $"{Texts.Ahead(place - 1)}，{Texts.Wait(minutes)}。";
    }

    /// <summary>Minutes as people say them: 1 for less than two, whole ones to ten, then fives, 31 for more than half an hour.</summary>
    public static int Minutes(TimeSpan wait) => wait.TotalMinutes switch
    {
        < 2 => 1,
        <= 10 => (int)Math.Ceiling(wait.TotalMinutes),
        <= 30 => (int)Math.Ceiling(wait.TotalMinutes / 5) * 5,
        _ => 31,
    };
}

namespace Courier.Simulator.Network;

/// <summary>
/// Plans how a parcel travels: over its outlet and hubs to the outlet of the recipient, then the ending that fate chose.
/// The same trip, ending, start and random state give the same plan.
/// </summary>
internal sealed class Journey
{
    readonly Trip _trip;
    readonly Random _random;
    readonly Staff _courier;
    readonly List<Step> _steps = [];
    DateTimeOffset _at;

    Journey(Trip trip, Random random, DateTimeOffset from)
    {
        (_trip, _random, _at) = (trip, random, from);
        _courier = People.Courier(random);
    }

    /// <summary>The whole way from the pickup on.</summary>
    public static IReadOnlyList<Step> Plan(Trip trip, Outcome outcome, Random random, DateTimeOffset from)
    {
        var journey = new Journey(trip, random, from);
        if (outcome != Outcome.Cancelled) journey.PickUp();
        if (outcome is not (Outcome.Cancelled or Outcome.Lost)) journey.Travel();
        journey.End(outcome);
        return journey._steps;
    }

    /// <summary>What is left after the parcel reached the recipient's outlet, or wherever it was when fate was changed.</summary>
    public static IReadOnlyList<Step> Ending(Trip trip, Outcome outcome, Random random, DateTimeOffset from)
    {
        var journey = new Journey(trip, random, from);
        journey.End(outcome);
        return journey._steps;
    }

    void PickUp()
    {
        var staff = People.Courier(_random);
        var outlet = _trip.FromOutlet.Name;
        Later(0.5, 4).During(9, 19);
        Add(ParcelStage.PickedUp, _trip.From, outlet, RouteTexts.PickedUp(_trip.From.FullName, outlet, staff), staff.Name, weight: _trip.WeightGrams);
        Later(0.5, 3).During(17, 22);
        Add(ParcelStage.Departed, _trip.From, outlet, RouteTexts.LeftOutlet(outlet, _trip.From.Hub));
        Later(0.8, 2);
        Add(ParcelStage.Arrived, _trip.From, _trip.From.Hub, RouteTexts.Arrived(_trip.From.Hub));
    }

    void Travel()
    {
        var at = _trip.From;
        foreach (var next in Stops()) { LineHaul(at, next); at = next; }
        var outlet = _trip.ToOutlet.Name;
        Later(1.5, 4).During(3, 16);
        Add(ParcelStage.Departed, _trip.To, _trip.To.Hub, RouteTexts.Sorted(_trip.To.Hub, outlet));
        Later(0.8, 2.2);
        Add(ParcelStage.Arrived, _trip.To, outlet, RouteTexts.Arrived(outlet));
    }

    /// <summary>Long lines are broken at a hub in the middle of the country that lies roughly on the way.</summary>
    IEnumerable<City> Stops()
    {
        if (_trip.IsLocal) yield break;
        var direct = _trip.From.KilometresTo(_trip.To);
        var middle = new[] { "武汉", "郑州", "西安" }.Select(name => Cities.Find(name)!)
            .Where(city => city != _trip.From && city != _trip.To)
            .MinBy(city => _trip.From.KilometresTo(city) + city.KilometresTo(_trip.To))!;
        if (direct > 1300 && _trip.From.KilometresTo(middle) + middle.KilometresTo(_trip.To) < direct * 1.15) yield return middle;
        yield return _trip.To;
    }

    void LineHaul(City from, City to)
    {
        Later(1.5, 5);
        Add(ParcelStage.Departed, from, from.Hub, RouteTexts.Sorted(from.Hub, to.Hub));
        var hours = 2.5 + from.KilometresTo(to) / 68;
        Later(hours * 0.9, hours * 1.15);
        Add(ParcelStage.Arrived, to, to.Hub, RouteTexts.Arrived(to.Hub));
    }

    void End(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.SignedInPerson: GoOut(); Sign(RouteTexts.SignedInPerson()); break;
            case Outcome.SignedByProxy: GoOut(); Sign(RouteTexts.SignedByProxy(One(RouteTexts.Proxies))); break;
            case Outcome.FetchedFromLocker: GoOut(); Deposit(ParcelStage.InLocker, Lockers.Any(_trip.To, _random)); break;
            case Outcome.FetchedFromStation: GoOut(); Deposit(ParcelStage.InStation, One(RouteTexts.Stations)); break;
            case Outcome.FailedFirst: GoOut(); Fail(); GoOut(again: true); Sign(RouteTexts.SignedInPerson()); break;
            case Outcome.HeldFirst: Hold(One(RouteTexts.HeldReasons)); GoOut(); Sign(RouteTexts.SignedInPerson()); break;
            case Outcome.Redirected: Redirect(); GoOut(); Sign(RouteTexts.SignedInPerson()); break;
            case Outcome.Refused: GoOut(); Refuse(); Return(RouteTexts.Returning(_trip.FromOutlet.Name)); break;
            case Outcome.Undeliverable: GoOut(); Fail(); GoOut(again: true); Fail(); Return(RouteTexts.Undeliverable()); break;
            case Outcome.Damaged: Damage(); Return(RouteTexts.Returning(_trip.FromOutlet.Name)); break;
            case Outcome.Lost: Lose(); break;
            case Outcome.Cancelled: Cancel(); break;
        }
    }

    void GoOut(bool again = false)
    {
        Later(0.4, 1.2).During(8, 17);
        var text = again ? RouteTexts.OutAgain(_trip.To.FullName, _courier) : RouteTexts.OutForDelivery(_trip.To.FullName, _courier);
        Add(ParcelStage.OutForDelivery, _trip.To, _trip.ToOutlet.Name, text, _courier.Name);
    }

    void Sign(string text)
    {
        Later(0.7, 4.5).During(8, 21);
        Add(ParcelStage.Signed, _trip.To, _trip.ToOutlet.Name, text, _courier.Name);
    }

    void Deposit(ParcelStage stage, string place)
    {
        Later(0.7, 4).During(8, 20);
        var text = stage == ParcelStage.InLocker ? RouteTexts.InLocker(place, _courier) : RouteTexts.InStation(place);
        Add(stage, _trip.To, place, text, _courier.Name);
        Later(1, 20).During(7, 22);
        Add(ParcelStage.Signed, _trip.To, place, RouteTexts.Fetched(place));
    }

    void Fail()
    {
        var reason = One(RouteTexts.FailedReasons);
        Later(0.8, 5).During(9, 20);
        Add(ParcelStage.DeliveryFailed, _trip.To, _trip.ToOutlet.Name, RouteTexts.DeliveryFailed(reason, _courier), _courier.Name, reason);
        Later(12, 14);
    }

    void Hold(string reason)
    {
        Later(2, 6);
        Add(ParcelStage.Held, _trip.To, _trip.ToOutlet.Name, RouteTexts.Held(reason), reason: reason);
        Later(20, 50);
    }

    void Redirect()
    {
        var address = $"{_trip.To.FullName}{_trip.ToOutlet.District}{One(RouteTexts.Communities)}";
        Later(0.3, 2);
        Add(ParcelStage.Redirected, _trip.To, _trip.ToOutlet.Name, RouteTexts.Redirected(address));
        Later(3, 10);
    }

    void Refuse()
    {
        Later(0.7, 4).During(9, 20);
        Add(ParcelStage.Refused, _trip.To, _trip.ToOutlet.Name, RouteTexts.Refused(), _courier.Name, "收件人拒收");
    }

    void Return(string text)
    {
        var hours = 6 + 2 * _trip.From.KilometresTo(_trip.To) / 68;
        Later(3, 12);
        Add(ParcelStage.Returning, _trip.To, _trip.ToOutlet.Name, text);
        Later(hours, hours * 1.3).During(9, 20);
        Add(ParcelStage.Returned, _trip.From, _trip.FromOutlet.Name, RouteTexts.Returned());
    }

    void Damage()
    {
        Later(0.3, 1.5);
        Add(ParcelStage.Damaged, _trip.To, _trip.ToOutlet.Name, RouteTexts.Damaged(), reason: "外包装破损");
        Later(10, 30);
    }

    void Lose()
    {
        Later(30, 60);
        Add(ParcelStage.Held, _trip.From, _trip.From.Hub, RouteTexts.Searching(), reason: "未按时到达");
        Later(60, 110).During(9, 18);
        Add(ParcelStage.Lost, _trip.From, _trip.From.Hub, RouteTexts.Lost(), reason: "遗失");
    }

    void Cancel()
    {
        Later(0.2, 3);
        Add(ParcelStage.Cancelled, _trip.From, _trip.FromOutlet.Name, RouteTexts.Cancelled(), reason: "寄件人取消");
    }

    Journey Later(double fromHours, double toHours)
    {
        _at = _at.AddSeconds(Math.Round(3600 * (fromHours + (toHours - fromHours) * _random.NextDouble())));
        return this;
    }

    void During(int fromHour, int toHour) => _at = DayRhythm.Between(_at, fromHour, toHour, _random);

    void Add(ParcelStage stage, City city, string place, string text, string? by = null, string? reason = null, int? weight = null) =>
        _steps.Add(new(stage, _trip.Codes.Code(stage), city.FullName, place, text, _at, by, reason, weight));

    string One(string[] choices) => choices[_random.Next(choices.Length)];
}

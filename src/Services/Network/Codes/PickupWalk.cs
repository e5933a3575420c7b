namespace Courier.Services.Network.Codes;

/// <summary>
/// The order in which somebody fetches what waits: where free time ends first comes first, and what lies near it is fetched on the same way, the nearest
/// first, unless free time is about to end elsewhere. Pure.
/// </summary>
public static class PickupWalk
{
    private const double OnTheWayMeters = 2000;

    private static readonly TimeSpan Soon = TimeSpan.FromHours(3);

    /// <summary>The codes in the order of one walk, with all that waits at a place together.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="places">Our places by their names; those of others have no position that is known.</param>
    /// <param name="now">When the walk begins.</param>
    public static IReadOnlyList<SavedCode> Of(IEnumerable<SavedCode> codes, IReadOnlyDictionary<string, PickupPlace> places, DateTimeOffset now)
    {
        var left = codes.GroupBy(c => c.Place.Length == 0 ? c.Id : c.Place, StringComparer.Ordinal).Select(g => new Stop(g, places.GetValueOrDefault(g.Key)))
            .OrderBy(s => s.Deadline).ThenBy(s => s.Since).ThenBy(s => s.Name, StringComparer.Ordinal).ToList();
        List<SavedCode> walk = [];
        for (PickupPlace? here = null; left.Count > 0;)
        {
            var next = left[0].Deadline <= now + Soon ? left[0] : Nearest(left, here) ?? left[0];
            left.Remove(next);
            walk.AddRange(next.Codes);
            here = next.Place;
        }
        return walk;
    }

    private static Stop? Nearest(List<Stop> stops, PickupPlace? here) => here is null ? null
        : stops.Where(s => s.Place is not null).Select(s => (Stop: s, Meters: Geo.Meters(here.Latitude, here.Longitude, s.Place!.Latitude, s.Place.Longitude)))
            .Where(s => s.Meters <= OnTheWayMeters).OrderBy(s => s.Meters).FirstOrDefault().Stop;

    // What nobody knows the end of comes behind all that has one.
    private static DateTimeOffset DeadlineOf(SavedCode code) => code.FreeUntil ?? DateTimeOffset.MaxValue;

    private sealed class Stop(IGrouping<string, SavedCode> waiting, PickupPlace? place)
    {
        public string Name { get; } = waiting.Key;
        public PickupPlace? Place { get; } = place;
        public DateTimeOffset Deadline { get; } = waiting.Min(DeadlineOf);
        public DateTimeOffset Since { get; } = waiting.Min(c => c.ReceivedAt);
        public IEnumerable<SavedCode> Codes { get; } = waiting.OrderBy(DeadlineOf).ThenBy(c => c.ReceivedAt).ThenBy(c => c.Id, StringComparer.Ordinal);
    }
}

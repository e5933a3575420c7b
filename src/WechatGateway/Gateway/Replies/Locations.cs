using Courier.Kernel.Data;
using Courier.Services.Network;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// A place was sent: the nearest outlets and lockers. A place picked from the menu comes as an event and again as a message;
/// the event is answered, as WeChat shows that answer first, and the message of the same place is not answered again.
/// </summary>
internal sealed class Locations(Db db, NearestPlaces nearest, TimeProvider clock, AnsweredPlaces answered) : IReplyRule
{
    private const int Outlets = 3, Lockers = 3;

    public Task<Reply?> Answer(Ask ask, CancellationToken ct) => ask.Inbound switch
    {
        LocationSelectEvent picked => Place(ask, picked.Point, picked: true, ct),
        LocationMessage sent => Place(ask, sent.Point, picked: false, ct),
        _ => Task.FromResult<Reply?>(null),
    };

    private async Task<Reply?> Place(Ask ask, GeoPoint? point, bool picked, CancellationToken ct)
    {
        if (point is not { } at) return new Reply(Texts.NoPlace);
        if (answered.IsEcho($"{ask.Account.AppId}:{ask.Inbound.OpenId}", at, picked)) return Reply.Silence;
        var outlets = await FindNearest.Execute(db, nearest, clock, at.Latitude, at.Longitude, PlaceKind.Outlet, null, Outlets, ct).ConfigureAwait(false);
        var lockers = await FindNearest.Execute(db, nearest, clock, at.Latitude, at.Longitude, PlaceKind.Locker, null, Lockers, ct).ConfigureAwait(false);
        return new Reply(outlets.Count + lockers.Count == 0 ? Texts.NothingNearby : string.Join("\n\n", outlets.Concat(lockers).Select(Texts.Place)));
    }
}

/// <summary>Places that were answered a moment ago; in memory, a few seconds and a bounded number of them.</summary>
internal sealed class AnsweredPlaces(TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(15);
    private const int Most = 5000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (GeoPoint Point, bool Picked, DateTimeOffset Until)> _places = new(StringComparer.Ordinal);
    private readonly Queue<(string Who, DateTimeOffset Until)> _order = new();

    /// <summary>Is it the second form of a place that was just answered? Otherwise it is kept.</summary>
    public bool IsEcho(string who, GeoPoint point, bool picked)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > Most))
            {
                _order.Dequeue();
                if (_places.TryGetValue(oldest.Who, out var place) && place.Until <= oldest.Until) _places.Remove(oldest.Who);
            }
            if (_places.TryGetValue(who, out var last) && last.Picked != picked && Near(last.Point, point)) return true;
            _places[who] = (point, picked, now + Moment);
            _order.Enqueue((who, now + Moment));
            return false;
        }
    }

    private static bool Near(GeoPoint a, GeoPoint b) => Math.Abs(a.Latitude - b.Latitude) < 0.0005 && Math.Abs(a.Longitude - b.Longitude) < 0.0005;
}

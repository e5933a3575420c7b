using System.Numerics;
using System.Runtime.CompilerServices;

namespace Courier.Services.Network;

/// <summary>What a place can be asked for; all that a question needs must be there.</summary>
[Flags]
internal enum PlaceTraits : byte
{
    None = 0,

    /// <summary>It is there; a place that moved away leaves an empty spot behind.</summary>
    There = 1,
    Outlet = 2,
    Locker = 4,
    FitsSmall = 8,
    FitsMedium = 16,
    FitsLarge = 32,
}

/// <summary>A place as the index holds it.</summary>
internal readonly record struct IndexedPlace(string Code, double Latitude, double Longitude, PlaceTraits Traits)
{
    public PlaceKind Kind => (Traits & PlaceTraits.Locker) != 0 ? PlaceKind.Locker : PlaceKind.Outlet;
}

/// <summary>A place near a point.</summary>
internal readonly record struct NearHit(PlaceKind Kind, string Code, double Meters);

/// <summary>
/// A k-d tree over points on the unit sphere, so that poles and the date line need no care. It lies in plain arrays, halves at the
/// middle, and knows for each branch what at least one of its places offers: a branch that is full is passed over. Where places are
/// never changes here (<see cref="NearestPlaces"/> builds it anew); what they offer does, by one writer at a time, while others read.
/// </summary>
internal sealed class PlaceIndex
{
    private const int LeafSize = 8;

    private readonly double[] _x, _y, _z;
    private readonly PlaceTraits[] _traits;
    private readonly string[] _codes;
    private readonly double[] _splits;
    private readonly byte[] _axes;
    private readonly PlaceTraits[] _offered;
    private readonly Dictionary<(PlaceKind, string), int> _positions;

    public PlaceIndex(IReadOnlyList<IndexedPlace> places)
    {
        var n = places.Count;
        (_x, _y, _z, _traits, _codes) = (new double[n], new double[n], new double[n], new PlaceTraits[n], new string[n]);
        var nodes = 4 * (int)BitOperations.RoundUpToPowerOf2((uint)(n / LeafSize) + 1);
        (_splits, _axes, _offered) = (new double[nodes], new byte[nodes], new PlaceTraits[nodes]);
        _positions = new Dictionary<(PlaceKind, string), int>(n);
        var points = new (double X, double Y, double Z)[n];
        var order = new int[n];
        for (var i = 0; i < n; i++) (points[i], order[i]) = (OnSphere(places[i].Latitude, places[i].Longitude), i);
        Halve(points, order, 1, 0, n);
        for (var at = 0; at < n; at++)
        {
            var place = places[order[at]];
            (_x[at], _y[at], _z[at]) = points[order[at]];
            (_codes[at], _traits[at]) = (place.Code, place.Traits);
            _positions[(place.Kind, place.Code)] = at;
        }
        if (n > 0) Offer(1, 0, n);
    }

    public int Count => _codes.Length;

    public static (double X, double Y, double Z) OnSphere(double latitude, double longitude)
    {
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(latitude));
        var (sinLng, cosLng) = Math.SinCos(double.DegreesToRadians(longitude));
        return (cosLat * cosLng, cosLat * sinLng, sinLat);
    }

    /// <summary>The places nearest to a point that offer all that is needed, the nearest first.</summary>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    /// <param name="needed">What is needed.</param>
    /// <param name="within">Metres.</param>
    /// <param name="hits">Filled from its start; as many as it holds at most.</param>
    /// <returns>How many were found.</returns>
    public int Nearest(double latitude, double longitude, PlaceTraits needed, double within, Span<NearHit> hits)
    {
        if (Count == 0 || hits.IsEmpty) return 0;
        var (x, y, z) = OnSphere(latitude, longitude);
        Span<double> distances = stackalloc double[hits.Length];
        Span<int> positions = stackalloc int[hits.Length];
        var search = new Search(x, y, z, needed | PlaceTraits.There, Geo.SquaredChord(within), distances, positions);
        Visit(ref search, 1, 0, Count);
        for (var i = 0; i < search.Found; i++)
        {
            var at = positions[i];
            hits[i] = new NearHit((_traits[at] & PlaceTraits.Locker) != 0 ? PlaceKind.Locker : PlaceKind.Outlet, _codes[at], Geo.MetersOfChord(distances[i]));
        }
        return search.Found;
    }

    /// <summary>Changes what a place offers, up to the root.</summary>
    /// <returns>False when it is not in the index at this point.</returns>
    public bool Change(IndexedPlace place)
    {
        if (!_positions.TryGetValue((place.Kind, place.Code), out var position)) return false;
        var (x, y, z) = OnSphere(place.Latitude, place.Longitude);
        var isSamePoint = _x[position] == x && _y[position] == y && _z[position] == z;
        Set(position, isSamePoint ? place.Traits : PlaceTraits.None);
        return isSamePoint;
    }

    private void Set(int position, PlaceTraits traits)
    {
        if (_traits[position] == traits) return;
        _traits[position] = traits;
        Span<(int Node, int From, int To)> path = stackalloc (int, int, int)[40];
        var (depth, node, from, to) = (0, 1, 0, Count);
        for (; to - from > LeafSize; depth++)
        {
            path[depth] = (node, from, to);
            var middle = (from + to) >>> 1;
            (node, from, to) = position < middle ? (2 * node, from, middle) : (2 * node + 1, middle, to);
        }
        var offered = PlaceTraits.None;
        for (var i = from; i < to; i++) offered |= _traits[i];
        _offered[node] = offered;
        while (depth-- > 0) _offered[path[depth].Node] = _offered[2 * path[depth].Node] | _offered[2 * path[depth].Node + 1];
    }

    private void Visit(ref Search search, int node, int from, int to)
    {
        if ((_offered[node] & search.Needed) != search.Needed) return;
        if (to - from <= LeafSize)
        {
            Scan(ref search, from, to);
            return;
        }
        var middle = (from + to) >>> 1;
        var beyond = search.On(_axes[node]) - _splits[node];
        if (beyond < 0)
        {
            Visit(ref search, 2 * node, from, middle);
            if (beyond * beyond < search.Worst) Visit(ref search, 2 * node + 1, middle, to);
        }
        else
        {
            Visit(ref search, 2 * node + 1, middle, to);
            if (beyond * beyond <= search.Worst) Visit(ref search, 2 * node, from, middle);
        }
    }

    private void Scan(ref Search search, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if ((_traits[i] & search.Needed) != search.Needed) continue;
            double dx = _x[i] - search.X, dy = _y[i] - search.Y, dz = _z[i] - search.Z;
            search.Take(dx * dx + dy * dy + dz * dz, i);
        }
    }

    private PlaceTraits Offer(int node, int from, int to)
    {
        var offered = PlaceTraits.None;
        if (to - from <= LeafSize) for (var i = from; i < to; i++) offered |= _traits[i];
        else
        {
            var middle = (from + to) >>> 1;
            offered = Offer(2 * node, from, middle) | Offer(2 * node + 1, middle, to);
        }
        return _offered[node] = offered;
    }

    // Splits at the middle of the widest side.
    private void Halve((double X, double Y, double Z)[] points, int[] order, int node, int from, int to)
    {
        if (to - from <= LeafSize) return;
        var axis = Widest(points, order.AsSpan(from, to - from));
        var middle = (from + to) >>> 1;
        SelectMiddle(points, order, axis, from, to - 1, middle);
        (_axes[node], _splits[node]) = (axis, On(points[order[middle]], axis));
        Halve(points, order, 2 * node, from, middle);
        Halve(points, order, 2 * node + 1, middle, to);
    }

    private static byte Widest((double X, double Y, double Z)[] points, ReadOnlySpan<int> order)
    {
        var (low, high) = (points[order[0]], points[order[0]]);
        foreach (var i in order)
        {
            var p = points[i];
            low = (Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
            high = (Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
        }
        var (x, y, z) = (high.X - low.X, high.Y - low.Y, high.Z - low.Z);
        return x >= y && x >= z ? (byte)0 : y >= z ? (byte)1 : (byte)2;
    }

    // Hoare's selection: afterwards all before the middle are not greater, all behind not smaller.
    private static void SelectMiddle((double X, double Y, double Z)[] points, int[] order, byte axis, int low, int high, int middle)
    {
        while (low < high)
        {
            var pivot = On(points[order[(low + high) >>> 1]], axis);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (On(points[order[i]], axis) < pivot) i++;
                while (On(points[order[j]], axis) > pivot) j--;
                if (i > j) break;
                (order[i], order[j]) = (order[j], order[i]);
                i++;
                j--;
            }
            if (middle <= j) high = j;
            else if (middle >= i) low = i;
            else return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double On((double X, double Y, double Z) point, byte axis) => axis == 0 ? point.X : axis == 1 ? point.Y : point.Z;

    // The best so far, sorted; few, so that shifting them is cheaper than a heap.
    private ref struct Search(double x, double y, double z, PlaceTraits needed, double worst, Span<double> distances, Span<int> positions)
    {
        public readonly double X = x, Y = y, Z = z;
        public readonly PlaceTraits Needed = needed;
        public double Worst = worst;
        public int Found = 0;
        private readonly Span<double> _distances = distances;
        private readonly Span<int> _positions = positions;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly double On(byte axis) => axis == 0 ? X : axis == 1 ? Y : Z;

        public void Take(double distance, int position)
        {
            if (distance >= Worst && (Found == _distances.Length || distance > Worst)) return;
            var at = Found < _distances.Length ? Found++ : Found - 1;
            for (; at > 0 && _distances[at - 1] > distance; at--) (_distances[at], _positions[at]) = (_distances[at - 1], _positions[at - 1]);
            (_distances[at], _positions[at]) = (distance, position);
            if (Found == _distances.Length) Worst = _distances[Found - 1];
        }
    }
}

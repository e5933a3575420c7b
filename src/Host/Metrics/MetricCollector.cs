using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Courier.Host.Metrics;

/// <summary>What Prometheus calls a metric's type.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>A metric with its series at one moment.</summary>
internal sealed record MetricSnapshot(string Name, string Help, MetricKind Kind, IReadOnlyList<SeriesSnapshot> Series);

/// <summary>One series: its labels and value; for histograms also the counts per bucket, cumulated, the last one being all.</summary>
internal sealed record SeriesSnapshot(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, IReadOnlyList<(double Limit, long Count)> Buckets, long Count);

/// <summary>Listens to the meters of the product, of ASP.NET and of the runtime, and keeps their sums.</summary>
internal sealed class MetricCollector : IDisposable
{
    private const int MostSeries = 2000;
    private static readonly string[] Meters = ["Courier", "Courier.Media", "Courier.Sip", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();

    public MetricCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name)) listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, i => new Metric(i)));
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>All metrics now. Of instruments with one name (one a host, in tests) the series are put together.</summary>
    public IReadOnlyList<MetricSnapshot> Collect()
    {
        lock (_scrape)
        {
            _listener.RecordObservableInstruments();
            return [.. _metrics.Values.GroupBy(m => m.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Together)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private static MetricSnapshot Together(IGrouping<string, Metric> metrics)
    {
        var first = metrics.First();
        var series = metrics.SelectMany(m => m.Snapshot()).DistinctBy(s => string.Join('\0', s.Labels.Select(l => l.Key + '\u0001' + l.Value)));
        return new MetricSnapshot(first.Name, first.Help, first.Kind, [.. series]);
    }

    /// <summary>One instrument's series.</summary>
    private sealed class Metric(Instrument instrument)
    {
        private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
        private const int MostKnown = 16;
        private static readonly double[] Sizes = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 5000, 10000];

        private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
        private volatile (KeyValuePair<string, object?>[] Tags, Series Series)[] _known = [];
        private readonly bool _observed = instrument.IsObservable;
        private readonly double[] _limits = instrument.Unit == "s" ? Seconds : Sizes;

        public MetricKind Kind { get; } = KindOf(instrument);

        public string Name { get; } = PrometheusText.Name(instrument.Name, instrument.Unit, KindOf(instrument));

        public string Help { get; } = instrument.Description ?? "";

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Known(tags) is { } known)
            {
                known.Add(value, _observed, Kind == MetricKind.Histogram);
                return;
            }
            var labels = PrometheusText.Labels(tags);
            var key = string.Join('\0', labels.Select(l => l.Key + '\u0001' + l.Value));
            if (_series.Count >= MostSeries && !_series.ContainsKey(key)) return; // labels without bounds must not eat the memory
            var series = _series.GetOrAdd(key, static (_, s) => new Series(s.labels, s.limits), (labels, limits: _limits));
            series.Add(value, _observed, Kind == MetricKind.Histogram);
            if (_known.Length < MostKnown) _known = [.. _known, (tags.ToArray(), series)];
        }

        // The first few sets of tags are compared as they come: to write out their text for each measurement would cost more than to count it.
        private Series? Known(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (known, series) in _known)
                if (tags.SequenceEqual(known, SameTag.Instance)) return series;
            return null;
        }

        public IEnumerable<SeriesSnapshot> Snapshot() => _series.Values.Select(s => s.Snapshot());

        private static MetricKind KindOf(Instrument instrument)
        {
            var type = instrument.GetType();
            var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            return generic == typeof(Histogram<>) ? MetricKind.Histogram
                : generic == typeof(Counter<>) || generic == typeof(ObservableCounter<>) ? MetricKind.Counter
                : MetricKind.Gauge;
        }
    }

    private sealed class SameTag : IEqualityComparer<KeyValuePair<string, object?>>
    {
        public static SameTag Instance { get; } = new();

        public bool Equals(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) => x.Key == y.Key && Equals(x.Value, y.Value);

        public int GetHashCode(KeyValuePair<string, object?> tag) => HashCode.Combine(tag.Key, tag.Value);
    }

    /// <summary>The running sums of one set of labels.</summary>
    private sealed class Series(IReadOnlyList<KeyValuePair<string, string>> labels, double[] limits)
    {
        private readonly long[] _counts = new long[limits.Length + 1];
        private readonly Lock _gate = new();
        private double _value;
        private long _count;

        public void Add(double value, bool absolute, bool histogram)
        {
            lock (_gate)
            {
                _value = absolute ? value : _value + value;
                _count++;
                if (histogram) _counts[Bucket(value)]++;
            }
        }

        public SeriesSnapshot Snapshot()
        {
            lock (_gate)
            {
                var buckets = new List<(double, long)>(limits.Length + 1);
                var sum = 0L;
                for (var i = 0; i <= limits.Length; i++) buckets.Add((i < limits.Length ? limits[i] : double.PositiveInfinity, sum += _counts[i]));
                return new SeriesSnapshot(labels, _value, buckets, _count);
            }
        }

        private int Bucket(double value)
        {
            var i = 0;
            while (i < limits.Length && value > limits[i]) i++;
            return i;
        }
    }
}

using System.Globalization;

namespace Courier.Services.Lanes;

/// <summary>
/// How often which duration was seen: 112 buckets that grow by 2^(1/8) each, from ten minutes to four months, so a quantile is known
/// to 9 %. Histograms and not samples: they add up (city to province to country, old to new) and take the same small space for ten
/// runs or ten million.
/// </summary>
internal sealed class DurationHistogram
{
    public const int Buckets = 112;
    private const double FirstMinutes = 10, StepsPerDoubling = 8;

    private readonly int[] _counts = new int[Buckets];

    /// <summary>How many durations.</summary>
    public int Total { get; private set; }

    public void Add(TimeSpan duration) => Add(BucketOf(duration), 1);

    /// <summary>Adds what another has seen.</summary>
    public void Add(DurationHistogram other)
    {
        for (var i = 0; i < Buckets; i++) if (other._counts[i] > 0) Add(i, other._counts[i]);
    }

    /// <summary>Everything seen so far counts half.</summary>
    public void Halve()
    {
        Total = 0;
        for (var i = 0; i < Buckets; i++) Total += _counts[i] /= 2;
    }

    /// <summary>How many took longer than this.</summary>
    public double Survivors(TimeSpan elapsed)
    {
        if (elapsed <= TimeSpan.Zero) return Total;
        var bucket = BucketOf(elapsed);
        double left = 0;
        for (var i = bucket + 1; i < Buckets; i++) left += _counts[i];
        var (low, high) = (Lower(bucket), Upper(bucket));
        return left + _counts[bucket] * Math.Clamp((high - elapsed.TotalMinutes) / (high - low), 0, 1);
    }

    /// <summary>Among those that took longer than what has passed: by when so great a share of them was over, counted from the beginning.</summary>
    /// <param name="share">0.5 for the median, 0.9 for nine of ten.</param>
    /// <param name="elapsed">What has passed already; zero for all.</param>
    public TimeSpan Quantile(double share, TimeSpan elapsed)
    {
        var over = Total - Survivors(elapsed) * (1 - share);
        double sum = 0;
        for (var i = 0; i < Buckets; i++)
        {
            if (_counts[i] == 0) continue;
            if (sum + _counts[i] >= over) return TimeSpan.FromMinutes(Lower(i) + (Upper(i) - Lower(i)) * Math.Clamp((over - sum) / _counts[i], 0, 1));
            sum += _counts[i];
        }
        return elapsed;
    }

    /// <summary>As it is stored: <c>bucket:count</c>, separated by commas.</summary>
    public override string ToString() => string.Join(',', Enumerable.Range(0, Buckets).Where(i => _counts[i] > 0)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}:{_counts[i]}")));

    /// <exception cref="FormatException">The text is none of ours.</exception>
    public static DurationHistogram Parse(string text)
    {
        var histogram = new DurationHistogram();
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !int.TryParse(entry.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var bucket) || bucket >= Buckets
                || !int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw new FormatException("a stored histogram cannot be read");
            histogram.Add(bucket, count);
        }
        return histogram;
    }

    private void Add(int bucket, int count)
    {
        _counts[bucket] += count;
        Total += count;
    }

    private static int BucketOf(TimeSpan duration) =>
        duration.TotalMinutes <= FirstMinutes ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(StepsPerDoubling * Math.Log2(duration.TotalMinutes / FirstMinutes) - 1e-9));

    private static double Upper(int bucket) => FirstMinutes * Math.Pow(2, bucket / StepsPerDoubling);

    private static double Lower(int bucket) => bucket == 0 ? 0 : Upper(bucket - 1);
}

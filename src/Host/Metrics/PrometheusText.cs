using System.Globalization;
using System.Text;

namespace Courier.Host.Metrics;

/// <summary>Writes metrics in Prometheus' text exposition format 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IReadOnlyList<MetricSnapshot> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics) Write(text, metric);
        return text.ToString();
    }

    /// <summary>Our names are Prometheus names already; foreign ones (http.server.request.duration, unit s) are turned into such.</summary>
    public static string Name(string name, string? unit, MetricKind kind)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!clean.EndsWith(suffix, StringComparison.Ordinal) && !clean.EndsWith(suffix + "_total", StringComparison.Ordinal)) clean += suffix;
        return kind == MetricKind.Counter && !clean.EndsWith("_total", StringComparison.Ordinal) ? clean + "_total" : clean;
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<KeyValuePair<string, string>>(tags.Length);
        foreach (var (key, value) in tags)
            labels.Add(new(string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')), Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        labels.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return labels;
    }

    private static void Write(StringBuilder text, MetricSnapshot metric)
    {
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            MetricKind.Histogram => "histogram",
        }).Append('\n');
        foreach (var series in metric.Series)
        {
            if (metric.Kind == MetricKind.Histogram) WriteHistogram(text, metric.Name, series);
            else Line(text, metric.Name, series.Labels, series.Value);
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, SeriesSnapshot series)
    {
        foreach (var (limit, count) in series.Buckets) Line(text, name + "_bucket", [.. series.Labels, new("le", Number(limit))], count);
        Line(text, name + "_sum", series.Labels, series.Value);
        Line(text, name + "_count", series.Labels, series.Count);
    }

    private static void Line(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, double value)
    {
        text.Append(name);
        if (labels.Count > 0) text.Append('{').AppendJoin(',', labels.Select(l => $"{l.Key}=\"{Escape(l.Value)}\"")).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}

using System.Diagnostics.Metrics;

namespace Courier.Kernel;

/// <summary>The product's meter: every metric that <c>/metrics</c> shows is made from it. Names are snake case with their unit, Prometheus style.</summary>
public static class CourierMetrics
{
    /// <summary>The meter.</summary>
    public static Meter Meter { get; } = new("Courier");
}

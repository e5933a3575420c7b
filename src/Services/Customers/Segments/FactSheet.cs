using System.Collections.Frozen;

namespace Courier.Services.Customers;

/// <summary>What kind of value a fact has.</summary>
public enum FactType
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A set of texts.</summary>
    Set,
}

/// <summary>A fact that rules may look at.</summary>
/// <param name="Name">Its name in rules: <c>orders_sent_30d</c>.</param>
/// <param name="Type">What kind of value.</param>
/// <param name="Title">What operators read.</param>
public sealed record SegmentFact(string Name, FactType Type, string Title);

/// <summary>All facts.</summary>
public static class SegmentFacts
{
    /// <summary>The only fact that grows by itself: how many days ago the customer came.</summary>
    internal const string RegisteredDays = "registered_days";

    /// <summary>The facts in the order in which operators see them.</summary>
    public static IReadOnlyList<SegmentFact> All { get; } =
    [
        new("orders_sent_30d", FactType.Number, "近30天寄件"), new("orders_sent_90d", FactType.Number, "近90天寄件"), new("orders_sent_12m", FactType.Number, "近12个月寄件"),
        new("orders_cancelled_90d", FactType.Number, "近90天取消的寄件"),
        new("parcels_received_30d", FactType.Number, "近30天收件"), new("parcels_received_12m", FactType.Number, "近12个月收件"),
        new("spend_30d_fen", FactType.Number, "近30天消费（分）"), new("spend_12m_fen", FactType.Number, "近12个月消费（分）"),
        new("complaints_open", FactType.Number, "未结投诉"), new("complaints_12m", FactType.Number, "近12个月投诉"), new("claims_12m", FactType.Number, "近12个月理赔"),
        new("praises_12m", FactType.Number, "近12个月表扬"), new(RegisteredDays, FactType.Number, "注册天数"),
        new("province", FactType.Text, "寄件省份"), new("city", FactType.Text, "寄件城市"), new("tag", FactType.Set, "画像标签"),
    ];

    /// <summary>The facts by name.</summary>
    public static IReadOnlyDictionary<string, SegmentFact> ByName { get; } = All.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>How a numeric fact is summed up: which measure over how many days, null for all time.</summary>
    internal static readonly IReadOnlyList<(string Fact, CustomerMeasure Measure, int? Days)> Sums =
    [
        ("orders_sent_30d", CustomerMeasure.OrdersSent, 30), ("orders_sent_90d", CustomerMeasure.OrdersSent, 90), ("orders_sent_12m", CustomerMeasure.OrdersSent, 365),
        ("orders_cancelled_90d", CustomerMeasure.OrdersCancelled, 90),
        ("parcels_received_30d", CustomerMeasure.ParcelsReceived, 30), ("parcels_received_12m", CustomerMeasure.ParcelsReceived, 365),
        ("spend_30d_fen", CustomerMeasure.Spent, 30), ("spend_12m_fen", CustomerMeasure.Spent, 365),
        ("complaints_open", CustomerMeasure.OpenComplaints, null), ("complaints_12m", CustomerMeasure.Complaints, 365), ("claims_12m", CustomerMeasure.Claims, 365),
        ("praises_12m", CustomerMeasure.Praises, 365),
    ];
}

/// <summary>What is known about one customer when rules look.</summary>
/// <param name="Numbers">Numeric facts; what is missing is 0.</param>
/// <param name="Texts">Text facts; what is missing is empty.</param>
/// <param name="Tags">Tags (<c>route:杭州市→上海市</c>, <c>value:high</c>, <c>tone:thankful</c>) with the words that people read for them.</param>
public sealed record FactSheet(IReadOnlyDictionary<string, long> Numbers, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, string> Tags)
{
    internal long Number(string fact) => Numbers.GetValueOrDefault(fact);

    internal string Text(string fact) => Texts.GetValueOrDefault(fact, "");
}

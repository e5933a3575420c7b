using System.Globalization;

namespace Courier.Services.Parcels;

/// <summary>Which column of a file holds what. Headings may be ours or Chinese ones, in any order; others are passed over. No I/O.</summary>
internal sealed class InboxColumns
{
    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["运单号"] = "waybill", ["产品"] = "product", ["重量克"] = "weight_grams", ["重量（克）"] = "weight_grams", ["承诺时间"] = "promised_by",
        ["寄件人"] = "sender_name", ["寄件电话"] = "sender_phone", ["寄件省"] = "sender_province", ["寄件市"] = "sender_city", ["寄件区"] = "sender_district", ["寄件地址"] = "sender_detail",
        ["收件人"] = "recipient_name", ["收件电话"] = "recipient_phone", ["收件省"] = "recipient_province", ["收件市"] = "recipient_city", ["收件区"] = "recipient_district",
        ["收件地址"] = "recipient_detail",
        ["编号"] = "id", ["状态"] = "code", ["时间"] = "time", ["城市"] = "city", ["地点"] = "place", ["说明"] = "text", ["操作人"] = "operator", ["原因"] = "reason",
    };

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    public InboxColumns(IReadOnlyList<string> heading)
    {
        for (var i = 0; i < heading.Count; i++)
        {
            var name = heading[i].Trim().ToLowerInvariant();
            _columns.TryAdd(Chinese.GetValueOrDefault(name, name), i);
        }
    }

    /// <summary>Those of the needed columns that are not there.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> needed) => [.. needed.Where(n => !_columns.ContainsKey(n))];

    public WaybillReport Waybill(IReadOnlyList<string> fields) => new()
    {
        Waybill = Text(fields, "waybill"), Product = Text(fields, "product"), WeightGrams = Number(fields, "weight_grams"), PromisedBy = Text(fields, "promised_by"),
        Sender = Party(fields, "sender"), Recipient = Party(fields, "recipient"),
    };

    public RouteReport Route(IReadOnlyList<string> fields) => new()
    {
        Id = Text(fields, "id"), Waybill = Text(fields, "waybill"), Code = Text(fields, "code"), Time = Text(fields, "time"), City = Text(fields, "city"), Place = Text(fields, "place"),
        Text = Text(fields, "text"), Operator = Text(fields, "operator"), Reason = Text(fields, "reason"), WeightGrams = Number(fields, "weight_grams"),
    };

    private PartyReport Party(IReadOnlyList<string> fields, string side) => new()
    {
        Name = Text(fields, side + "_name"), Phone = Text(fields, side + "_phone"), Province = Text(fields, side + "_province"), City = Text(fields, side + "_city"),
        District = Text(fields, side + "_district"), Detail = Text(fields, side + "_detail"),
    };

    // What is no number is told as a wrong weight, not passed over.
    private long? Number(IReadOnlyList<string> fields, string column) =>
        Text(fields, column) is not { Length: > 0 } text ? null : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private string? Text(IReadOnlyList<string> fields, string column) => _columns.TryGetValue(column, out var at) && at < fields.Count ? fields[at].Trim() : null;
}

using System.Globalization;
using Courier.Http;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>Links from the chat to the customers' pages. What they carry stands behind the hash, so no server on the way ever sees it.</summary>
internal sealed class AppLinks(SiteLinks links)
{
    /// <summary>The form for a parcel, filled in as far as known.</summary>
    public string Send(
        string? pickup = null, string? product = null, long? grams = null, string? text = null, string? copy = null, string? goods = null, string? to = null, string? fromPlace = null, string? toPlace = null) => Page("send",
        ("text", text), ("to", to), ("copy", copy), ("pickup", pickup), ("product", product), ("goods", goods), ("weight", grams?.ToString(CultureInfo.InvariantCulture)), ("fromPlace", fromPlace), ("toPlace", toPlace));

    /// <summary>A place as the form takes it, without who lives there: 广东省/深圳市/南山区.</summary>
    public static string Of(QuotePlace place) => string.Join('/', new[] { place.Province, place.City, place.District }.Where(n => n.Length > 0));

    /// <summary>What we offer.</summary>
    public string Products => Page("products");

    /// <summary>One order.</summary>
    public string Order(string id) => Page("order", ("id", id));

    /// <summary>The form for changing an order, with another recipient filled in when one was said.</summary>
    public string ChangeOrder(string id, string? text) => Page("order/change", ("id", id), ("text", text));

    /// <summary>All own orders.</summary>
    public string Orders => Page("orders");

    /// <summary>The pickup codes.</summary>
    public string Codes => Page("codes");

    /// <summary>The address book.</summary>
    public string Addresses => Page("addresses");

    /// <summary>A parcel.</summary>
    public string Parcel(string waybill) => Page("track", ("waybill", waybill));

    private string Page(string name, params (string Name, string? Value)[] query)
    {
        var given = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToList();
        return $"{links.To("/app/").AbsoluteUri}#/pages/{(name.Contains('/', StringComparison.Ordinal) ? name : $"{name}/{name}")}{(given.Count > 0 ? "?" + string.Join('&', given) : "")}";
    }
}

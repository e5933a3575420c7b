using System.Globalization;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Bench;

/// <summary>
/// Orders of two years, each with one parcel, by customers with a proven number, of whom each sends and receives
/// <see cref="OrderWorld.PerCustomer"/>. The newest are open, the others done.
/// </summary>
/// <param name="orders">How many in all.</param>
/// <param name="now">The last one was placed a day ago.</param>
internal sealed class OrderRows(int orders, DateTimeOffset now)
{
    public static readonly IReadOnlyList<string> Tables = ["customers_phones", "orders_orders", "orders_shipments"];

    private readonly int _customers = orders / OrderWorld.PerCustomer;
    private readonly DateTimeOffset _began = now.AddDays(-700);
    private readonly TimeSpan _step = TimeSpan.FromDays(699) / orders;
    private readonly string _sender = Contact("李四"), _recipient = Contact("张三丰");

    /// <summary>Adds a stretch of them; all stretches one after another are all orders.</summary>
    /// <param name="first">The first order, from zero.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="into">Opens a table for rows of these columns.</param>
    public void Add(int first, int end, Func<string, string[], IRows> into)
    {
        var phone = into("customers_phones", ["customer_id", "phone_hash", "phone_cipher", "phone_tail", "source", "verified_at"]);
        var order = into("orders_orders", ["id", "number", "customer_id", "client_key", "request_hash", "kind", "status", "version", "sender_cipher", "sender_phone_hash",
            "sender_phone_tail", "sender_province", "sender_city", "sender_district", "area", "payment", "total_fen", "list_fen", "real_name_cipher", "consents", "goods_standing",
            "remark_cipher", "courier_cipher", "placed_at", "changed_at"]);
        var shipment = into("orders_shipments", ["waybill", "order_id", "position", "status", "recipient_cipher", "recipient_phone_hash", "recipient_phone_tail",
            "recipient_province", "recipient_city", "recipient_district", "goods_kind", "goods_name_cipher", "weight_grams", "packaging", "quote_id", "product", "product_name",
            "total_fen", "list_fen", "chargeable_grams", "price_lines"]);
        for (var i = first; i < end; i++)
        {
            if (i < _customers) phone.Add(Customer(i), Hash(i), "", "0000", "sms", now.ToUnixTimeMilliseconds());
            // Each customer's turn comes again and again, so that own orders lie as far from each other as they do in life.
            var (from, at) = (i % _customers, _began + _step * i);
            var to = (int)((from * 7L + 13 + i / _customers) % _customers);
            var (id, isOpen) = (Text($"{at.ToUnixTimeMilliseconds():x12}70008{i:x15}"), i > orders - _customers / 2);
            order.Add(id, Number(at, i), Customer(from), Text($"k{i:D11}"), "", "door", isOpen ? "accepted" : "completed", 1, _sender, Hash(from), "0000", "浙江省", "杭州市", "西湖区",
                "330106", "on_pickup", 1500, 1500, "", "", "allowed", "", "", at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds());
            shipment.Add(World.Waybill(i), id, 0, isOpen ? "waiting" : "done", _recipient, Hash(to), "0000", "上海市", "上海市", "浦东新区", "clothing", "", 1000, "", Text($"{i:x32}"), "standard",
                "标准快递", 1500, 1500, 1000, """[{"code":"first","name":"首重","fen":1500,"explanation":""}]""");
        }
    }

    /// <summary>The id of customer N.</summary>
    public static string Customer(int n) => Text($"{n:x32}");

    private static string Contact(string name) => new DataKeys([World.DataKey]).Encrypt(JsonSerializer.Serialize(new { n = name, p = "13900000000", d = "文三路1号" }));

    private static string Number(DateTimeOffset at, int i)
    {
        var digits = at.ToString("yyMMdd", CultureInfo.InvariantCulture) + Text($"{i % 10_000_000:D7}");
        return digits + CheckDigits.Luhn(digits);
    }

    private static string Hash(int n) => Text($"{n:D32}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

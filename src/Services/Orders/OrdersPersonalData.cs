using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>
/// What a person sent. An order under way is a contract that is being fulfilled: it is left alone until it is done. Of what is done the
/// prices stay, which tax law wants kept, and nothing that names anybody. What a person receives is the sender's order.
/// </summary>
internal sealed class OrdersPersonalData(DataKeys keys) : IPersonalData
{
    private const string Done = "('completed', 'cancelled', 'expired')";

    public string Name => "orders";

    public IReadOnlyCollection<string> Tables => ["orders_orders", "orders_shipments", "orders_webhooks"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var all = new JsonArray();
        var ids = await db.Query<string>("select id from orders_orders where customer_id in @customers order by id", new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        foreach (var portion in ids.Chunk(200))
            foreach (var order in (await OrderReading.Of(db, keys, portion, ct).ConfigureAwait(false)).Reverse()) all.Add(Show(order));
        return all.Count == 0 ? null : all;
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var args = new { customers = subject.CustomerList(), aggregates = subject.CustomerList().Select(c => "customer:" + c).ToList() };
        await tx.Execute("update orders_webhooks set status = 'dropped', body_cipher = '' where aggregate in @aggregates and status = 'waiting'", args, ct).ConfigureAwait(false);
        await tx.Execute(
            $"""
            update orders_shipments set recipient_cipher = '', recipient_phone_hash = '', recipient_phone_tail = '', goods_name_cipher = ''
            where order_id in (select id from orders_orders where customer_id in @customers and status in {Done})
            """, args, ct).ConfigureAwait(false);
        return await tx.Execute(
            $"""
            update orders_orders set customer_id = '', sender_cipher = '', sender_phone_hash = '', sender_phone_tail = '', real_name_cipher = '', remark_cipher = '', courier_cipher = ''
            where customer_id in @customers and status in {Done}
            """, args, ct).ConfigureAwait(false);
    }

    private static JsonObject Show(ReadOrder o) => new()
    {
        ["number"] = o.Number.Text, ["placedAt"] = o.PlacedAt, ["status"] = EnumText<OrderStatus>.Of(o.Status), ["kind"] = EnumText<OrderKind>.Of(o.Kind),
        ["totalFen"] = o.TotalFen, ["remark"] = o.Remark, ["sender"] = JsonSerializer.SerializeToNode(o.Sender, KernelJson.Options),
        ["shipments"] = JsonSerializer.SerializeToNode(o.Shipments.Select(s => new { s.Waybill, s.Recipient, s.Goods, s.DeclaredFen, s.Price.TotalFen }), KernelJson.Options),
    };
}

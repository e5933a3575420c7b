using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Orders;

/// <summary>
/// What a person sent. An order under way is a contract that is being fulfilled: it is left alone until it is done, and the
/// erasure stays open so long. Of what is done the prices stay, which tax law wants kept, and nothing that names anybody. What a person receives is the sender's order.
/// </summary>
internal sealed class OrdersPersonalData(DataKeys keys) : IPersonalData
{
    // Done, and whoever fulfils it has heard so.
    private const string Erasable =
        """
        select o.id
        from orders_orders o
        where o.customer_id in @customers and o.status in ('completed', 'cancelled', 'expired')
          and not exists (select 1 from orders_webhooks w where w.aggregate = concat('order:', o.id) and w.status = 'waiting')
        """;

    private const string Notes = "select order_id as OrderId, note_cipher as Note from orders_history where order_id in @ids and note_cipher <> '' order by order_id, version";

    private static readonly string[] Emptied =
    [
        "update orders_shipments set recipient_cipher = '', recipient_phone_hash = '', recipient_phone_tail = '', goods_name_cipher = '' where order_id in @ids",
        "update orders_history set note_cipher = '' where order_id in @ids and note_cipher <> ''",
        """
        update orders_orders set customer_id = '', sender_cipher = '', sender_phone_hash = '', sender_phone_tail = '', real_name_cipher = '', remark_cipher = '', courier_cipher = ''
        where id in @ids
        """,
    ];

    public string Name => "orders";

    public IReadOnlyCollection<string> Tables => ["orders_orders", "orders_shipments", "orders_history", "orders_webhooks"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var all = new JsonArray();
        var ids = await db.Query<string>("select id from orders_orders where customer_id in @customers order by id", new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        foreach (var portion in ids.Chunk(200))
        {
            var notes = (await db.Query<NoteRow>(Notes, new { ids = portion }, ct).ConfigureAwait(false)).ToLookup(n => n.OrderId, n => keys.Decrypt(n.Note));
            foreach (var order in (await OrderReading.Of(db, keys, portion, ct).ConfigureAwait(false)).Reverse()) all.Add(Show(order, notes[order.Id]));
        }
        return all.Count == 0 ? null : all;
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var args = new { customers = subject.CustomerList(), aggregates = subject.CustomerList().Select(c => "customer:" + c).ToList() };
        await tx.Execute("update orders_webhooks set status = 'dropped', body_cipher = '' where aggregate in @aggregates and status = 'waiting'", args, ct).ConfigureAwait(false);
        var erased = 0L;
        foreach (var ids in (await tx.Query<string>(Erasable, args, ct).ConfigureAwait(false)).Chunk(500))
            erased += await Empty(tx, ids, ct).ConfigureAwait(false);
        return erased;
    }

    /// <summary>Takes away all that names anybody; how many rows it was.</summary>
    internal static async Task<long> Empty(Tx tx, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var emptied = 0L;
        foreach (var sql in Emptied) emptied += await tx.Execute(sql, new { ids }, ct).ConfigureAwait(false);
        return emptied;
    }

    public async Task<bool> IsLeft(ISqlReader db, PersonalSubject subject, CancellationToken ct) =>
        await db.First<string>("select id from orders_orders where customer_id in @customers limit 1", new { customers = subject.CustomerList() }, ct).ConfigureAwait(false) is not null;

    private static JsonObject Show(ReadOrder o, IEnumerable<string> notes) => new()
    {
        ["number"] = o.Number.Text, ["placedAt"] = o.PlacedAt, ["status"] = EnumText<OrderStatus>.Of(o.Status), ["kind"] = EnumText<OrderKind>.Of(o.Kind),
        ["totalFen"] = o.TotalFen, ["remark"] = o.Remark, ["notes"] = JsonSerializer.SerializeToNode(notes, KernelJson.Options), ["sender"] = JsonSerializer.SerializeToNode(o.Sender, KernelJson.Options),
        ["shipments"] = JsonSerializer.SerializeToNode(o.Shipments.Select(s => new { s.Waybill, s.Recipient, s.Goods, s.DeclaredFen, s.Price.TotalFen }), KernelJson.Options),
    };

    private sealed record NoteRow
    {
        public required string OrderId { get; init; }
        public required string Note { get; init; }
    }
}

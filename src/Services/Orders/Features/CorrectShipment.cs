using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Orders;

/// <summary>Takes over what was corrected about a parcel's recipient on its way, so that the order says what its parcel says.</summary>
public static class CorrectShipment
{
    private const string Update =
        "update orders_shipments set recipient_cipher = @recipient, recipient_phone_hash = @hash, recipient_phone_tail = @tail where waybill = @waybill";

    /// <summary>Corrects in the transaction of whoever corrects the parcel; nothing when it belongs to no order.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="keys">Opens and encrypts.</param>
    /// <param name="waybill">The parcel's number.</param>
    /// <param name="right">What is right.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task Execute(Tx tx, DataKeys keys, string waybill, RecipientCorrection right, CancellationToken ct)
    {
        if (await tx.First<string>("select order_id from orders_shipments where waybill = @waybill", new { waybill }, ct).ConfigureAwait(false) is not { } id) return;
        await OrderStore.Lock(tx, id, ct).ConfigureAwait(false);
        var order = await OrderReading.Of(tx, keys, id, ct).ConfigureAwait(false);
        if (order?.Shipments.FirstOrDefault(s => s.Waybill == waybill)?.Recipient is not { Name.Length: > 0 } before) return; // its person is erased
        var now = before with { Name = right.Name ?? before.Name, Detail = right.Detail ?? before.Detail };
        if (right.Phone is { } phone) now = now with { Phone = phone, Extension = right.Extension };
        await tx.Execute(Update, new { waybill, recipient = OrderRows.Seal(keys, now), hash = keys.Hash(now.Phone), tail = now.Phone.Tail }, ct).ConfigureAwait(false);
        // A change that was prepared from the order as it was is refused: it would write the wrong recipient once more.
        await tx.Execute("update orders_orders set version = version + 1 where id = @id", new { id }, ct).ConfigureAwait(false);
    }
}

/// <summary>What was wrong about a recipient; null stays as it is.</summary>
/// <param name="Name">The right name.</param>
/// <param name="Phone">The right number.</param>
/// <param name="Extension">What is dialled after that number; counts only with it.</param>
/// <param name="Detail">The right street and door.</param>
public sealed record RecipientCorrection(string? Name, Phone? Phone, string? Extension, string? Detail);

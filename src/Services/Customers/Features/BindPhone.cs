using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Makes a proven number the customer's.</summary>
public static class BindPhone
{
    /// <summary>Binds the number and tells the others (<see cref="CustomerPhoneVerified"/>); binding it again renews the proof.</summary>
    public static Task Execute(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, Phone phone, PhoneSource source, CancellationToken ct) =>
        db.InTransaction(tx => Execute(tx, keys, clock, customer, phone, source, ct), ct);

    internal static async Task Execute(Tx tx, DataKeys keys, TimeProvider clock, CustomerId customer, Phone phone, PhoneSource source, CancellationToken ct)
    {
        var hash = keys.Hash(phone);
        await tx.UpsertRows("customers_phones", ["customer_id", "phone_hash", "phone_cipher", "phone_tail", "source", "verified_at"],
            [[customer, hash, keys.Encrypt(phone.Text), phone.Tail, EnumText<PhoneSource>.Of(source), clock.GetUtcNow()]],
            "customer_id, phone_hash", ["source", "verified_at"], ct).ConfigureAwait(false);
        var version = await CustomerVersion.Next(tx, customer, ct).ConfigureAwait(false);
        await tx.Publish(new CustomerPhoneVerified(customer, hash, version), ct).ConfigureAwait(false);
    }
}

using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Lets somebody without WeChat in (H5 in a browser), by a code sent to the phone.</summary>
public static class SignInByPhone
{
    /// <summary>
    /// Checks the code that a guest asked for. The customer is the one who signed in with this number before, or a new one;
    /// a WeChat customer with the same number stays another customer, because a number alone proves no identity.
    /// </summary>
    /// <returns>The outcome, and the customer when it is <see cref="FinishPhoneCheck.Outcome.Verified"/>.</returns>
    public static Task<(FinishPhoneCheck.Outcome Outcome, CustomerId? Customer)> Execute(
        Db db, DataKeys keys, TimeProvider clock, Phone phone, string code, CancellationToken ct) =>
        db.InTransaction<(FinishPhoneCheck.Outcome, CustomerId?)>(async tx =>
        {
            var hash = keys.Hash(phone);
            var (outcome, check) = await FinishPhoneCheck.Compare(tx, keys, clock, "", hash, code, ct).ConfigureAwait(false);
            if (check is null) return (outcome, null);
            var customer = await CustomerOf(tx, clock, hash, ct).ConfigureAwait(false);
            await BindPhone.Execute(tx, keys, clock, customer, phone, PhoneSource.Sms, ct).ConfigureAwait(false);
            return (outcome, customer);
        }, ct);

    private static async Task<CustomerId> CustomerOf(Tx tx, TimeProvider clock, string phoneHash, CancellationToken ct)
    {
        var known = await tx.First<string>("select customer_id from customers_identities where app_id = 'phone' and openid = @phoneHash", new { phoneHash }, ct)
            .ConfigureAwait(false);
        if (known is not null) return CustomerId.Parse(known);
        var customer = CustomerId.New(clock);
        var now = clock.GetUtcNow();
        await NewCustomers.Add(tx, clock, [customer], ct).ConfigureAwait(false);
        await tx.Execute("insert into customers_identities (app_id, openid, customer_id, created_at) values ('phone', @phoneHash, @customer, @now)",
            new { phoneHash, customer, now }, ct).ConfigureAwait(false);
        return customer;
    }
}

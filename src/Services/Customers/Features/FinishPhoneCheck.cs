using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Compares a code with the one that was sent, and binds the number when it is right.</summary>
public static class FinishPhoneCheck
{
    /// <summary>How it went.</summary>
    public enum Outcome
    {
        /// <summary>The number is the customer's now.</summary>
        Verified,

        /// <summary>Another code was sent.</summary>
        WrongCode,

        /// <summary>No code is open: none was asked for, it was used, or its five minutes are over.</summary>
        Expired,

        /// <summary>Five wrong codes: a new one must be asked for.</summary>
        TooManyTries,
    }

    /// <summary>Checks the code of a customer.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Hashes the code.</param>
    /// <param name="clock">Now.</param>
    /// <param name="customer">Who asked for the code.</param>
    /// <param name="phone">The number; null for the last one that this customer asked for.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<Outcome> Execute(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, Phone? phone, string code, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            var (outcome, check) = await Compare(tx, keys, clock, customer.Text, phone is { } p ? keys.Hash(p) : null, code, ct).ConfigureAwait(false);
            if (check is not null) await BindPhone.Execute(tx, keys, clock, customer, Phone.Parse(keys.Decrypt(check.PhoneCipher)), PhoneSource.Sms, ct).ConfigureAwait(false);
            return outcome;
        }, ct);

    /// <summary>Does the customer have a code that can still be answered?</summary>
    public static async Task<bool> PendingFor(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct) =>
        await db.First<long>(
            """
            select count(*) from customers_phone_checks
            where customer_id = @customer and finished = 0 and tries < @most and expires_at > @now
            """, new { customer, most = PhoneCode.MaxTries, now = clock.GetUtcNow() }, ct).ConfigureAwait(false) > 0;

    /// <summary>Uses the code up; the check is given only when the code is right.</summary>
    /// <param name="tx">The caller's transaction.</param>
    /// <param name="keys">Hashes the code.</param>
    /// <param name="clock">Now.</param>
    /// <param name="customer">Who asked; empty for a guest, who must name the number.</param>
    /// <param name="phoneHash">The number's hash; null for the last one asked for.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<(Outcome Outcome, OpenCheck? Check)> Compare(
        Tx tx, DataKeys keys, TimeProvider clock, string customer, string? phoneHash, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var check = await tx.First<OpenCheck>(
            $"""
            select id as Id, phone_hash as PhoneHash, phone_cipher as PhoneCipher, code_hash as CodeHash, tries as Tries
            from customers_phone_checks
            where customer_id = @customer and finished = 0 and expires_at > @now and created_at > @oldest and (@phoneHash is null or phone_hash = @phoneHash)
            order by created_at desc
            limit 1 {tx.Dialect.ForUpdate}
            """, new { customer, now, phoneHash, oldest = now - PhoneCode.Lifetime }, ct).ConfigureAwait(false);
        if (check is null) return (Outcome.Expired, null);
        if (check.Tries >= PhoneCode.MaxTries) return (Outcome.TooManyTries, null);
        var right = PhoneCode.Same(check.CodeHash, PhoneCode.Hash(keys, check.Id, check.PhoneHash, code.Trim()));
        await tx.Execute("update customers_phone_checks set tries = tries + 1, finished = @finished where id = @Id",
            new { check.Id, finished = right ? 1 : 0 }, ct).ConfigureAwait(false);
        return right ? (Outcome.Verified, check)
            : (check.Tries + 1 >= PhoneCode.MaxTries ? Outcome.TooManyTries : Outcome.WrongCode, null);
    }

    /// <summary>A code that waits for its answer.</summary>
    internal sealed record OpenCheck
    {
        public required string Id { get; init; }

        public required string PhoneHash { get; init; }

        public required string PhoneCipher { get; init; }

        public required string CodeHash { get; init; }

        public required long Tries { get; init; }
    }
}

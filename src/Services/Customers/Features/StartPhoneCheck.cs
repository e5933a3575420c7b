using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Sends a code to a telephone number, to prove that somebody holds it.</summary>
public static class StartPhoneCheck
{
    private const int PerDay = 10;

    /// <summary>How it went.</summary>
    public enum Outcome
    {
        /// <summary>The code is on its way.</summary>
        Sent,

        /// <summary>One a minute and ten a day for a number, ten a day for a customer.</summary>
        TooOften,

        /// <summary>The operator did not take the message, or the number is no mobile number.</summary>
        SmsDown,
    }

    /// <summary>Makes a code of six digits, valid for five minutes, and sends it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Encrypts the number, hashes the code.</param>
    /// <param name="clock">Now.</param>
    /// <param name="sms">Who sends.</param>
    /// <param name="customer">Who asks; null for a guest.</param>
    /// <param name="phone">A mobile number.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Outcome> Execute(
        Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CustomerId? customer, Phone phone, CancellationToken ct)
    {
        if (!phone.IsMobile) return Outcome.SmsDown;
        var check = new Check(Ids.New(clock), customer?.Text ?? "", keys.Hash(phone), clock.GetUtcNow());
        var code = PhoneCode.New();
        var codeHash = PhoneCode.Hash(keys, check.Id, check.PhoneHash, code);
        if (!await db.InTransaction(tx => Record(tx, check, keys.Encrypt(phone.Text), codeHash, ct), ct).ConfigureAwait(false)) return Outcome.TooOften;
        if (await sms.Send(phone, Texts.CodeMessage(code), check.Id, ct).ConfigureAwait(false)) return Outcome.Sent;

        // What was not sent does not count against the next attempt.
        await db.Execute("delete from customers_phone_checks where id = @Id", new { check.Id }, ct).ConfigureAwait(false);
        return Outcome.SmsDown;
    }

    private static async Task<bool> Record(Tx tx, Check check, string cipher, string codeHash, CancellationToken ct)
    {
        var day = check.Now - TimeSpan.FromDays(1);
        var sent = await tx.First<Sent>(
            """
            select count(*) as Day, coalesce(max(created_at), 0) as Latest
            from customers_phone_checks
            where phone_hash = @PhoneHash and created_at > @day
            """, new { check.PhoneHash, day }, ct).ConfigureAwait(false);
        if (sent!.Day >= PerDay || check.Now.ToUnixTimeMilliseconds() - sent.Latest < 60_000) return false;
        if (check.Customer.Length > 0 && await tx.First<long>(
                "select count(*) from customers_phone_checks where customer_id = @Customer and created_at > @day",
                new { check.Customer, day }, ct).ConfigureAwait(false) >= PerDay) return false;

        // The unique minute stops a second process that counted at the same moment.
        return await tx.TryInsert(
            """
            insert into customers_phone_checks (id, customer_id, phone_hash, phone_cipher, code_hash, minute, tries, finished, created_at, expires_at)
            values (@Id, @Customer, @PhoneHash, @cipher, @codeHash, @minute, 0, 0, @Now, @expires)
            """,
            new
            {
                check.Id, check.Customer, check.PhoneHash, cipher, codeHash, check.Now,
                minute = check.Now.ToUnixTimeSeconds() / 60, expires = check.Now + PhoneCode.Lifetime,
            }, ct).ConfigureAwait(false);
    }

    private sealed record Check(string Id, string Customer, string PhoneHash, DateTimeOffset Now);

    private sealed record Sent
    {
        public required long Day { get; init; }

        public required long Latest { get; init; }
    }
}

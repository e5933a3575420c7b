using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Sends a code to a telephone number, to prove that somebody holds it.</summary>
public static class StartPhoneCheck
{
    /// <summary>How it went.</summary>
    public enum Outcome
    {
        /// <summary>The code is on its way.</summary>
        Sent,

        /// <summary>One a minute and ten a day for a number, ten a day for a customer.</summary>
        TooOften,

        /// <summary>The operator did not take the message.</summary>
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
    public static Task<Outcome> Execute(Db db, DataKeys keys, TimeProvider clock, ISmsSender sms, CustomerId? customer, Phone phone, CancellationToken ct) =>
        throw new NotSupportedException();
}

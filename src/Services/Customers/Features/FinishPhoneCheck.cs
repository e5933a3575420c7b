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
        throw new NotSupportedException();

    /// <summary>Does the customer have a code that can still be answered?</summary>
    public static Task<bool> PendingFor(ISqlReader db, TimeProvider clock, CustomerId customer, CancellationToken ct) => throw new NotSupportedException();
}

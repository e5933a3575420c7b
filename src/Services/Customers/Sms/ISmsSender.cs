using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>Sends text messages to telephones.</summary>
public interface ISmsSender
{
    /// <summary>Hands a text to the operator.</summary>
    /// <param name="to">A mobile number.</param>
    /// <param name="text">What it says, signature included.</param>
    /// <param name="idempotencyKey">The operator sends the same key once only.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when the operator did not take it; nothing may be assumed about its arrival then.</returns>
    Task<bool> Send(Phone to, string text, string idempotencyKey, CancellationToken ct);
}

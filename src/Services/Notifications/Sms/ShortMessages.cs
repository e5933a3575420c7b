using Courier.Kernel;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>Short messages to a number at once, for somebody who calls from it and asked for them: no preferences, no other channel.</summary>
public sealed class ShortMessages(ISmsSender sms, NotificationsOptions options)
{
    /// <summary>Sends what is read in a chat as a short message.</summary>
    /// <param name="to">A mobile number.</param>
    /// <param name="text">As it is read in a chat.</param>
    /// <param name="key">The same for repeats.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when the operator did not take it.</returns>
    public Task<bool> Send(Phone to, string text, string key, CancellationToken ct) => sms.Send(to, SmsText.Of(text, options.Sms.Signature), key, ct);
}

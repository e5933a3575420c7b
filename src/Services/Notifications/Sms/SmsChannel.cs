using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>Short messages to the customer's verified phone: the last way, for the kinds that are worth their price.</summary>
internal sealed class SmsChannel(Db db, DataKeys keys, ISmsSender sms, SmsOptions provider, NotificationsOptions options) : IChannel
{
    public const string ChannelName = "sms";

    private readonly IReadOnlySet<NotificationKind> _kinds = options.Sms.KindSet();

    public string Name => ChannelName;

    public int Preference => 90;

    public TimeSpan RecognisesRepeatsFor => options.Sms.RecognisesRepeatsFor;

    public bool Takes(OutgoingMessage message) => provider.Provider != SmsProvider.None
        && message is { OnlyAddress: null, OnlyAppId: null } && options.Sms.Allows(message, _kinds);

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!Takes(message)) return new SendOutcome.NotAvailable("not_by_sms");
        var phones = await Portion.Of(message).Once(typeof(SmsChannel), Phones).ConfigureAwait(false);
        if (!phones.TryGetValue(message.Customer, out var phone)) return new SendOutcome.NotAvailable("no_phone");
        // The operator says no more than whether it took it; under the same key it sends nothing twice.
        return await sms.Send(phone, SmsText.Of(message.Text, options.Sms.Signature), message.Id, ct).ConfigureAwait(false)
            ? new SendOutcome.Sent(null, AwaitsConfirmation: false)
            : new SendOutcome.Ambiguous("sms_no_answer");
    }

    private Task<IReadOnlyDictionary<CustomerId, Phone>> Phones(Portion portion) => VerifiedPhones.ToReach(db, keys,
        [.. portion.Messages.Where(Takes).Select(m => m.Customer).Distinct()], CancellationToken.None);
}

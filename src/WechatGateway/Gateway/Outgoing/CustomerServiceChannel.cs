using Courier.Services.Notifications;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Callbacks;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>
/// Customer-service messages (客服消息): as chat, for nothing, but only while the customer's window is open and its count lasts.
/// A message is taken from the count before it goes out, so that two processes never send one too many.
/// </summary>
internal sealed class CustomerServiceChannel(Addresses addresses, FollowerLedger ledger, WechatClient wechat, TimeProvider clock) : IChannel
{
    public const string ChannelName = "wechat.customer_service";
    private const int LongestText = 2048;

    public string Name => ChannelName;

    public int Preference => 10;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var outcome = await Choose(message, ct).ConfigureAwait(false);
        GatewayMetrics.Send(ChannelName, SendErrors.NameOf(outcome));
        return outcome;
    }

    private async Task<SendOutcome> Choose(OutgoingMessage message, CancellationToken ct)
    {
        var names = await addresses.For(message, ct).ConfigureAwait(false);
        if (names.Count == 0) return new SendOutcome.NotAvailable("no_account");
        if (names.All(n => n.State is { Followed: 0 })) return new SendOutcome.Unreachable("not_following");
        foreach (var to in names.Where(n => n.State?.CanBeWrittenTo(clock.GetUtcNow()) == true))
        {
            if (!await ledger.TakeSend(to.Name, ct).ConfigureAwait(false)) continue;
            var outcome = await SendTo(to, message.Text, ct).ConfigureAwait(false);
            if (outcome is not (SendOutcome.NotAvailable or SendOutcome.Unreachable)) return outcome;
            if (outcome is SendOutcome.Unreachable && names.Count == 1) return outcome;
        }
        return new SendOutcome.NotAvailable("window_closed");
    }

    private async Task<SendOutcome> SendTo(Reachable to, string text, CancellationToken ct)
    {
        try
        {
            var call = new SendCustomMessage(to.Name.OpenId.Text, new CustomText(Utf8Text.Cut(text, LongestText)));
            await wechat.SendAsync(to.Account.Wechat, call, ct).ConfigureAwait(false);
            return new SendOutcome.Sent(null, AwaitsConfirmation: false);
        }
        catch (WechatException error)
        {
            var outcome = SendErrors.Outcome(error, clock.GetUtcNow());
            await Correct(to.Name, outcome, ct).ConfigureAwait(false);
            return outcome;
        }
    }

    /// <summary>WeChat knows better how many messages are left and who follows.</summary>
    private Task Correct(FollowerName who, SendOutcome outcome, CancellationToken ct) => outcome switch
    {
        SendOutcome.NotAvailable => ledger.CloseWindow(who, ct),
        SendOutcome.Unreachable => ledger.MarkGone(who, ct),
        SendOutcome.RetryLater or SendOutcome.Rejected => ledger.GiveSendBack(who, ct),
        _ => Task.CompletedTask, // sent, or perhaps sent: it counts
    };
}

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
internal sealed class CustomerServiceChannel(
    Addresses addresses, FollowerLedger ledger, WindowCounts windows, SendQuotas quotas, WechatClient wechat, TimeProvider clock) : IChannel
{
    public const string ChannelName = "wechat.customer_service";
    private const int LongestText = 2048;

    public string Name => ChannelName;

    public int Preference => 10;

    public Task Prepare(Portion portion, CancellationToken ct) => addresses.Of(portion, ct);

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
        var open = OpenOnes(names);
        for (var i = 0; i < open.Count; i++)
        {
            var to = open[i];
            // The first one's message was taken with the portion's; another is only asked when WeChat refused the first.
            var taken = i == 0 ? await windows.Take(Portion.Of(message), Wanted, to.Name).ConfigureAwait(false) : await ledger.TakeSend(to.Name, ct).ConfigureAwait(false);
            if (!taken) continue;
            var outcome = await SendTo(to, message, ct).ConfigureAwait(false);
            if (outcome is not (SendOutcome.NotAvailable or SendOutcome.Unreachable)) return outcome;
            if (outcome is SendOutcome.NotAvailable { OpensAt: not null } || (outcome is SendOutcome.Unreachable && names.Count == 1)) return outcome;
        }
        return new SendOutcome.NotAvailable("window_closed", OpensWhenCustomerActs: true);
    }

    private List<Reachable> OpenOnes(IReadOnlyList<Reachable> names)
    {
        var now = clock.GetUtcNow();
        return [.. names.Where(n => n.State?.CanBeWrittenTo(now) == true)];
    }

    private async Task<IReadOnlyList<FollowerName>> Wanted(Portion portion)
    {
        var wanted = new List<FollowerName>();
        foreach (var message in portion.Messages)
        {
            var open = OpenOnes(await addresses.For(message, CancellationToken.None).ConfigureAwait(false)); // known already: no query
            if (open.Count > 0) wanted.Add(open[0].Name);
        }
        return wanted;
    }

    private async Task<SendOutcome> SendTo(Reachable to, OutgoingMessage message, CancellationToken ct)
    {
        if (!await quotas.Take(Portion.Of(message), to.Account.AppId, LimitedCall.CustomMessage).ConfigureAwait(false))
        {
            await ledger.GiveSendBack(to.Name, ct).ConfigureAwait(false);
            return new SendOutcome.NotAvailable("quota_of_the_day", OpensAt: quotas.NextDay);
        }
        try
        {
            var call = new SendCustomMessage(to.Name.OpenId.Text, new CustomText(Utf8Text.Cut(message.Text, LongestText)));
            await wechat.SendAsync(to.Account.Wechat, call, ct).ConfigureAwait(false);
            return new SendOutcome.Sent(null, AwaitsConfirmation: false);
        }
        catch (WechatException error)
        {
            var outcome = SendErrors.Outcome(error, clock.GetUtcNow());
            if (outcome is SendOutcome.Unreachable or SendOutcome.NotAvailable { OpensAt: null }) await WindowCounts.Close(Portion.Of(message), to.Name).ConfigureAwait(false);
            await Correct(to.Name, outcome, ct).ConfigureAwait(false);
            if (SendErrors.IsForTheDay(error, clock.GetUtcNow())) await quotas.Exhausted(to.Account.AppId, LimitedCall.CustomMessage, ct).ConfigureAwait(false);
            return outcome;
        }
    }

    /// <summary>WeChat knows better how many messages are left and who follows.</summary>
    private Task Correct(FollowerName who, SendOutcome outcome, CancellationToken ct) => outcome switch
    {
        SendOutcome.NotAvailable { OpensAt: not null } => ledger.GiveSendBack(who, ct), // the day's quota: the window is as open as before
        SendOutcome.NotAvailable => ledger.CloseWindow(who, ct),
        SendOutcome.Unreachable => ledger.MarkGone(who, ct),
        SendOutcome.RetryLater or SendOutcome.Rejected => ledger.GiveSendBack(who, ct),
        _ => Task.CompletedTask, // sent, or perhaps sent: it counts
    };
}

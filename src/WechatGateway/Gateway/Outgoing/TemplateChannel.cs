using System.Globalization;
using Courier.Services.Notifications;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>
/// Template messages of official accounts (模板消息): reach a follower at any time. The message's id goes along as client_msg_id,
/// so WeChat drops a repeat; whether it arrived is told by TEMPLATESENDJOBFINISH.
/// </summary>
internal sealed class TemplateChannel(
    Addresses addresses, FollowerLedger ledger, SendQuotas quotas, LostTemplates lost, WechatClient wechat, WechatOptions options, TimeProvider clock) : IChannel
{
    public const string ChannelName = "wechat.template";

    public string Name => ChannelName;

    public int Preference => 20;

    // △ in the documentation: about ten minutes.
    public TimeSpan RecognisesRepeatsFor => TimeSpan.FromMinutes(10);

    public Task Prepare(Portion portion, CancellationToken ct) => addresses.Of(portion, ct);

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var outcome = await Choose(message, ct).ConfigureAwait(false);
        GatewayMetrics.Send(ChannelName, SendErrors.NameOf(outcome));
        return outcome;
    }

    private async Task<SendOutcome> Choose(OutgoingMessage message, CancellationToken ct)
    {
        if (message is not { TemplateKind: { } kind, TemplateData: { Count: > 0 } data }) return new SendOutcome.NotAvailable("no_template");
        var all = await addresses.For(message, ct).ConfigureAwait(false);
        var names = all.Where(n => n.Account.Kind == AccountKind.OfficialAccount).ToList();
        if (names.Count == 0) return new SendOutcome.NotAvailable("no_account");
        var following = names.Where(n => n.State is { Followed: 1 }).ToList();
        // Who has left the account may still use the mini-program, which has grants of its own.
        if (following.Count == 0) return all.Count > names.Count ? new SendOutcome.NotAvailable("not_following") : new SendOutcome.Unreachable("not_following");
        foreach (var to in following)
        {
            if (TemplateOf(kind, to.Account.AppId) is not { } template) continue;
            if (await lost.Has(Portion.Of(message), to.Account.AppId, template).ConfigureAwait(false)) return new SendOutcome.NotAvailable("template_lost");
            return await SendTo(to, template, message, data, ct).ConfigureAwait(false);
        }
        return new SendOutcome.NotAvailable("no_template");
    }

    private string? TemplateOf(string kind, string appId) =>
        options.Templates.TryGetValue(kind, out var byAccount) && byAccount.TryGetValue(appId, out var template) && template.Length > 0 ? template : null;

    private async Task<SendOutcome> SendTo(Reachable to, string template, OutgoingMessage message, IReadOnlyDictionary<string, string> data, CancellationToken ct)
    {
        var portion = Portion.Of(message);
        if (!await quotas.Take(portion, to.Account.AppId, LimitedCall.Template).ConfigureAwait(false))
            return new SendOutcome.NotAvailable("quota_of_the_day", OpensAt: quotas.NextDay);
        var call = new SendTemplate
        {
            OpenId = to.Name.OpenId.Text, TemplateId = template, Url = message.Url, ClientMessageId = message.Id,
            Data = data.ToDictionary(d => d.Key, d => new TemplateValue(TemplateText.Of(d.Key, d.Value))),
        };
        try
        {
            var sent = await wechat.SendAsync(to.Account.Wechat, call, ct).ConfigureAwait(false);
            return new SendOutcome.Sent(sent.Msgid.ToString(CultureInfo.InvariantCulture), AwaitsConfirmation: true);
        }
        catch (WechatException error)
        {
            var outcome = SendErrors.Outcome(error, clock.GetUtcNow());
            if (outcome is SendOutcome.Unreachable) await ledger.MarkGone(to.Name, ct).ConfigureAwait(false);
            if (SendErrors.IsTemplateGone(error)) await lost.Lose(portion, to.Account.AppId, template, ct).ConfigureAwait(false);
            if (SendErrors.IsForTheDay(error, clock.GetUtcNow())) await quotas.Exhausted(to.Account.AppId, LimitedCall.Template, ct).ConfigureAwait(false);
            return outcome;
        }
    }
}

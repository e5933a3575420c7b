using System.Globalization;
using Courier.Services.Notifications;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>What the two kinds of subscribe messages differ in.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Preference">Its place among the channels.</param>
/// <param name="Account">Of which kind of account.</param>
/// <param name="Call">Whose quota it uses.</param>
internal sealed record SubscribeKind(string Name, int Preference, AccountKind Account, LimitedCall Call)
{
    /// <summary>订阅通知 of official accounts (bizsend).</summary>
    public static SubscribeKind OfAccount { get; } = new("wechat.account_subscription", 30, AccountKind.OfficialAccount, LimitedCall.AccountSubscription);

    /// <summary>订阅消息 of mini-programs (subscribe/send).</summary>
    public static SubscribeKind OfMiniProgram { get; } = new("wechat.mini_program_subscription", 40, AccountKind.MiniProgram, LimitedCall.MiniProgramSubscription);
}

/// <summary>
/// Subscribe messages: reach whoever has agreed to this template, once for each time they agreed. WeChat takes no id, so what is
/// ambiguous is not repeated; what became of it is told by subscribe_msg_sent_event.
/// </summary>
internal sealed class SubscribeChannel(
    SubscribeKind kind, Addresses addresses, GrantLedger grants, SendQuotas quotas, LostTemplates lost, WechatClient wechat, WechatOptions options, TimeProvider clock) : IChannel
{
    public string Name => kind.Name;

    public int Preference => kind.Preference;

    // Without any template configured it is no way at all and leaves no trace in the ledger.
    public bool Takes(OutgoingMessage message) => message is { TemplateKind: { } name, TemplateData.Count: > 0 } && options.SubscribeTemplates.TryGetValue(name, out var byAccount)
        && options.Accounts.Any(a => a.Kind == kind.Account && byAccount.ContainsKey(a.AppId));

    public Task Prepare(Portion portion, CancellationToken ct) => addresses.Of(portion, ct);

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var outcome = await Choose(message, ct).ConfigureAwait(false);
        GatewayMetrics.Send(Name, SendErrors.NameOf(outcome));
        return outcome;
    }

    private async Task<SendOutcome> Choose(OutgoingMessage message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (message is not { TemplateKind: { } name, TemplateData: { Count: > 0 } data }) return new SendOutcome.NotAvailable("no_template");
        var portion = Portion.Of(message);
        var names = (await addresses.For(message, ct).ConfigureAwait(false)).Where(n => n.Account.Kind == kind.Account).ToList();
        if (names.Count == 0) return new SendOutcome.NotAvailable("no_account");
        SendOutcome last = new SendOutcome.NotAvailable("no_template");
        foreach (var to in names)
        {
            if (TemplateOf(name, to.Account.AppId) is not { } template) continue;
            last = await SendTo(to, template, message, portion, data, ct).ConfigureAwait(false);
            if (last is not SendOutcome.NotAvailable) return last;
        }
        return last;
    }

    private SubscribeTemplate? TemplateOf(string name, string appId) =>
        options.SubscribeTemplates.TryGetValue(name, out var byAccount) && byAccount.TryGetValue(appId, out var template) ? template : null;

    private async Task<SendOutcome> SendTo(
        Reachable to, SubscribeTemplate template, OutgoingMessage message, Portion portion, IReadOnlyDictionary<string, string> data, CancellationToken ct)
    {
        if (await lost.Has(portion, to.Account.AppId, template.Id).ConfigureAwait(false)) return new SendOutcome.NotAvailable("template_lost");
        if (!await grants.Take(portion, template.Id, p => Wanted(p, message.TemplateKind!), to.Name).ConfigureAwait(false)) return new SendOutcome.NotAvailable("no_grant");
        if (!await quotas.Take(portion, to.Account.AppId, kind.Call).ConfigureAwait(false))
        {
            await grants.GiveBack(to.Name, template.Id, ct).ConfigureAwait(false);
            return new SendOutcome.NotAvailable("quota_of_the_day", OpensAt: quotas.NextDay);
        }
        try
        {
            var taken = await Call(to, template, message, Values(template, data), ct).ConfigureAwait(false);
            return new SendOutcome.Sent(taken.Msgid?.ToString(CultureInfo.InvariantCulture), AwaitsConfirmation: taken.Msgid is not null);
        }
        catch (WechatException error)
        {
            var outcome = SendErrors.Outcome(error, clock.GetUtcNow());
            await Correct(to, template, portion, error, outcome, ct).ConfigureAwait(false);
            return outcome;
        }
    }

    private Task<SubscriptionTaken> Call(Reachable to, SubscribeTemplate template, OutgoingMessage message, Dictionary<string, TemplateValue> values, CancellationToken ct) => kind.Account switch
    {
        AccountKind.OfficialAccount => wechat.SendAsync(to.Account.Wechat,
            new SendAccountSubscription { OpenId = to.Name.OpenId.Text, TemplateId = template.Id, Page = Page(template, message), Data = values }, ct),
        AccountKind.MiniProgram => wechat.SendAsync(to.Account.Wechat,
            new SendMiniProgramSubscription { OpenId = to.Name.OpenId.Text, TemplateId = template.Id, Page = Page(template, message), Data = values }, ct),
    };

    // A mini-program opens pages of its own only: the address of a web page is none.
    private string? Page(SubscribeTemplate template, OutgoingMessage message) => template.Page.Length > 0 ? template.Page : kind.Account switch
    {
        AccountKind.OfficialAccount => message.Url,
        AccountKind.MiniProgram => null,
    };

    // The fields of a subscribe template have numbers of their own: those that it does not name are left out.
    private static Dictionary<string, TemplateValue> Values(SubscribeTemplate template, IReadOnlyDictionary<string, string> data) =>
        template.Fields.Count == 0
            ? data.ToDictionary(d => d.Key, d => new TemplateValue(TemplateText.Of(d.Key, d.Value)))
            : template.Fields.Where(f => data.ContainsKey(f.Key)).ToDictionary(f => f.Value, f => new TemplateValue(TemplateText.Of(f.Value, data[f.Key])));

    private async Task<IReadOnlyList<FollowerName>> Wanted(Portion portion, string templateKind)
    {
        var wanted = new List<FollowerName>();
        foreach (var message in portion.Messages.Where(m => string.Equals(m.TemplateKind, templateKind, StringComparison.Ordinal)))
            wanted.AddRange((await addresses.For(message, CancellationToken.None).ConfigureAwait(false)).Where(n => n.Account.Kind == kind.Account).Select(n => n.Name)); // known already: no query
        return wanted;
    }

    private async Task Correct(Reachable to, SubscribeTemplate template, Portion portion, WechatException error, SendOutcome outcome, CancellationToken ct)
    {
        if (SendErrors.IsTemplateGone(error)) await lost.Lose(portion, to.Account.AppId, template.Id, ct).ConfigureAwait(false);
        if (SendErrors.IsForTheDay(error, clock.GetUtcNow())) await quotas.Exhausted(to.Account.AppId, kind.Call, ct).ConfigureAwait(false);
        if (error.Reaction == ErrorReaction.FallBack) await grants.Ended(to.Name, template.Id, ct).ConfigureAwait(false);
        else if (outcome is SendOutcome.RetryLater or SendOutcome.Rejected or SendOutcome.NotAvailable) await grants.GiveBack(to.Name, template.Id, ct).ConfigureAwait(false);
    }
}

using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>Consent as phones report it, for the names under which WeChat knows the customer.</summary>
internal sealed class SubscriptionConsents(Db db, GrantLedger grants, WechatOptions options) : ISubscriptionConsents
{
    public async Task Report(CustomerId customer, string appId, IReadOnlyList<SubscriptionAnswer> answers, string reportId, CancellationToken ct)
    {
        if (await NameOf(customer, appId, ct).ConfigureAwait(false) is not { } who) return;
        var ours = TemplatesOf(appId).Select(t => t.Template.Id).ToHashSet(StringComparer.Ordinal);
        var choices = answers.Where(a => ours.Contains(a.TemplateId)).Select(a => new SubscriptionChoice(a.TemplateId, a.Accepted, null)).ToList();
        await grants.Chosen(who, choices, isSettings: false, $"report:{who.OpenId.Text}:{reportId}", ct).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<SubscriptionState>> Of(CustomerId customer, string appId, CancellationToken ct)
    {
        var granted = await NameOf(customer, appId, ct).ConfigureAwait(false) is { } who
            ? (await grants.Of(who, ct).ConfigureAwait(false)).ToDictionary(g => g.TemplateId, StringComparer.Ordinal)
            : [];
        return [.. TemplatesOf(appId).Select(t => granted.GetValueOrDefault(t.Template.Id) is { } grant
            ? new SubscriptionState(t.Kind, t.Template.Id, grant.SendsLeft, grant.IsPermanent == 1)
            : new SubscriptionState(t.Kind, t.Template.Id, 0, false))];
    }

    private async Task<FollowerName?> NameOf(CustomerId customer, string appId, CancellationToken ct) =>
        (await CustomerIdentities.Wechat(db, [customer], ct).ConfigureAwait(false)).FirstOrDefault(i => string.Equals(i.AppId, appId, StringComparison.Ordinal)) is { } found
            ? new FollowerName(appId, found.OpenId)
            : null;

    private IEnumerable<(string Kind, SubscribeTemplate Template)> TemplatesOf(string appId) => options.SubscribeTemplates
        .Where(k => k.Value.ContainsKey(appId)).Select(k => (k.Key, k.Value[appId])).OrderBy(k => k.Key, StringComparer.Ordinal);
}

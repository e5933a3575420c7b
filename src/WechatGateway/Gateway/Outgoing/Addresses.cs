using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Notifications;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Outgoing;

/// <summary>A name under which a customer might be reached.</summary>
/// <param name="Account">The account.</param>
/// <param name="Name">The customer's name there.</param>
/// <param name="State">What may be sent; null when this person never wrote, tapped or followed.</param>
internal sealed record Reachable(GatewayAccount Account, FollowerName Name, FollowerState? State);

/// <summary>
/// Finds out under which names a message may go to its customer: those that WeChat knows, narrowed to what the message asks for.
/// Two queries for a portion, however many messages it has.
/// </summary>
internal sealed class Addresses(Db db, WechatAccounts accounts, FollowerLedger ledger)
{
    /// <summary>The names, the one that acted last first.</summary>
    public async Task<IReadOnlyList<Reachable>> For(OutgoingMessage message, CancellationToken ct)
    {
        var all = await Of(Portion.Of(message), ct).ConfigureAwait(false);
        var names = all.GetValueOrDefault(message.Customer, []);
        return message.OnlyAppId is null && message.OnlyAddress is null ? names : [.. names
            .Where(n => message.OnlyAppId is null || string.Equals(message.OnlyAppId, n.Name.AppId, StringComparison.Ordinal))
            .Where(n => message.OnlyAddress is null || string.Equals(message.OnlyAddress, n.Name.OpenId.Text, StringComparison.Ordinal))];
    }

    /// <summary>The names of everybody in a portion.</summary>
    public Task<Dictionary<CustomerId, IReadOnlyList<Reachable>>> Of(Portion portion, CancellationToken ct) =>
        ct.IsCancellationRequested ? Task.FromCanceled<Dictionary<CustomerId, IReadOnlyList<Reachable>>>(ct) : portion.Once(typeof(Addresses), OfAll);

    private async Task<Dictionary<CustomerId, IReadOnlyList<Reachable>>> OfAll(Portion portion)
    {
        var known = await CustomerIdentities.Wechat(db, [.. portion.Messages.Select(m => m.Customer).Distinct()], CancellationToken.None).ConfigureAwait(false);
        var ours = known.Where(k => accounts.TryFind(k.AppId, out _)).ToList();
        var states = (await ledger.Of([.. ours.Select(k => new FollowerName(k.AppId, k.OpenId)).ToHashSet()], CancellationToken.None).ConfigureAwait(false))
            .ToDictionary(s => (s.AppId, s.OpenId));
        return ours.GroupBy(k => k.Customer).ToDictionary(g => g.Key, g => (IReadOnlyList<Reachable>)[.. g
            .Select(k => new Reachable(Account(k.AppId), new FollowerName(k.AppId, k.OpenId), states.GetValueOrDefault((k.AppId, k.OpenId.Text))))
            .OrderByDescending(r => r.State?.LastActionAt)]);
    }

    private GatewayAccount Account(string appId) => accounts.TryFind(appId, out var account) ? account : throw new InvalidOperationException("an account vanished");
}

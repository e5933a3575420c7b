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

/// <summary>Finds out under which names a message may go to its customer: those that WeChat knows, narrowed to what the message asks for.</summary>
internal sealed class Addresses(Db db, WechatAccounts accounts, FollowerLedger ledger)
{
    /// <summary>The names, the one that acted last first.</summary>
    public async Task<IReadOnlyList<Reachable>> For(OutgoingMessage message, CancellationToken ct)
    {
        var known = await CustomerIdentities.Wechat(db, [message.Customer], ct).ConfigureAwait(false);
        var names = known
            .Where(k => message.OnlyAppId is null || string.Equals(message.OnlyAppId, k.AppId, StringComparison.Ordinal))
            .Where(k => message.OnlyAddress is null || string.Equals(message.OnlyAddress, k.OpenId.Text, StringComparison.Ordinal))
            .Select(k => new FollowerName(k.AppId, k.OpenId))
            .ToList();
        var states = (await ledger.Of(names, ct).ConfigureAwait(false)).ToDictionary(s => (s.AppId, s.OpenId));
        return [.. names
            .Select(n => (Name: n, Account: accounts.TryFind(n.AppId, out var account) ? account : null))
            .Where(n => n.Account is not null)
            .Select(n => new Reachable(n.Account!, n.Name, states.GetValueOrDefault((n.Name.AppId, n.Name.OpenId.Text))))
            .OrderByDescending(r => r.State?.LastActionAt)];
    }
}

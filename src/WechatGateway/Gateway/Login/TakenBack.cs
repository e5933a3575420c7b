using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Followers;

namespace Courier.WechatGateway.Login;

/// <summary>
/// A person took an authorisation back, or closed the WeChat account: what was given by it is erased. The wish is in the database
/// before WeChat is told <c>success</c>; until then WeChat repeats the event.
/// </summary>
internal sealed class TakenBack(Db db, DataKeys keys, IJobAlarm alarm, TimeProvider clock, WechatOptions options, FollowerProfiles profiles)
{
    /// <summary>Keeps the wish; false when it is about nobody.</summary>
    public async Task<bool> Execute(GatewayAccount account, PersonalDataEvent what, string key, CancellationToken ct)
    {
        if (!OpenId.TryParse(what.PersonOpenId, null, out var person) && !OpenId.TryParse(what.OpenId, null, out person)) return false;
        if (what is UserInfoModified && account.Kind == AccountKind.OfficialAccount)
        {
            await profiles.Want(account.AppId, person, ct).ConfigureAwait(false);
            return true;
        }
        var request = what switch
        {
            AuthorizationCancelled => new ErasureRequest(ErasureOrigin.WechatCancelled, ErasureScope.Everything, key),
            AuthorizationRevoked => new ErasureRequest(ErasureOrigin.WechatRevoked, ScopeOf(what.Permissions), key),
            _ => null,
        };
        if (request is null) return false;
        await EraseCustomer.Ask(db, keys, alarm, clock, request with { Wechat = new WechatName(account.AppId, person.Text) }, ct).ConfigureAwait(false);
        return true;
    }

    // An event without numbers does not say which: then all kinds that WeChat ever gave are taken back, but the person stays.
    private ErasureScope ScopeOf(IReadOnlyList<string> permissions) => new(permissions.Count == 0
        ? Enum.GetValues<PersonalDataKind>()
        : [.. permissions.Select(p => options.Revocations.TryGetValue(p, out var kind) ? kind : (PersonalDataKind?)null).OfType<PersonalDataKind>().Distinct()]);
}

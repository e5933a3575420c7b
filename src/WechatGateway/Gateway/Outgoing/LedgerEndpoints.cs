using Courier.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Courier.Kernel.Data;

namespace Courier.WechatGateway.Outgoing;

/// <summary>What may still be sent, for the operations page: quotas of the day, grants, lost templates.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedgers(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/desk/v1/operations/wechat-ledgers", Show).ForStaff("operator", "admin");

    private static async Task<Ok<LedgersView>> Show(WechatAccounts accounts, SendQuotas quotas, GrantLedger grants, LostTemplates lost, CancellationToken ct)
    {
        var used = (await quotas.ToDay(ct).ConfigureAwait(false)).ToDictionary(q => (q.AppId, q.CallName));
        var lines = accounts.All.SelectMany(account => CallsOf(account.Kind).Select(call =>
        {
            var line = used.GetValueOrDefault((account.AppId, EnumText<LimitedCall>.Of(call)));
            return new QuotaView(account.AppId, EnumText<LimitedCall>.Of(call), line?.Used ?? 0, quotas.LimitOf(account.AppId, call), line?.IsExhausted == 1);
        }));
        return TypedResults.Ok(new LedgersView([.. lines], await grants.All(ct).ConfigureAwait(false),
            await lost.All(ct).ConfigureAwait(false)));
    }

    private static LimitedCall[] CallsOf(AccountKind kind) => kind switch
    {
        AccountKind.OfficialAccount => [LimitedCall.CustomMessage, LimitedCall.Template, LimitedCall.AccountSubscription],
        AccountKind.MiniProgram => [LimitedCall.CustomMessage, LimitedCall.MiniProgramSubscription],
    };
}

/// <summary>All ledgers of sending over WeChat.</summary>
internal sealed record LedgersView(IReadOnlyList<QuotaView> Quotas, IReadOnlyList<GrantSum> Grants, IReadOnlyList<LostTemplate> LostTemplates);

/// <summary>A call's quota of today.</summary>
internal sealed record QuotaView(string AppId, string Call, long Used, long Limit, bool IsExhausted);

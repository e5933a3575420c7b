using System.Diagnostics.CodeAnalysis;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway;

/// <summary>A configured account with what answers its callbacks.</summary>
/// <param name="Wechat">The account as the client knows it.</param>
/// <param name="Kind">Official account or mini-program.</param>
/// <param name="Reader">Checks, decrypts and writes its callbacks.</param>
internal sealed record GatewayAccount(WechatAccount Wechat, AccountKind Kind, CallbackReader Reader)
{
    public string AppId => Wechat.AppId;

    /// <summary>Does a callback name this account? Plain bodies are covered by no signature, so their account is compared too.</summary>
    public bool Receives(Inbound inbound) => Wechat.OriginalId.Length == 0 || string.Equals(Wechat.OriginalId, inbound.AccountId, StringComparison.Ordinal);
}

/// <summary>All configured accounts, found by AppID.</summary>
internal sealed class WechatAccounts
{
    private readonly Dictionary<string, GatewayAccount> _byAppId;

    public WechatAccounts(WechatOptions options, TimeProvider clock)
    {
        All = [.. options.Accounts.Select(a => From(a, clock))];
        _byAppId = All.ToDictionary(a => a.AppId, StringComparer.Ordinal);
    }

    public IReadOnlyList<GatewayAccount> All { get; }

    public bool TryFind(string appId, [NotNullWhen(true)] out GatewayAccount? account) => _byAppId.TryGetValue(appId, out account);

    private static GatewayAccount From(AccountOptions options, TimeProvider clock)
    {
        var wechat = new WechatAccount(options.AppId, options.Secret, options.OriginalId,
            options.Kind switch
            {
                AccountKind.OfficialAccount => WechatAccountKind.ServiceAccount,
                AccountKind.MiniProgram => WechatAccountKind.MiniProgram,
            },
            options.Token, NullIfEmpty(options.EncodingAesKey), NullIfEmpty(options.PreviousEncodingAesKey), options.Mode);
        return new GatewayAccount(wechat, options.Kind, new CallbackReader(wechat, clock));
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

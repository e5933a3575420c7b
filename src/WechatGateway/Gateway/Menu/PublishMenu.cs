using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Menu;

/// <summary>How the menu of an account stands at WeChat.</summary>
public enum MenuState
{
    /// <summary>It was never published, or nothing is configured.</summary>
    Never,

    /// <summary>WeChat shows what is configured.</summary>
    Published,

    /// <summary>WeChat refused it at the last try.</summary>
    Refused,
}

/// <summary>The menu of an account and how it stands.</summary>
/// <param name="AppId">The account.</param>
/// <param name="State">How it stands.</param>
/// <param name="PublishedAt">When WeChat took it last; null when it never did.</param>
/// <param name="Problem">What WeChat said against it; null when nothing.</param>
/// <param name="Entries">What is configured.</param>
public sealed record AccountMenuState(string AppId, MenuState State, DateTimeOffset? PublishedAt, string? Problem, IReadOnlyList<MenuEntry> Entries);

/// <summary>Publishes the configured menu of an account: at start, when WeChat has another one, and by command.</summary>
public sealed class PublishMenu
{
    private readonly WechatOptions _options;
    private readonly WechatAccounts _accounts;
    private readonly WechatClient _wechat;
    private readonly MenuLedger _ledger;

    internal PublishMenu(WechatOptions options, WechatAccounts accounts, WechatClient wechat, MenuLedger ledger) =>
        (_options, _accounts, _wechat, _ledger) = (options, accounts, wechat, ledger);

    /// <summary>Publishes the menu unless WeChat has it already.</summary>
    /// <param name="appId">The account.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>How it stands then; null when there is no such official account.</returns>
    /// <exception cref="RuleBroken"><c>wechat.menu_invalid</c>: none is configured, or it breaks WeChat's limits, or WeChat refuses it.</exception>
    public async Task<AccountMenuState?> Execute(string appId, CancellationToken ct)
    {
        if (!_accounts.TryFind(appId, out var account) || account.Kind != AccountKind.OfficialAccount) return null;
        var menu = _options.Menus.GetValueOrDefault(appId) ?? [];
        if (MenuLimits.ProblemsOf("menu", menu).FirstOrDefault() is { } problem) throw new RuleBroken("wechat.menu_invalid", Texts.MenuBroken(problem));
        try
        {
            var wanted = MenuButtons.Of(menu);
            var current = await _wechat.SendAsync(account.Wechat, new GetMenu(), ct).ConfigureAwait(false);
            if (!MenuButtons.Same(wanted, current.Menu.Button)) await _wechat.SendAsync(account.Wechat, new CreateMenu(wanted), ct).ConfigureAwait(false);
        }
        catch (WechatException error) when (error.Reaction is ErrorReaction.NeverRetry or ErrorReaction.StopAndAlert or ErrorReaction.Unknown)
        {
            await _ledger.Refused(appId, error.Message, ct).ConfigureAwait(false);
            throw new RuleBroken("wechat.menu_invalid", Texts.MenuRefused(error.Explanation));
        }
        await _ledger.Published(appId, ct).ConfigureAwait(false);
        return (await States(ct).ConfigureAwait(false)).Single(s => s.AppId == appId);
    }

    /// <summary>How the menus of all official accounts stand.</summary>
    public async Task<IReadOnlyList<AccountMenuState>> States(CancellationToken ct)
    {
        var known = await _ledger.All(ct).ConfigureAwait(false);
        return [.. _accounts.All.Where(a => a.Kind == AccountKind.OfficialAccount).Select(a => new AccountMenuState(
            a.AppId,
            known.GetValueOrDefault(a.AppId)?.State ?? MenuState.Never,
            known.GetValueOrDefault(a.AppId)?.PublishedAt,
            known.GetValueOrDefault(a.AppId) is { Problem.Length: > 0 } row ? row.Problem : null,
            _options.Menus.GetValueOrDefault(a.AppId) ?? []))];
    }
}

using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Menu;

/// <summary>Makes WeChat hold exactly the menus of an edition. It looks first, so that doing it again, after a crash too, calls nothing.</summary>
internal sealed class PutMenu(WechatClient wechat)
{
    /// <exception cref="WechatException">WeChat did not take it, or not all of it.</exception>
    public async Task Exactly(GatewayAccount account, MenuContent menus, CancellationToken ct)
    {
        var wanted = MenuButtons.Of(menus.Default);
        var current = await wechat.SendAsync(account.Wechat, new GetMenu(), ct).ConfigureAwait(false);
        if (!MenuButtons.Same(wanted, current.Menu.Button))
        {
            await wechat.SendAsync(account.Wechat, new CreateMenu(wanted), ct).ConfigureAwait(false);
            // What became of the menus for some is WeChat's to say.
            if ((current.Conditionalmenu ?? []).Count > 0) current = await wechat.SendAsync(account.Wechat, new GetMenu(), ct).ConfigureAwait(false);
        }
        await Personal(account, [.. menus.Personal.Reverse()], [.. (current.Conditionalmenu ?? []).OrderBy(m => m.Menuid)], ct).ConfigureAwait(false);
    }

    // WeChat shows the menu that was made last, so the least one is made first. What stands rightly at the beginning stays; from the
    // first difference on, the old ones go and the new ones are made. Until that is done, those followers see the menu for everybody.
    private async Task Personal(GatewayAccount account, IReadOnlyList<PersonalMenu> wanted, IReadOnlyList<MenuForSome> current, CancellationToken ct)
    {
        var kept = wanted.Zip(current).TakeWhile(p => IsThere(p.First, p.Second)).Count();
        foreach (var old in current.Skip(kept)) await wechat.SendAsync(account.Wechat, new DeleteConditionalMenu(old.Menuid), ct).ConfigureAwait(false);
        WechatException? refusal = null;
        foreach (var menu in wanted.Skip(kept)) refusal = await TryAdd(account, menu, ct).ConfigureAwait(false) ?? refusal;
        if (refusal is not null) throw refusal;
    }

    // One that can never be made, such as that for a tag which is gone, keeps nobody else from theirs.
    private async Task<WechatException?> TryAdd(GatewayAccount account, PersonalMenu menu, CancellationToken ct)
    {
        try
        {
            await wechat.SendAsync(account.Wechat, new AddConditionalMenu(MenuButtons.Of(menu.Entries), new MenuMatch((int)menu.TagId)), ct).ConfigureAwait(false);
            return null;
        }
        catch (WechatException refusal) when (refusal.Reaction == ErrorReaction.NeverRetry)
        {
            return refusal;
        }
    }

    private static bool IsThere(PersonalMenu wanted, MenuForSome current) =>
        current.Match == new MenuMatch((int)wanted.TagId) && MenuButtons.Same(MenuButtons.Of(wanted.Entries), current.Button);
}

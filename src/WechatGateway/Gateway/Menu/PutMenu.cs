using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;

namespace Courier.WechatGateway.Menu;

/// <summary>Makes WeChat hold exactly the menus of an edition. It looks first, so that doing it again, after a crash too, calls nothing.</summary>
internal sealed class PutMenu(WechatClient wechat)
{
    /// <exception cref="Wechat.Client.Errors.WechatException">WeChat did not take it, or not all of it.</exception>
    public async Task Exactly(GatewayAccount account, MenuContent menus, CancellationToken ct)
    {
        var wanted = MenuButtons.Of(menus.Default);
        var current = await wechat.SendAsync(account.Wechat, new GetMenu(), ct).ConfigureAwait(false);
        if (!MenuButtons.Same(wanted, current.Menu.Button)) await wechat.SendAsync(account.Wechat, new CreateMenu(wanted), ct).ConfigureAwait(false);
    }
}

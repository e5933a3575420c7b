using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Followers;

/// <summary>What opens the customer-service window, by how far it opens it.</summary>
internal enum CustomerAction
{
    /// <summary>Nothing that opens it.</summary>
    None,

    /// <summary>A click, a follow or a scan: a minute.</summary>
    Click,

    /// <summary>A message: two days.</summary>
    Message,
}

/// <summary>Which action a callback is.</summary>
internal static class CustomerActions
{
    /// <summary>WeChat's table of actions (客服消息下发条数限制).</summary>
    public static CustomerAction Of(Inbound inbound) => inbound switch
    {
        TextMessage { MenuItemId: not null } => CustomerAction.Click,  // an item of a message menu counts like a menu click
        InboundMessage => CustomerAction.Message,
        MenuClickEvent or ScanCodePushEvent or ScanCodeWaitEvent or SubscribeEvent or ScanEvent or EnterServiceWindowEvent => CustomerAction.Click,
        _ => CustomerAction.None,
    };
}

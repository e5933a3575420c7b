namespace Courier.WechatGateway.Outgoing;

internal sealed class TemplateChannel
{
    public const string ChannelName = "wechat.template";
}

using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Commands;

/// <summary>Says how a phone is bound; the binding itself is <see cref="PhoneBinding"/>.</summary>
internal sealed class BindPhoneHow : IChatCommand
{
    public const string CommandName = "bind_phone";

    public string Name => CommandName;

    public Task<string> Run(Ask ask, string rest, CancellationToken ct) => Task.FromResult(Texts.BindHow);
}

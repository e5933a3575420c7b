using Courier.WechatGateway.Replies;
using Courier.WechatGateway.Replies.Sending;

namespace Courier.WechatGateway.Commands;

/// <summary>我的订单: what the customer sends and what can still be done with it.</summary>
internal sealed class ListMyOrders(OrderAnswers orders) : IChatCommand
{
    public const string CommandName = "my_orders";

    public string Name => CommandName;

    public async Task<string> Run(Ask ask, string rest, CancellationToken ct) => (await orders.List(ask, ct).ConfigureAwait(false)).Text!;
}

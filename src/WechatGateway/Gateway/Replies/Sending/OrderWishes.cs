using System.Text.RegularExpressions;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>取消 1, 取消订单, 取消订单 2611 2248 3051 72, 改时间 1, 改上门时间, 修改订单 1: what customers do with their orders.</summary>
internal sealed partial class OrderWishes(OrderAnswers orders) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (!ask.HasChinese || ask.Words.Length > 40) return null;
        var words = ask.Words.TrimEnd('。', '.', '!', '吧', '了');
        if (Cancel().Match(words) is { Success: true } cancel) return await orders.Cancel(ask, cancel.Groups["which"].Value, ct).ConfigureAwait(false);
        if (Change().Match(words) is { Success: true } change) return await orders.Change(ask, change.Groups["which"].Value, "", ct).ConfigureAwait(false);
        return Move().Match(words) is { Success: true } move ? await orders.Reschedule(ask, move.Groups["which"].Value, ct).ConfigureAwait(false) : null;
    }

    // Without a number it must say what: 取消 alone may be about anything.
    [GeneratedRegex("^(?:我要|我想|帮我|请|麻烦)?(?:把)?(?:(?:取消|撤销)(?:掉|一下)?(?:(?:我的|这个)?(?:寄件|寄件订单|订单|上门取件|上门|取件|预约|预约取件)(?:第)? *(?<which>[1-9]|[0-9][0-9 -]{12,20})?|(?:第)? *(?<which>[1-9]))(?:号|单|个|笔)?|订单 *(?<which>[1-9])? *(?:取消|撤销)(?:掉|一下)?|不寄了|不想寄了)$")]
    private static partial Regex Cancel();

    [GeneratedRegex("^(?:我要|我想|帮我|请|麻烦)?(?:(?:改|修改|更改|换)(?:一下|个)?(?:(?:订单|上门|取件|上门取件|寄件|预约)的?)?时间|改约|改预约|重新预约|改期|(?:改|换)(?:到|成)[今明后大周星礼下].{1,12}?)(?:第)? *(?<which>[1-9]|[0-9][0-9 -]{12,20})?(?:号|单|个|笔)?$")]
    private static partial Regex Move();

    [GeneratedRegex("^(?:我要|我想|帮我|请|麻烦)?(?:把)?(?:改|修改|更改|更正)(?:一下)?(?:我的|这个)?(?:寄件订单|寄件|订单)(?:的)?(?:信息|内容|地址|收件地址|收货地址|收件人|电话|收件电话)?(?:第)? *(?<which>[1-9]|[0-9][0-9 -]{12,20})?(?:号|单|个|笔)?$")]
    private static partial Regex Change();
}

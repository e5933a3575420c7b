using System.Globalization;
using Courier.Services.Calendars;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway;

/// <summary>Why WeChat did not take something, in the words of operators.</summary>
internal static class WechatRefusal
{
    /// <summary>What the client says itself of a used-up quota in Chinese and with the time of China; else WeChat's own words.</summary>
    public static string Reason(WechatException error) => error.BlockedUntil is { } until
        ? string.Create(CultureInfo.InvariantCulture, $"这个接口的调用次数已用完，{ChinaTime.In(until):M月d日 HH:mm} 以后可以再试")
        : error.Explanation;
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Courier.Kernel;

namespace Courier.WechatGateway;

/// <summary>What the gateway counts; never with anything that names a customer.</summary>
internal static class GatewayMetrics
{
    private static readonly Counter<long> CallbackCount =
        CourierMetrics.Meter.CreateCounter<long>("courier_wechat_callbacks_total", description: "Callbacks of WeChat, by outcome.");

    private static readonly Histogram<double> CallbackTime =
        CourierMetrics.Meter.CreateHistogram<double>("courier_wechat_callback_seconds", "s", "Time from a callback to its answer.");

    private static readonly Counter<long> LateCount =
        CourierMetrics.Meter.CreateCounter<long>("courier_wechat_late_answers_total", description: "Answers that were not ready in time and followed as messages.");

    private static readonly Counter<long> ReplyCount =
        CourierMetrics.Meter.CreateCounter<long>("courier_wechat_replies_total", description: "Replies to customers, by the rule that gave them.");

    private static readonly Counter<long> SendCount =
        CourierMetrics.Meter.CreateCounter<long>("courier_wechat_sends_total", description: "Messages handed to WeChat, by channel and outcome.");

    private static readonly Counter<long> SpoolCount =
        CourierMetrics.Meter.CreateCounter<long>("courier_wechat_spooled_total", description: "Callbacks in the spool, by what became of them: kept, drained, refused.");

    private static readonly Counter<long> FailureCount =
        CourierMetrics.Meter.CreateCounter<long>("courier_wechat_failures_total", description: "Attempts of calls to WeChat that failed, by account, call and what is done about it.");

    private static readonly UpDownCounter<long> StoppedCount =
        CourierMetrics.Meter.CreateUpDownCounter<long>("courier_wechat_stopped", description: "1 while WeChat refuses a call of an account until somebody looks, by account and error code.");

    public static void Failure(string account, string call, string reaction) =>
        FailureCount.Add(1, new TagList { { "account", account }, { "call", call }, { "reaction", reaction } });

    public static void Stopped(string account, int code, bool isStopped) =>
        StoppedCount.Add(isStopped ? 1 : -1, new TagList { { "account", account }, { "code", code } });

    public static void Kept() => SpoolCount.Add(1, new KeyValuePair<string, object?>("outcome", "kept"));

    public static void Drained(int count) => SpoolCount.Add(count, new KeyValuePair<string, object?>("outcome", "drained"));

    public static void SpoolRefused() => SpoolCount.Add(1, new KeyValuePair<string, object?>("outcome", "refused"));

    public static void Callback(string outcome, TimeSpan took)
    {
        CallbackCount.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        CallbackTime.Record(took.TotalSeconds);
    }

    public static void LateAnswer() => LateCount.Add(1);

    public static void Reply(string rule) => ReplyCount.Add(1, new KeyValuePair<string, object?>("rule", rule));

    public static void Send(string channel, string outcome) => SendCount.Add(1, new TagList { { "channel", channel }, { "outcome", outcome } });
}

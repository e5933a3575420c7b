using Courier.Wechat.Client.Calls;
using static Courier.Wechat.Client.Tests.Calls.CallSamples;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Subscription messages of the account and of the mini-program.</summary>
static class SubscriptionSamples
{
    private static readonly Dictionary<string, TemplateValue> Data = new() { ["character_string1"] = new("SF1234567890123"), ["thing2"] = new("派送中") };
    private const string DataJson = """{"character_string1":{"value":"SF1234567890123"},"thing2":{"value":"派送中"}}""";

    public static SendAccountSubscription ToFollower { get; } = new()
    {
        OpenId = "o1",
        TemplateId = "T1",
        Page = "https://h5.example/p?no=1&x=2",
        MiniProgram = new TemplateMiniProgram("wxm", "pages/p?no=1"),
        Data = Data,
    };

    public static SendMiniProgramSubscription ToMiniProgram { get; } = new() { OpenId = "o1", TemplateId = "T1", Page = "pages/p?no=1", Data = Data };

    public static IEnumerable<CallSample> All =>
    [
        new CallSample<SubscriptionTaken>(ToFollower, "POST", "/cgi-bin/message/subscribe/bizsend", $"?{Token}",
            $$"""{"touser":"o1","template_id":"T1","page":"https://h5.example/p?no=1&x=2","miniprogram":{"appid":"wxm","pagepath":"pages/p?no=1"},"data":{{DataJson}}}""",
            Ok, new SubscriptionTaken()),
        new CallSample<SubscriptionTaken>(ToMiniProgram, "POST", "/cgi-bin/message/subscribe/send", $"?{Token}",
            $$"""{"touser":"o1","template_id":"T1","page":"pages/p?no=1","miniprogram_state":"formal","lang":"zh_CN","data":{{DataJson}}}""",
            """{"errcode":0,"errmsg":"ok","msgid":"2055013455174975491"}""", new SubscriptionTaken(2055013455174975491)),
        new CallSample<SubscriptionTaken>(ToMiniProgram with { Version = MiniProgramVersion.Trial, Page = null }, "POST", "/cgi-bin/message/subscribe/send", $"?{Token}",
            $$"""{"touser":"o1","template_id":"T1","miniprogram_state":"trial","lang":"zh_CN","data":{{DataJson}}}""", Ok, new SubscriptionTaken()),
    ];
}

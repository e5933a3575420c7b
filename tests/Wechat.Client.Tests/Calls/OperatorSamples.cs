using Courier.Wechat.Client.Calls;
using static Courier.Wechat.Client.Tests.Calls.CallSamples;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Quotas, recorded requests, and customer-service accounts with their sessions.</summary>
static class OperatorSamples
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8));

    public static IEnumerable<CallSample> All =>
    [
        new CallSample<CallQuota>(new GetQuota("/cgi-bin/message/custom/send"), "POST", "/cgi-bin/openapi/quota/get", $"?{Token}", """{"cgi_path":"/cgi-bin/message/custom/send"}""",
            """{"errcode":0,"errmsg":"ok","quota":{"daily_limit":500000,"used":12,"remain":499988},"rate_limit":{"call_count":3000,"refresh_second":60}}""", new CallQuota(500000, 12, 499988)),
        new CallSample<Done>(new ClearQuota(), "POST", "/cgi-bin/clear_quota", $"?{Token}", """{"appid":"wxcourier00000001"}""", Ok, Done.Well),
        new CallSample<Done>(new ClearQuotaWithSecret(), "POST", "/cgi-bin/clear_quota/v2", "", """{"appid":"wxcourier00000001","appsecret":"secret-of-the-account"}""", Ok, Done.Well),
        new CallSample<RecordedRequest>(new GetRequest("61725984-6126f6f9"), "POST", "/cgi-bin/openapi/rid/get", $"?{Token}", """{"rid":"61725984-6126f6f9"}""",
            """{"errcode":0,"errmsg":"ok","request":{"invoke_time":1635156704,"cost_in_ms":30,"request_url":"access_token=50_Im7xxxx","request_body":"","response_body":"{\"errcode\":45009}","client_ip":"203.0.113.7"}}""",
            new RecordedRequest(1635156704, 30, "access_token=50_Im7xxxx", "", """{"errcode":45009}""", "203.0.113.7")),

        new CallSample<Done>(new AddKfAccount("agent1@courier", "小快"), "POST", "/customservice/kfaccount/add", $"?{Token}", """{"kf_account":"agent1@courier","nickname":"小快"}""", Ok, Done.Well),
        new CallSample<Done>(new RenameKfAccount("agent1@courier", "小递"), "POST", "/customservice/kfaccount/update", $"?{Token}", """{"kf_account":"agent1@courier","nickname":"小递"}""", Ok, Done.Well),
        new CallSample<Done>(new InviteKfWorker("agent1@courier", "xiaokuai88"), "POST", "/customservice/kfaccount/inviteworker", $"?{Token}", """{"kf_account":"agent1@courier","invite_wx":"xiaokuai88"}""", Ok, Done.Well),
        new CallSample<Done>(new DeleteKfAccount("agent1@courier"), "GET", "/customservice/kfaccount/del", $"?{Token}&kf_account=agent1%40courier", null, Ok, Done.Well),
        new CallSample<IReadOnlyList<KfAgent>>(new GetKfAccounts(), "GET", "/cgi-bin/customservice/getkflist", $"?{Token}", null,
            """{"kf_list":[{"kf_account":"agent1@courier","kf_headimgurl":"http://pic.example/1","kf_id":"1001","kf_nick":"小快","kf_wx":"kfwx1"},{"kf_account":"agent2@courier","kf_id":1002,"kf_nick":"小递","invite_wx":"kfwx2","invite_expire_time":1767225600,"invite_status":"waiting"}]}""",
            [
                new KfAgent { KfAccount = "agent1@courier", KfId = "1001", KfNick = "小快", PictureUrl = "http://pic.example/1", BoundWechat = "kfwx1" },
                new KfAgent { KfAccount = "agent2@courier", KfId = "1002", KfNick = "小递", InvitedWechat = "kfwx2", InviteStatus = "waiting" },
            ]),
        new CallSample<IReadOnlyList<OnlineKfAgent>>(new GetOnlineKfAccounts(), "GET", "/cgi-bin/customservice/getonlinekflist", $"?{Token}", null,
            """{"kf_online_list":[{"kf_account":"agent1@courier","status":1,"kf_id":1001,"accepted_case":2}]}""", [new OnlineKfAgent("agent1@courier", 1, "1001", 2)]),
        new CallSample<Done>(new OpenKfSession("agent1@courier", "o1"), "POST", "/customservice/kfsession/create", $"?{Token}", """{"kf_account":"agent1@courier","openid":"o1"}""", Ok, Done.Well),
        new CallSample<Done>(new CloseKfSession("agent1@courier", "o1"), "POST", "/customservice/kfsession/close", $"?{Token}", """{"kf_account":"agent1@courier","openid":"o1"}""", Ok, Done.Well),
        new CallSample<KfSession>(new GetKfSession("o1"), "GET", "/customservice/kfsession/getsession", $"?{Token}&openid=o1", null,
            """{"createtime":1767225600,"kf_account":"agent1@courier"}""", new KfSession("o1", "agent1@courier", 1767225600)),
        new CallSample<KfSession>(new GetKfSession("o2"), "GET", "/customservice/kfsession/getsession", $"?{Token}&openid=o2", null,
            """{"createtime":0,"kf_account":""}""", new KfSession("o2", null, 0)),
        new CallSample<IReadOnlyList<KfSession>>(new GetKfSessions("agent1@courier"), "GET", "/customservice/kfsession/getsessionlist", $"?{Token}&kf_account=agent1%40courier", null,
            """{"sessionlist":[{"createtime":1767225600,"openid":"o1"}]}""", [new KfSession("o1", "agent1@courier", 1767225600)]),
        new CallSample<WaitingCustomers>(new GetWaitingCustomers(), "GET", "/customservice/kfsession/getwaitcase", $"?{Token}", null,
            """{"count":150,"waitcaselist":[{"latest_time":1767225600,"openid":"o1"}]}""", new WaitingCustomers(150, [new WaitingCustomer("o1", 1767225600)])),
        new CallSample<KfMessagePage>(new GetKfMessages(Morning, Morning.AddHours(2), Number: 100), "POST", "/customservice/msgrecord/getmsglist", $"?{Token}",
            """{"starttime":1795305600,"endtime":1795312800,"msgid":1,"number":100}""",
            """{"recordlist":[{"openid":"o1","opercode":2002,"text":"您好","time":1795305700,"worker":"agent1@courier"}],"number":1,"msgid":20165267}""",
            new KfMessagePage([new KfMessage("agent1@courier", "o1", 2002, 1795305700, "您好")], 1, 20165267)),
    ];
}

using Courier.Wechat.Client.Calls;
using static Courier.Wechat.Client.Tests.Calls.CallSamples;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Short keys, links into the mini-program and checks of what its customers write. Codes answer pictures: see <see cref="DrawingCodes"/>.</summary>
static class MiniProgramSamples
{
    public static IEnumerable<CallSample> All =>
    [
        new CallSample<ShortKey>(new CreateShortKey("loooooong-data", TimeSpan.FromDays(1)), "POST", "/cgi-bin/shorten/gen", $"?{Token}",
            """{"long_data":"loooooong-data","expire_seconds":86400}""", """{"errcode":0,"errmsg":"ok","short_key":"A5ieyCszC1Q"}""", new ShortKey("A5ieyCszC1Q")),
        new CallSample<LongData>(new FetchShortKey("A5ieyCszC1Q"), "POST", "/cgi-bin/shorten/fetch", $"?{Token}", """{"short_key":"A5ieyCszC1Q"}""",
            """{"errcode":0,"errmsg":"ok","long_data":"loooooong-data","create_time":1767225600,"expire_seconds":86300}""", new LongData("loooooong-data", 1767225600, 86300)),

        new CallSample<MiniProgramLink>(new CreateUrlLink("pages/p", "no=1&x=2", LinkLifetime.Days(30)), "POST", "/wxa/generate_urllink", $"?{Token}",
            """{"path":"pages/p","query":"no=1&x=2","is_expire":true,"expire_type":1,"expire_interval":30,"env_version":"release"}""",
            """{"errcode":0,"errmsg":"ok","url_link":"https://wxaurl.cn/abc"}""", new MiniProgramLink(new Uri("https://wxaurl.cn/abc"))),
        new CallSample<MiniProgramLink>(new CreateUrlLink(null, null, LinkLifetime.Until(DateTimeOffset.FromUnixTimeSeconds(1767225600)), MiniProgramVersion.Developer), "POST", "/wxa/generate_urllink", $"?{Token}",
            """{"is_expire":true,"expire_type":0,"expire_time":1767225600,"env_version":"develop"}""",
            """{"errcode":0,"errmsg":"ok","url_link":"https://wxaurl.cn/abc"}""", new MiniProgramLink(new Uri("https://wxaurl.cn/abc"))),
        new CallSample<MiniProgramLink>(new CreateUrlScheme("pages/p", "no=1", LinkLifetime.Days(1)), "POST", "/wxa/generatescheme", $"?{Token}",
            """{"jump_wxa":{"path":"pages/p","query":"no=1","env_version":"release"},"is_expire":true,"expire_type":1,"expire_interval":1}""",
            """{"errcode":0,"errmsg":"ok","openlink":"weixin://dl/business/?t=abc"}""", new MiniProgramLink(new Uri("weixin://dl/business/?t=abc"))),

        new CallSample<TextChecked>(new CheckText("o1", ContentScene.Comment, "谢谢快递小哥") { Nickname = "小李" }, "POST", "/wxa/msg_sec_check", $"?{Token}",
            """{"openid":"o1","scene":2,"version":2,"content":"谢谢快递小哥","nickname":"小李"}""",
            """{"errcode":0,"errmsg":"ok","result":{"suggest":"risky","label":20003},"detail":[{"strategy":"content_model","errcode":0,"suggest":"risky","label":20003,"prob":90}],"trace_id":"60ae120f-371d5872"}""",
            new TextChecked(ContentVerdict.Risky, 20003, "60ae120f-371d5872") { Findings = [new TextFinding("content_model", ContentVerdict.Risky, 20003, 90, null)] }),
        new CallSample<TextChecked>(new CheckText("o1", ContentScene.Profile, "好") { Signature = "包邮" }, "POST", "/wxa/msg_sec_check", $"?{Token}",
            """{"openid":"o1","scene":1,"version":2,"content":"好","signature":"包邮"}""",
            """{"errcode":0,"errmsg":"ok","result":{"suggest":"review","label":10001},"detail":[{"strategy":"keyword","errcode":0,"suggest":"review","label":10001,"keyword":"包邮"},{"strategy":"content_model","errcode":-1}],"trace_id":"t2"}""",
            new TextChecked(ContentVerdict.Review, 10001, "t2") { Findings = [new TextFinding("keyword", ContentVerdict.Review, 10001, null, "包邮")] }),
        new CallSample<TextChecked>(new CheckText("o1", ContentScene.Forum, "好"), "POST", "/wxa/msg_sec_check", $"?{Token}",
            """{"openid":"o1","scene":3,"version":2,"content":"好"}""", """{"errcode":0,"errmsg":"ok","trace_id":"t"}""", new TextChecked(ContentVerdict.Unknown, null, "t")),
        new CallSample<MediaCheckStarted>(new CheckMedia(new Uri("https://h5.example/p.jpg?a=1&b=2"), CheckedMedia.Image, "o1", ContentScene.Comment), "POST", "/wxa/media_check_async", $"?{Token}",
            """{"media_url":"https://h5.example/p.jpg?a=1&b=2","media_type":2,"version":2,"openid":"o1","scene":2}""",
            """{"errcode":0,"errmsg":"ok","trace_id":"967e945cd8a3e458f3c74dcb886068e9"}""", new MediaCheckStarted("967e945cd8a3e458f3c74dcb886068e9")),
    ];
}

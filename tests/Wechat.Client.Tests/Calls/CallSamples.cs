using System.Text;
using Courier.Wechat.Client.Calls;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>
/// One exchange with WeChat: the call, what it must look like on the wire, what WeChat answers, and what that must be read as.
/// The wire is written by hand from WeChat's pages, not taken from what the client sends.
/// </summary>
abstract record CallSample(string Name, string Method, string Path, string Query, string? Body, string Answer)
{
    public abstract Type CallType { get; }

    public abstract Task Play(WechatClient client);

    /// <summary>Makes the call and leaves the answer unread: for what WeChat refuses.</summary>
    public abstract Task Send(WechatClient client);

    public override string ToString() => Name;
}

sealed record CallSample<TResponse>(
    WechatCall<TResponse> Call, string Method, string Path, string Query, string? Body, string Answer, TResponse Expected)
    : CallSample(Call.GetType().Name + (Call is SendCustomMessage custom ? " " + custom.Message.Type : ""), Method, Path, Query, Body, Answer)
{
    public override Type CallType => Call.GetType();

    public override string ToString() => Name;

    public override async Task Play(WechatClient client)
    {
        var read = await client.SendAsync(Accounts.Plain, Call);
        Describe(read).ShouldBe(Describe(Expected));
    }

    public override Task Send(WechatClient client) => client.SendAsync(Accounts.Plain, Call);

    // All properties, also those that a record's own text hides.
    private static string Describe(object? value) => System.Text.Json.JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object));
}

static class CallSamples
{
    public const string Ok = """{"errcode":0,"errmsg":"ok"}""";
    public const string Token = "access_token=TOKEN-1";

    public static IReadOnlyList<CallSample> All { get; } = [.. Basic, .. FollowerSamples.All, .. SubscriptionSamples.All, .. TemplateLibrarySamples.All, .. MiniProgramSamples.All, .. OperatorSamples.All];

    private static IEnumerable<CallSample> Basic =>
    [
        new CallSample<IssuedToken>(new GetStableToken(), "POST", "/cgi-bin/stable_token", "",
            """{"grant_type":"client_credential","appid":"wxcourier00000001","secret":"secret-of-the-account","force_refresh":false}""",
            """{"access_token":"A_B-c","expires_in":7200}""", new IssuedToken("A_B-c", 7200)),

        new CallSample<JsApiTicket>(new GetJsApiTicket(), "GET", "/cgi-bin/ticket/getticket", $"?{Token}&type=jsapi", null,
            """{"errcode":0,"errmsg":"ok","ticket":"bxLd","expires_in":"7200"}""", new JsApiTicket("bxLd", 7200)),

        new CallSample<Done>(
            new CreateMenu([MenuButton.Group("查快递", MenuButton.WithKey("scancode_waitmsg", "扫码查件", "SCAN"), MenuButton.View("网点", "https://h5.example/a?b=1&c=2")), MenuButton.MiniProgram("寄件", "wxm", "pages/send", "https://h5.example/send")]),
            "POST", "/cgi-bin/menu/create", $"?{Token}",
            """{"button":[{"name":"查快递","sub_button":[{"name":"扫码查件","type":"scancode_waitmsg","key":"SCAN"},{"name":"网点","type":"view","url":"https://h5.example/a?b=1&c=2"}]},{"name":"寄件","type":"miniprogram","url":"https://h5.example/send","appid":"wxm","pagepath":"pages/send"}]}""",
            Ok, Done.Well),

        new CallSample<AccountMenu>(new GetMenu(), "GET", "/cgi-bin/menu/get", $"?{Token}", null,
            """{"menu":{"button":[{"type":"click","name":"我的","key":"MINE","sub_button":[]}],"menuid":208396938},"conditionalmenu":[{"button":[{"type":"view","name":"W","url":"http://w.example/","sub_button":[]}],"matchrule":{"tag_id":2},"menuid":208396993}]}""",
            new AccountMenu(new MenuForAll([new MenuButton { Type = "click", Name = "我的", Key = "MINE", SubButton = [] }], 208396938), [new MenuForSome([new MenuButton { Type = "view", Name = "W", Url = "http://w.example/", SubButton = [] }], 208396993) { MatchRule = new MatchRuleBody(2) }])),

        new CallSample<AccountMenu>(new GetMenu(), "GET", "/cgi-bin/menu/get", $"?{Token}", null, """{"errcode":46003,"errmsg":"menu no exist"}""", AccountMenu.None),

        new CallSample<Done>(new DeleteMenu(), "GET", "/cgi-bin/menu/delete", $"?{Token}", null, Ok, Done.Well),

        Custom(new CustomText("<a href=\"https://h5.example\">查看</a> & \"引号\""), """{"content":"<a href=\"https://h5.example\">查看</a> & \"引号\""}"""),
        Custom(new CustomImage("M1"), """{"media_id":"M1"}"""),
        Custom(new CustomVoice("M1"), """{"media_id":"M1"}"""),
        Custom(new CustomVideo("M1", "T1", "标题", "说明"), """{"media_id":"M1","thumb_media_id":"T1","title":"标题","description":"说明"}"""),
        Custom(new CustomMusic("U", "H", "T1", "标题", "说明"), """{"title":"标题","description":"说明","musicurl":"U","hqmusicurl":"H","thumb_media_id":"T1"}"""),
        Custom(new CustomNews(new CustomNewsArticle("标题", "说明", "U", "P")), """{"articles":[{"title":"标题","description":"说明","url":"U","picurl":"P"}]}"""),
        Custom(new CustomPublishedNews("M1"), """{"media_id":"M1"}"""),
        Custom(new CustomArticle("A1"), """{"article_id":"A1"}"""),
        Custom(new CustomMenu("满意吗？", [new CustomMenuItem("101", "满意"), new CustomMenuItem("102", "不满意")], "谢谢"), """{"head_content":"满意吗？","list":[{"id":"101","content":"满意"},{"id":"102","content":"不满意"}],"tail_content":"谢谢"}"""),
        Custom(new CustomCard("C1"), """{"card_id":"C1"}"""),
        Custom(new CustomMiniProgram("标题", "wxm", "pages/a?b=1", "T1"), """{"title":"标题","appid":"wxm","pagepath":"pages/a?b=1","thumb_media_id":"T1"}"""),
        Custom(new CustomLink("标题", "说明", "U", "P"), """{"title":"标题","description":"说明","url":"U","thumb_url":"P"}"""),
        new CallSample<Done>(new SendCustomMessage("o1", new CustomText("您好"), "a@x"), "POST", "/cgi-bin/message/custom/send", $"?{Token}",
            """{"touser":"o1","msgtype":"text","text":{"content":"您好"},"customservice":{"kf_account":"a@x"}}""", Ok, Done.Well),

        new CallSample<Done>(new CustomTyping("o1", true), "POST", "/cgi-bin/message/custom/typing", $"?{Token}", """{"touser":"o1","command":"Typing"}""", Ok, Done.Well),
        new CallSample<Done>(new CustomTyping("o1", false), "POST", "/cgi-bin/message/custom/typing", $"?{Token}", """{"touser":"o1","command":"CancelTyping"}""", Ok, Done.Well),

        new CallSample<TemplateSent>(
            new SendTemplate
            {
                OpenId = "o1",
                TemplateId = "T1",
                Url = "https://h5.example/p?no=1&x=2",
                MiniProgram = new TemplateMiniProgram("wxm", "pages/p?no=1"),
                ClientMessageId = "m-1",
                Data = new Dictionary<string, TemplateValue> { ["character_string1"] = new("SF1234567890123"), ["thing2"] = new("派送中") },
            },
            "POST", "/cgi-bin/message/template/send", $"?{Token}",
            """{"touser":"o1","template_id":"T1","url":"https://h5.example/p?no=1&x=2","miniprogram":{"appid":"wxm","pagepath":"pages/p?no=1"},"client_msg_id":"m-1","data":{"character_string1":{"value":"SF1234567890123"},"thing2":{"value":"派送中"}}}""",
            """{"errcode":0,"errmsg":"ok","msgid":3000000000000000001}""", new TemplateSent(3000000000000000001)),

        new CallSample<WechatUser>(new GetUser("o1"), "GET", "/cgi-bin/user/info", $"?{Token}&openid=o1&lang=zh_CN", null,
            """{"subscribe":1,"openid":"o1","nickname":"","sex":0,"language":"zh_CN","subscribe_time":1767225600,"unionid":"u1","remark":"老客户","groupid":0,"tagid_list":[128,2],"subscribe_scene":"ADD_SCENE_QR_CODE","qr_scene":98765,"qr_scene_str":"outlet"}""",
            new WechatUser { Subscribe = 1, OpenId = "o1", UnionId = "u1", Language = "zh_CN", SubscribeTime = 1767225600, SubscribeScene = "ADD_SCENE_QR_CODE", QrScene = 98765, QrSceneStr = "outlet", Remark = "老客户", TagidList = [128, 2] }),
        new CallSample<WechatUser>(new GetUser("o2", "en"), "GET", "/cgi-bin/user/info", $"?{Token}&openid=o2&lang=en", null, """{"subscribe":0,"openid":"o2"}""", new WechatUser { OpenId = "o2" }),

        new CallSample<QrCodeTicket>(CreateQrCode.Temporary("outlet:1001", TimeSpan.FromDays(7)), "POST", "/cgi-bin/qrcode/create", $"?{Token}",
            """{"expire_seconds":604800,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"outlet:1001"}}}""",
            """{"ticket":"gQH4+/==","expire_seconds":604800,"url":"http://weixin.qq.com/q/kZ"}""", new QrCodeTicket("gQH4+/==", "http://weixin.qq.com/q/kZ", 604800)),
        new CallSample<QrCodeTicket>(CreateQrCode.Permanent(1001u), "POST", "/cgi-bin/qrcode/create", $"?{Token}",
            """{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":1001}}}""", """{"ticket":"g","url":"u"}""", new QrCodeTicket("g", "u")),

        new CallSample<UploadedMedia>(new UploadMedia(MediaType.Image, "运单 1.png", Encoding.UTF8.GetBytes("PNG")), "POST", "/cgi-bin/media/upload", $"?{Token}&type=image",
            "--courierMediaUpload7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=\"media\"; filename=\"1.png\"\r\nContent-Type: application/octet-stream\r\nContent-Length: 3\r\n\r\nPNG\r\n--courierMediaUpload7MA4YWxkTrZu0gW--\r\n",
            """{"type":"image","media_id":"M1","created_at":1767225600}""", new UploadedMedia { Type = "image", PlainMediaId = "M1", CreatedAt = 1767225600 }),
        new CallSample<UploadedMedia>(new UploadMedia(MediaType.Thumb, "t.jpg", Encoding.UTF8.GetBytes("J")), "POST", "/cgi-bin/media/upload", $"?{Token}&type=thumb",
            "--courierMediaUpload7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=\"media\"; filename=\"t.jpg\"\r\nContent-Type: application/octet-stream\r\nContent-Length: 1\r\n\r\nJ\r\n--courierMediaUpload7MA4YWxkTrZu0gW--\r\n",
            """{"type":"thumb","thumb_media_id":"T1","created_at":"1767225600"}""", new UploadedMedia { Type = "thumb", ThumbMediaId = "T1", CreatedAt = 1767225600 }),

        new CallSample<MediaFile>(new GetMedia("M1"), "GET", "/cgi-bin/media/get", $"?{Token}&media_id=M1", null,
            """{"video_url":"http://video.example/1?a=b&c=d"}""", new MediaFile(ReadOnlyMemory<byte>.Empty, "", null, new Uri("http://video.example/1?a=b&c=d"))),

        new CallSample<OAuthToken>(new ExchangeOAuthCode("061 /+"), "GET", "/sns/oauth2/access_token", "?appid=wxcourier00000001&secret=secret-of-the-account&code=061%20%2F%2B&grant_type=authorization_code", null,
            """{"access_token":"A","expires_in":7200,"refresh_token":"R","openid":"o1","scope":"snsapi_base","is_snapshotuser":1,"unionid":"u1"}""",
            new OAuthToken { AccessToken = "A", ExpiresIn = 7200, RefreshToken = "R", OpenId = "o1", Scope = "snsapi_base", SnapshotUser = 1, UnionId = "u1" }),

        new CallSample<OAuthToken>(new RefreshOAuthToken("R"), "GET", "/sns/oauth2/refresh_token", "?appid=wxcourier00000001&grant_type=refresh_token&refresh_token=R", null,
            """{"access_token":"A2","expires_in":7200,"refresh_token":"R","openid":"o1","scope":"snsapi_userinfo"}""",
            new OAuthToken { AccessToken = "A2", ExpiresIn = 7200, RefreshToken = "R", OpenId = "o1", Scope = "snsapi_userinfo" }),

        new CallSample<OAuthUser>(new GetOAuthUser("A", "o1"), "GET", "/sns/userinfo", "?access_token=A&openid=o1&lang=zh_CN", null,
            """{"openid":"o1","nickname":"小李","sex":0,"province":"","city":"","country":"","headimgurl":"https://pic.example/1","privilege":["chinaunicom"],"unionid":"u1"}""",
            new OAuthUser { OpenId = "o1", Nickname = "小李", PictureUrl = "https://pic.example/1", UnionId = "u1", Privilege = ["chinaunicom"] }),

        new CallSample<MiniProgramSession>(new ExchangeMiniProgramCode("c1"), "GET", "/sns/jscode2session", "?appid=wxcourier00000001&secret=secret-of-the-account&js_code=c1&grant_type=authorization_code", null,
            """{"openid":"o1","session_key":"tiih==","unionid":"u1"}""", new MiniProgramSession("o1", "tiih==", "u1")),

        new CallSample<WechatPhone>(new GetPhoneNumber("c1"), "POST", "/wxa/business/getuserphonenumber", $"?{Token}", """{"code":"c1"}""",
            """{"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":"+8613800000000","purePhoneNumber":"13800000000","countryCode":"86","watermark":{"timestamp":1767225600,"appid":"wxm"}}}""",
            new WechatPhone("+8613800000000", "13800000000", "86", new WechatWatermark("wxm", 1767225600))),
    ];

    private static CallSample<Done> Custom(CustomMessage message, string content) => new(
        new SendCustomMessage("o1", message), "POST", "/cgi-bin/message/custom/send", $"?{Token}",
        $$"""{"touser":"o1","msgtype":"{{message.Type}}","{{message.Type}}":{{content}}}""", Ok, Done.Well);
}

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What a call proves itself with.</summary>
internal enum CallProof
{
    /// <summary>An access token in the query.</summary>
    AccessToken,

    /// <summary>appid and secret, checked by the call itself.</summary>
    Own,
}

internal sealed record PlatformRoute(string Method, string Path, CallProof Proof, Func<PlatformCall, object> Answer);

/// <summary>The platform's paths: the table of contents of this folder.</summary>
internal static class PlatformRoutes
{
    public static IReadOnlyList<PlatformRoute> All { get; } =
    [
        new("POST", "/cgi-bin/stable_token", CallProof.Own, TokenCalls.Stable),
        new("GET", "/cgi-bin/token", CallProof.Own, TokenCalls.Plain),
        new("GET", "/cgi-bin/ticket/getticket", CallProof.AccessToken, TokenCalls.Ticket),
        new("POST", "/cgi-bin/menu/create", CallProof.AccessToken, MenuCalls.Create),
        new("GET", "/cgi-bin/menu/get", CallProof.AccessToken, MenuCalls.Get),
        new("GET", "/cgi-bin/menu/delete", CallProof.AccessToken, MenuCalls.Delete),
        new("GET", "/cgi-bin/get_current_selfmenu_info", CallProof.AccessToken, MenuCalls.Current),
        new("POST", "/cgi-bin/menu/addconditional", CallProof.AccessToken, ConditionalMenuCalls.Add),
        new("POST", "/cgi-bin/menu/delconditional", CallProof.AccessToken, ConditionalMenuCalls.Delete),
        new("POST", "/cgi-bin/menu/trymatch", CallProof.AccessToken, ConditionalMenuCalls.TryMatch),
        new("POST", "/cgi-bin/message/custom/send", CallProof.AccessToken, CustomMessageCalls.Send),
        new("POST", "/cgi-bin/message/custom/typing", CallProof.AccessToken, CustomMessageCalls.Typing),
        new("POST", "/cgi-bin/message/template/send", CallProof.AccessToken, TemplateCalls.Send),
        new("GET", "/cgi-bin/template/get_all_private_template", CallProof.AccessToken, TemplateCalls.List),
        new("POST", "/cgi-bin/template/api_add_template", CallProof.AccessToken, TemplateCalls.Add),
        new("POST", "/cgi-bin/template/del_private_template", CallProof.AccessToken, TemplateCalls.Delete),
        new("POST", "/cgi-bin/message/subscribe/send", CallProof.AccessToken, SubscribeCalls.Send),
        new("POST", "/cgi-bin/message/subscribe/bizsend", CallProof.AccessToken, SubscribeCalls.BusinessSend),
        new("POST", "/wxaapi/newtmpl/addtemplate", CallProof.AccessToken, NewTemplateCalls.Add),
        new("POST", "/wxaapi/newtmpl/deltemplate", CallProof.AccessToken, NewTemplateCalls.Delete),
        new("GET", "/wxaapi/newtmpl/gettemplate", CallProof.AccessToken, NewTemplateCalls.Get),
        new("GET", "/wxaapi/newtmpl/getpubtemplatetitles", CallProof.AccessToken, NewTemplateCalls.Titles),
        new("GET", "/wxaapi/newtmpl/getpubtemplatekeywords", CallProof.AccessToken, NewTemplateCalls.Keywords),
        new("GET", "/wxaapi/newtmpl/getcategory", CallProof.AccessToken, NewTemplateCalls.Categories),
        new("GET", "/cgi-bin/user/info", CallProof.AccessToken, UserCalls.Info),
        new("POST", "/cgi-bin/user/info/batchget", CallProof.AccessToken, UserCalls.Batch),
        new("GET", "/cgi-bin/user/get", CallProof.AccessToken, UserCalls.List),
        new("POST", "/cgi-bin/user/info/updateremark", CallProof.AccessToken, UserCalls.Remark),
        new("POST", "/cgi-bin/tags/create", CallProof.AccessToken, TagCalls.Create),
        new("GET", "/cgi-bin/tags/get", CallProof.AccessToken, TagCalls.Get),
        new("POST", "/cgi-bin/tags/update", CallProof.AccessToken, TagCalls.Update),
        new("POST", "/cgi-bin/tags/delete", CallProof.AccessToken, TagCalls.Delete),
        new("POST", "/cgi-bin/tags/getidlist", CallProof.AccessToken, TagCalls.OfFollower),
        new("POST", "/cgi-bin/tags/members/batchtagging", CallProof.AccessToken, TagCalls.Tag),
        new("POST", "/cgi-bin/tags/members/batchuntagging", CallProof.AccessToken, TagCalls.Untag),
        new("POST", "/cgi-bin/user/tag/get", CallProof.AccessToken, TagCalls.Followers),
        new("POST", "/cgi-bin/qrcode/create", CallProof.AccessToken, QrCodeCalls.Create),
        new("POST", "/cgi-bin/media/upload", CallProof.AccessToken, MediaCalls.Upload),
        new("GET", "/cgi-bin/media/get", CallProof.AccessToken, MediaCalls.Get),
        new("GET", "/sns/oauth2/access_token", CallProof.Own, WebLoginCalls.AccessToken),
        new("GET", "/sns/oauth2/refresh_token", CallProof.Own, WebLoginCalls.Refresh),
        new("GET", "/sns/userinfo", CallProof.Own, WebLoginCalls.UserInfo),
        new("GET", "/sns/auth", CallProof.Own, WebLoginCalls.Check),
        new("GET", "/sns/jscode2session", CallProof.Own, MiniProgramCalls.Session),
        new("POST", "/wxa/business/getuserphonenumber", CallProof.AccessToken, MiniProgramCalls.PhoneNumber),
        new("POST", "/cgi-bin/shorten/gen", CallProof.AccessToken, ShortKeyCalls.Make),
        new("POST", "/cgi-bin/shorten/fetch", CallProof.AccessToken, ShortKeyCalls.Fetch),
        new("POST", "/wxa/getwxacodeunlimit", CallProof.AccessToken, MiniProgramCodeCalls.Unlimited),
        new("POST", "/wxa/getwxacode", CallProof.AccessToken, MiniProgramCodeCalls.Code),
        new("POST", "/cgi-bin/wxaapp/createwxaqrcode", CallProof.AccessToken, MiniProgramCodeCalls.QrCode),
        new("POST", "/wxa/generate_urllink", CallProof.AccessToken, MiniProgramLinkCalls.UrlLink),
        new("POST", "/wxa/generatescheme", CallProof.AccessToken, MiniProgramLinkCalls.Scheme),
        new("POST", "/wxa/genwxashortlink", CallProof.AccessToken, MiniProgramLinkCalls.ShortLink),
        new("POST", "/wxa/msg_sec_check", CallProof.AccessToken, ContentCheckCalls.Text),
        new("POST", "/wxa/media_check_async", CallProof.AccessToken, ContentCheckCalls.Media),
        new("POST", "/cgi-bin/openapi/quota/get", CallProof.AccessToken, OperationCalls.Quota),
        new("POST", "/cgi-bin/openapi/rid/get", CallProof.AccessToken, OperationCalls.Request),
        new("POST", "/cgi-bin/clear_quota", CallProof.AccessToken, OperationCalls.Clear),
        new("POST", "/cgi-bin/clear_quota/v2", CallProof.Own, OperationCalls.ClearBySecret),
        new("GET", "/cgi-bin/customservice/getkflist", CallProof.AccessToken, KfAccountCalls.List),
        new("GET", "/cgi-bin/customservice/getonlinekflist", CallProof.AccessToken, KfAccountCalls.Online),
        new("POST", "/customservice/kfaccount/add", CallProof.AccessToken, KfAccountCalls.Add),
        new("POST", "/customservice/kfaccount/update", CallProof.AccessToken, KfAccountCalls.Update),
        new("GET", "/customservice/kfaccount/del", CallProof.AccessToken, KfAccountCalls.Delete),
        new("POST", "/customservice/kfaccount/inviteworker", CallProof.AccessToken, KfAccountCalls.Invite),
        new("POST", "/customservice/kfsession/create", CallProof.AccessToken, KfSessionCalls.Create),
        new("POST", "/customservice/kfsession/close", CallProof.AccessToken, KfSessionCalls.Close),
        new("GET", "/customservice/kfsession/getsession", CallProof.AccessToken, KfSessionCalls.Get),
        new("GET", "/customservice/kfsession/getsessionlist", CallProof.AccessToken, KfSessionCalls.List),
        new("GET", "/customservice/kfsession/getwaitcase", CallProof.AccessToken, KfSessionCalls.Waiting),
        new("POST", "/cgi-bin/material/add_material", CallProof.AccessToken, MaterialCalls.Add),
        new("POST", "/cgi-bin/material/get_material", CallProof.AccessToken, MaterialCalls.Get),
        new("POST", "/cgi-bin/material/del_material", CallProof.AccessToken, MaterialCalls.Delete),
        new("GET", "/cgi-bin/material/get_materialcount", CallProof.AccessToken, MaterialCalls.Count),
        new("POST", "/cgi-bin/material/batchget_material", CallProof.AccessToken, MaterialCalls.Batch),
    ];
}

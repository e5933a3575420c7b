using Courier.Wechat.Client.Calls;
using static Courier.Wechat.Client.Tests.Calls.CallSamples;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Templates of the account, and subscription templates of account and mini-program.</summary>
static class TemplateLibrarySamples
{
    public static IEnumerable<CallSample> All =>
    [
        new CallSample<Done>(new SetIndustry(13, 14), "POST", "/cgi-bin/template/api_set_industry", $"?{Token}", """{"industry_id1":"13","industry_id2":"14"}""", Ok, Done.Well),
        new CallSample<AccountIndustries>(new GetIndustry(), "GET", "/cgi-bin/template/get_industry", $"?{Token}", null,
            """{"primary_industry":{"first_class":"运输与仓储","second_class":"快递"},"secondary_industry":{"first_class":"IT科技","second_class":"互联网|电子商务"}}""",
            new AccountIndustries(new Industry("运输与仓储", "快递"), new Industry("IT科技", "互联网|电子商务"))),
        new CallSample<TemplateAdded>(new AddTemplate("TM00015", []), "POST", "/cgi-bin/template/api_add_template", $"?{Token}",
            """{"template_id_short":"TM00015"}""", """{"errcode":0,"errmsg":"ok","template_id":"Doclyl5uP7Aciu"}""", new TemplateAdded("Doclyl5uP7Aciu")),
        new CallSample<TemplateAdded>(new AddTemplate("43216", ["快递单号", "状态"]), "POST", "/cgi-bin/template/api_add_template", $"?{Token}",
            """{"template_id_short":"43216","keyword_name_list":["快递单号","状态"]}""", """{"errcode":0,"errmsg":"ok","template_id":"T2"}""", new TemplateAdded("T2")),
        new CallSample<IReadOnlyList<AccountTemplate>>(new GetTemplates(), "GET", "/cgi-bin/template/get_all_private_template", $"?{Token}", null,
            """{"template_list":[{"template_id":"T1","title":"取件提醒","primary_industry":"运输与仓储","deputy_industry":"快递","content":"运单：{{character_string1.DATA}}\n地点：{{thing2.DATA}}","example":"运单：SF1\n地点：东门"},{"template_id":"T2","title":"签收通知","content":"{{thing1.DATA}}"}]}""",
            [
                new AccountTemplate { TemplateId = "T1", Title = "取件提醒", PrimaryIndustry = "运输与仓储", DeputyIndustry = "快递", Content = "运单：{{character_string1.DATA}}\n地点：{{thing2.DATA}}", Example = "运单：SF1\n地点：东门" },
                new AccountTemplate { TemplateId = "T2", Title = "签收通知", Content = "{{thing1.DATA}}" },
            ]),
        new CallSample<Done>(new DeleteTemplate("T1"), "POST", "/cgi-bin/template/del_private_template", $"?{Token}", """{"template_id":"T1"}""", Ok, Done.Well),

        new CallSample<IReadOnlyList<SubscriptionCategory>>(new GetSubscriptionCategories(), "GET", "/wxaapi/newtmpl/getcategory", $"?{Token}", null,
            """{"errcode":0,"errmsg":"ok","data":[{"id":616,"name":"快递业与邮政"}]}""", [new SubscriptionCategory(616, "快递业与邮政")]),
        new CallSample<SubscriptionTitlePage>(new FindSubscriptionTitles([616, 617], 30, 10), "GET", "/wxaapi/newtmpl/getpubtemplatetitles", $"?{Token}&ids=616%2C617&start=30&limit=10", null,
            """{"errcode":0,"errmsg":"ok","count":55,"data":[{"tid":99,"title":"快递派送通知","type":2,"categoryId":"616"}]}""", new SubscriptionTitlePage(55, [new SubscriptionTitle(99, "快递派送通知", 2)])),
        new CallSample<IReadOnlyList<SubscriptionKeyword>>(new GetSubscriptionKeywords(99), "GET", "/wxaapi/newtmpl/getpubtemplatekeywords", $"?{Token}&tid=99", null,
            """{"errcode":0,"errmsg":"ok","count":1,"data":[{"kid":1,"name":"快递单号","example":"SF1234567890123","rule":"character_string"}]}""", [new SubscriptionKeyword(1, "快递单号", "SF1234567890123", "character_string")]),
        new CallSample<SubscriptionTemplateAdded>(new AddSubscriptionTemplate(99, [1, 3], "派送提醒"), "POST", "/wxaapi/newtmpl/addtemplate", $"?{Token}",
            """{"tid":"99","kidList":[1,3],"sceneDesc":"派送提醒"}""", """{"errcode":0,"errmsg":"ok","priTmplId":"9Aw5ZV1j9xdW"}""", new SubscriptionTemplateAdded("9Aw5ZV1j9xdW")),
        new CallSample<IReadOnlyList<SubscriptionTemplate>>(new GetSubscriptionTemplates(), "GET", "/wxaapi/newtmpl/gettemplate", $"?{Token}", null,
            """{"errcode":0,"errmsg":"ok","data":[{"priTmplId":"9Aw5ZV1j9xdW","title":"快递派送通知","content":"单号:{{character_string1.DATA}}\n","example":"单号:SF1\n","type":2}]}""",
            [new SubscriptionTemplate("9Aw5ZV1j9xdW", "快递派送通知", "单号:{{character_string1.DATA}}\n", "单号:SF1\n", 2)]),
        new CallSample<Done>(new DeleteSubscriptionTemplate("9Aw5ZV1j9xdW"), "POST", "/wxaapi/newtmpl/deltemplate", $"?{Token}", """{"priTmplId":"9Aw5ZV1j9xdW"}""", Ok, Done.Well),
    ];
}

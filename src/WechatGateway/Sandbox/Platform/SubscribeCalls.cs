using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Subscription messages of mini-programs: one send for each time the customer agreed.</summary>
internal static class SubscribeCalls
{
    public static object Send(PlatformCall call)
    {
        var person = call.Follower(call.Required("touser", 40003));
        var template = TemplateCalls.Find(call, call.Required("template_id", 40037));
        var values = TemplateValues.Check(template.Content, call.Body.Field("data"), subscription: true);
        var left = person.Grants.GetValueOrDefault(template.TemplateId);
        if (left == 0)
            throw new PlatformError(43101, "user refuse to accept the msg", "用户没有同意这个订阅消息，或同意的次数已用完（同意一次只能发一条）。");
        var grants = new Dictionary<string, int>(person.Grants) { [template.TemplateId] = left - 1 };
        call.State.Followers.Put(person.OpenId, person with { Grants = grants });
        var text = TemplateValues.Fill(template.Content, values);
        call.Platform.Records.Chat(person.OpenId, ChatSide.ToCustomer, "subscribe", "subscribe", $"{template.Title}\n{text}", new
        {
            templateId = template.TemplateId,
            title = template.Title,
            lines = text.Split('\n'),
            page = call.Body.Text("page"),
            data = call.Body.Field("data"),
        }, call.RawBody);
        return new { errcode = 0, errmsg = "ok" };
    }
}

using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>
/// Subscription messages of mini-programs (message/subscribe/send) and of service accounts (message/subscribe/bizsend): one
/// send for each time the customer agreed, and the result as subscribe_msg_sent_event afterwards.
/// </summary>
internal static class SubscribeCalls
{
    public static object Send(PlatformCall call)
    {
        if (call.Body.Text("miniprogram_state") is not (null or "developer" or "trial" or "formal"))
            throw new PlatformError(47003, "argument invalid! miniprogram_state", "miniprogram_state 只能是 developer、trial、formal。");
        return Deliver(call);
    }

    public static object BusinessSend(PlatformCall call)
    {
        if (call.Account.Kind != SandboxAccountKind.OfficialAccount)
            throw new PlatformError(48001, "api unauthorized", "subscribe/bizsend 是服务号的接口，小程序用 subscribe/send。");
        if (call.Body.Field("miniprogram") is { } target && target.Text("appid") is null or "")
            throw new PlatformError(40166, "invalid weapp appid", "miniprogram 里要有 appid。");
        return Deliver(call);
    }

    static object Deliver(PlatformCall call)
    {
        var person = call.Follower(call.Required("touser", 40003));
        var template = TemplateCalls.Find(call, call.Required("template_id", 40037));
        var values = TemplateValues.Check(template.Content, call.Body.Field("data"), subscription: true);
        call.State.Followers.Put(person.OpenId, Spend(person, template.TemplateId));
        var msgId = 3_100_000_000_000_000_000 + call.State.Next();
        Show(call, person, template, values, msgId);
        call.Platform.Pusher.Later(SentEvent(call, person, template.TemplateId, msgId), call.Limits.SubscriptionSentDelay);
        return new { errcode = 0, errmsg = "ok", msgid = msgId };
    }

    static Follower Spend(Follower person, string templateId)
    {
        var left = person.Grants.GetValueOrDefault(templateId);
        if (left == 0)
            throw new PlatformError(43101, "user refuse to accept the msg", "用户没有同意这个订阅消息，或同意的次数已用完（同意一次只能发一条）。");
        return left == Follower.Always ? person : person with { Grants = new Dictionary<string, int>(person.Grants) { [templateId] = left - 1 } };
    }

    static void Show(PlatformCall call, Follower person, StoredTemplate template, IReadOnlyDictionary<string, string> values, long msgId)
    {
        var text = TemplateValues.Fill(template.Content, values);
        call.Platform.Records.Chat(person.OpenId, ChatSide.ToCustomer, "subscribe", "subscribe", $"{template.Title}\n{text}", new
        {
            templateId = template.TemplateId,
            title = template.Title,
            lines = text.Split('\n'),
            page = call.Body.Text("page"),
            miniprogram = call.Body.Field("miniprogram"),
            data = call.Body.Field("data"),
            msgid = msgId,
        }, call.RawBody);
    }

    static Push SentEvent(PlatformCall call, Follower person, string templateId, long msgId)
    {
        var failure = call.Platform.Faults.TakeJobStatus(call.Account.AppId);
        return SubscriptionEvents.Push(call.Platform, call.Account, person, "subscribe_msg_sent_event", "SubscribeMsgSentEvent",
        [
            new("List", PushXml.Text("TemplateId", templateId), new XElement("MsgID", msgId), new XElement("ErrorCode", failure is null ? 0 : 43101),
                PushXml.Text("ErrorStatus", failure ?? "success")),
        ]);
    }
}

using System.Security.Cryptography;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Template messages of service accounts and the templates themselves.</summary>
internal static class TemplateCalls
{
    const int ClientIdLength = 32;

    public static object Send(PlatformCall call)
    {
        var follower = call.Follower(call.Required("touser", 40003));
        var template = Find(call, call.Required("template_id", 40037));
        if (!follower.Following) throw new PlatformError(43004, "require subscribe", "用户没有关注，模板消息发不出去：应标记为不可达。");
        var miniProgram = call.Body.Field("miniprogram");
        if (miniProgram is { } target && target.Text("appid") is null or "")
            throw new PlatformError(40166, "invalid weapp appid", "miniprogram 里要有 appid。");
        var values = TemplateValues.Check(template.Content, call.Body.Field("data"), subscription: false);
        if (AlreadySent(call, follower) is { } before) return Sent(before.MsgId);

        var msgId = 3_000_000_000_000_000_000 + call.State.Next();
        Remember(call, follower, msgId);
        Show(call, follower, template, values, msgId);
        call.Platform.Pusher.Later(JobFinish(call, follower, msgId), call.Limits.JobFinishDelay);
        return Sent(msgId);
    }

    public static object List(PlatformCall call) => new
    {
        template_list = call.Platform.TemplatesOf(call.Account.AppId).Select(template => new
        {
            template_id = template.TemplateId,
            title = template.Title,
            primary_industry = "运输与仓储",
            deputy_industry = "快递",
            content = template.Content,
            example = "",
        }).ToList(),
    };

    /// <summary>Adds a template of the given keywords, as the console's library would.</summary>
    public static object Add(PlatformCall call)
    {
        var title = call.Required("template_id_short", 40037);
        var keywords = call.Body.Items("keyword_name_list").Select(item => item.GetString()).OfType<string>().ToList();
        if (keywords.Count == 0) throw new PlatformError(47001, "data format error: keyword_name_list", "keyword_name_list 至少要有一个关键词。");
        var content = string.Join('\n', keywords.Select((keyword, index) => $"{keyword}：{{{{thing{index + 1}.DATA}}}}"));
        return new { errcode = 0, errmsg = "ok", template_id = Create(call.Platform, call.Account.AppId, null, title, content).TemplateId };
    }

    public static object Delete(PlatformCall call) => Remove(call, call.Required("template_id", 40037));

    public static object Remove(PlatformCall call, string templateId)
    {
        var template = Find(call, templateId);
        call.State.Templates.Remove(Key(template.AppId, template.TemplateId));
        call.State.Templates.Put(SandboxPlatform.RemovedKey(template.AppId, template.TemplateId), template);
        return new { errcode = 0, errmsg = "ok" };
    }

    public static StoredTemplate Create(SandboxPlatform platform, string appId, string? templateId, string title, string content)
    {
        var template = new StoredTemplate(templateId ?? SandboxState.RandomText(43), appId, title, content);
        platform.State.Templates.Remove(SandboxPlatform.RemovedKey(appId, template.TemplateId));
        return platform.State.Templates.Put(Key(appId, template.TemplateId), template);
    }

    public static StoredTemplate Find(PlatformCall call, string templateId) =>
        call.Platform.TemplatesOf(call.Account.AppId).FirstOrDefault(template => template.TemplateId == templateId)
        ?? throw new PlatformError(40037, "invalid template_id", "账号里没有这个模板 id：可能被删除，或用了别的账号的模板。");

    static SentTemplate? AlreadySent(PlatformCall call, Follower follower)
    {
        if (call.Body.Text("client_msg_id") is not { Length: > 0 } clientId) return null;
        if (clientId.Length > ClientIdLength)
            throw new PlatformError(47003, "argument invalid! client_msg_id", "client_msg_id 最多 32 个字符。");
        return call.State.SentTemplates[SentKey(follower, clientId)] is { } sent && call.Now - sent.At < call.Limits.TemplateRepeat ? sent : null;
    }

    static void Remember(PlatformCall call, Follower follower, long msgId)
    {
        if (call.Body.Text("client_msg_id") is { Length: > 0 } clientId)
            call.State.SentTemplates.Put(SentKey(follower, clientId), new(msgId, follower.OpenId, call.Now));
    }

    static void Show(PlatformCall call, Follower follower, StoredTemplate template, IReadOnlyDictionary<string, string> values, long msgId)
    {
        if (!follower.AcceptsTemplates) return;
        var text = TemplateValues.Fill(template.Content, values);
        call.Platform.Records.Chat(follower.OpenId, ChatSide.ToCustomer, "template", "template", $"{template.Title}\n{text}", new
        {
            templateId = template.TemplateId,
            title = template.Title,
            lines = text.Split('\n'),
            url = call.Body.Text("url"),
            miniprogram = call.Body.Field("miniprogram"),
            data = call.Body.Field("data"),
            msgid = msgId,
            clientMsgId = call.Body.Text("client_msg_id"),
        }, call.RawBody);
    }

    static Push JobFinish(PlatformCall call, Follower follower, long msgId)
    {
        var status = call.Platform.Faults.TakeJobStatus(call.Account.AppId) ?? (follower.AcceptsTemplates ? "success" : "failed:user block");
        var body = PushXml.Event(call.Account, follower.OpenId, call.Now, "TEMPLATESENDJOBFINISH", new("MsgID", msgId), PushXml.Text("Status", status));
        return PushXml.ToPush(call.State, call.Account, follower.OpenId, body, "TEMPLATESENDJOBFINISH", showsReply: false);
    }

    static object Sent(long msgId) => new { errcode = 0, errmsg = "ok", msgid = msgId };
    static string Key(string appId, string templateId) => $"{appId}/{templateId}";

    /// <summary>The client's id may hold any character; the state file's keys may not.</summary>
    static string SentKey(Follower follower, string clientId) =>
        $"{follower.OpenId}/{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(clientId)))}";
}

using System.Text.Json;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.Platform;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>Agreements to subscription messages on the phone: the dialog, the settings, and grants given without either.</summary>
internal static class SubscriptionControl
{
    const int TemplatesAtOnce = 3;

    public static void MapSubscriptions(this IEndpointRouteBuilder group, SandboxPlatform platform)
    {
        group.MapPost("/grants", (JsonElement body) => Grant(platform, body));
        group.MapGet("/subscriptions/{openid}", (string openid) => List(platform, openid));
        group.MapPost("/subscriptions/ask", (JsonElement body) => Ask(platform, body));
        group.MapPost("/subscriptions/choose", (JsonElement body) => Choose(platform, body));
        group.MapPost("/subscriptions/switch", (JsonElement body) => Switch(platform, body));
    }

    /// <summary>The customer agreed, so many times ({count}) or for always ({how: "always"}); nothing is pushed.</summary>
    static IResult Grant(SandboxPlatform platform, JsonElement body)
    {
        lock (platform.State.Gate)
        {
            var (person, _) = Person(platform, body);
            var templateId = body.Text("templateId") ?? throw new ControlError("templateId is required");
            var before = person.Grants.GetValueOrDefault(templateId);
            var left = body.Text("how") == "always" ? Follower.Always : Math.Max(before, 0) + (int)(body.Number("count") ?? 1);
            platform.State.Followers.Put(person.OpenId, person with { Grants = new Dictionary<string, int>(person.Grants) { [templateId] = left } });
            return Results.Json(new { left });
        }
    }

    /// <summary>The account's templates with what this customer agreed to.</summary>
    static IResult List(SandboxPlatform platform, string openId)
    {
        lock (platform.State.Gate)
        {
            if (platform.State.Followers[openId] is not { } person) return Results.NotFound();
            return Results.Json(new
            {
                templates = platform.TemplatesOf(person.AppId).Select(template => new
                {
                    template.TemplateId,
                    template.Title,
                    left = person.Grants.GetValueOrDefault(template.TemplateId),
                    standing = person.StandingChoices.GetValueOrDefault(template.TemplateId),
                }).ToList(),
            }, JsonFields.Wire);
        }
    }

    /// <summary>
    /// wx.requestSubscribeMessage: which of the templates must be shown in a dialog. What was ticked as "always" needs none
    /// and counts as chosen (and is pushed) at once.
    /// </summary>
    static async Task<IResult> Ask(SandboxPlatform platform, JsonElement body)
    {
        var templateIds = TemplateIds(body);
        List<SubscriptionChoice> settled;
        Task<PushOutcome>? push = null;
        lock (platform.State.Gate)
        {
            var (person, account) = Person(platform, body);
            settled = [.. templateIds.Where(person.StandingChoices.ContainsKey).Select(id => new SubscriptionChoice(id, person.StandingChoices[id] == "accept"))];
            if (settled.Count == templateIds.Count) push = platform.Pusher.Send(SubscriptionEvents.Chosen(platform, account, person, settled, remember: false));
        }
        if (push is not null) await push;
        return Results.Json(new { ask = push is null ? templateIds.Except(settled.Select(choice => choice.TemplateId)).ToList() : [], settled }, JsonFields.Wire);
    }

    static async Task<IResult> Choose(SandboxPlatform platform, JsonElement body)
    {
        var choices = body.Items("choices").Select(Choice).ToList();
        if (choices.Count is 0 or > TemplatesAtOnce) throw new ControlError($"choices holds 1–{TemplatesAtOnce} templates");
        Task<PushOutcome> push;
        lock (platform.State.Gate)
        {
            var (person, account) = Person(platform, body);
            Note(platform, person, $"订阅消息：{string.Join('、', choices.Select(choice => $"{Title(platform, person, choice.TemplateId)}{(choice.Accepts ? "允许" : "拒绝")}"))}");
            push = platform.Pusher.Send(SubscriptionEvents.Chosen(platform, account, person, choices, body.Flag("remember") ?? false));
        }
        return Results.Json(new { attempts = ControlEndpoints.Attempts([await push]) }, JsonFields.Wire);
    }

    static async Task<IResult> Switch(SandboxPlatform platform, JsonElement body)
    {
        Task<PushOutcome> push;
        lock (platform.State.Gate)
        {
            var (person, account) = Person(platform, body);
            var templateId = body.Text("templateId") ?? throw new ControlError("templateId is required");
            var on = body.Flag("on") ?? false;
            Note(platform, person, $"消息设置：{(on ? "打开" : "关闭")}{Title(platform, person, templateId)}");
            push = platform.Pusher.Send(SubscriptionEvents.Switched(platform, account, person, templateId, on));
        }
        return Results.Json(new { attempts = ControlEndpoints.Attempts([await push]) }, JsonFields.Wire);
    }

    static List<string> TemplateIds(JsonElement body)
    {
        var ids = body.Items("templateIds").Select(item => item.GetString() ?? "").Where(id => id.Length > 0).ToList();
        return ids.Count is > 0 and <= TemplatesAtOnce ? ids : throw new ControlError($"templateIds holds 1–{TemplatesAtOnce} ids");
    }

    static SubscriptionChoice Choice(JsonElement item) => new(
        item.Text("templateId") ?? throw new ControlError("a choice needs templateId"),
        item.Text("choice") is "accept" or "reject" ? item.Text("choice") == "accept" : throw new ControlError("choice must be accept or reject"));

    static string Title(SandboxPlatform platform, Follower person, string templateId) =>
        platform.TemplatesOf(person.AppId).FirstOrDefault(template => template.TemplateId == templateId)?.Title ?? throw new ControlError($"there is no template {templateId}", 404);

    static void Note(SandboxPlatform platform, Follower person, string text) =>
        platform.Records.Chat(person.OpenId, ChatSide.Note, "event", "subscription", text, new { }, "");

    static (Follower Person, SandboxAccount Account) Person(SandboxPlatform platform, JsonElement body)
    {
        var person = platform.State.Followers[body.Text("openid") ?? ""] ?? throw new ControlError($"there is no follower {body.Text("openid")}", 404);
        return (person, platform.Account(person.AppId) ?? throw new ControlError($"the account {person.AppId} is not configured", 404));
    }
}

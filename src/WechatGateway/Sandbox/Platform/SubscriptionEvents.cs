using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>What the customer said to one subscription message.</summary>
internal sealed record SubscriptionChoice(string TemplateId, bool Accepts);

/// <summary>
/// What happens to agreements on the phone: the dialog (subscribe_msg_popup_event) and the switch in its settings
/// (subscribe_msg_change_event). The caller holds the state's lock and sends the push.
/// </summary>
internal static class SubscriptionEvents
{
    /// <summary>PopupScene: 2 a page of the account, 0 a mini-program.</summary>
    public static Push Chosen(SandboxPlatform platform, SandboxAccount account, Follower person, IReadOnlyList<SubscriptionChoice> choices, bool remember)
    {
        var grants = new Dictionary<string, int>(person.Grants);
        var standing = new Dictionary<string, string>(person.StandingChoices);
        foreach (var choice in choices)
        {
            if (choice.Accepts && grants.GetValueOrDefault(choice.TemplateId) != Follower.Always)
                grants[choice.TemplateId] = grants.GetValueOrDefault(choice.TemplateId) + 1;
            if (remember) standing[choice.TemplateId] = Status(choice.Accepts);
        }
        Keep(platform, person with { Grants = grants, StandingChoices = standing });
        var scene = account.Kind == SandboxAccountKind.MiniProgram ? 0 : 2;
        return Push(platform, account, person, "subscribe_msg_popup_event", "SubscribeMsgPopupEvent",
            [.. choices.Select(choice => new XElement("List", PushXml.Text("TemplateId", choice.TemplateId),
                PushXml.Text("SubscribeStatusString", Status(choice.Accepts)), new XElement("PopupScene", scene)))]);
    }

    /// <summary>Switched off in the settings: nothing is left and it will not be asked again; switched on: it may be asked again.</summary>
    public static Push Switched(SandboxPlatform platform, SandboxAccount account, Follower person, string templateId, bool on)
    {
        var grants = new Dictionary<string, int>(person.Grants);
        var standing = new Dictionary<string, string>(person.StandingChoices);
        if (on) standing.Remove(templateId);
        else
        {
            grants.Remove(templateId);
            standing[templateId] = Status(false);
        }
        Keep(platform, person with { Grants = grants, StandingChoices = standing });
        return Push(platform, account, person, "subscribe_msg_change_event", "SubscribeMsgChangeEvent",
            [new("List", PushXml.Text("TemplateId", templateId), PushXml.Text("SubscribeStatusString", Status(on)))]);
    }

    public static Push Push(SandboxPlatform platform, SandboxAccount account, Follower person, string name, string holder, XElement[] list)
    {
        var body = PushXml.Event(account, person.OpenId, platform.Now, name, new XElement(holder, list));
        return PushXml.ToPush(platform.State, account, person.OpenId, body, name, showsReply: false);
    }

    static void Keep(SandboxPlatform platform, Follower person)
    {
        platform.State.Followers.Put(person.OpenId, person);
        platform.Feed.Tell("follower", person);
    }

    static string Status(bool accepts) => accepts ? "accept" : "reject";
}

using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Services.Notifications;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Commands;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// A person answers this customer, or is waited for: the bot is silent, and what the customer sends is kept for the person.
/// Few wishes are still answered: to leave, while waiting to hear one's place in the queue, and, as nobody else would heed them, those about
/// pushes (退订, 免打扰 22:00-8:00); these are kept for the person as well.
/// </summary>
internal sealed class HumanOwned(Db db, DataKeys keys, TimeProvider clock, KeywordTable keywords, NotificationsOptions notifications) : IReplyRule
{
    private readonly PushWishes _pushes = new(db, clock, notifications);

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (await CurrentConversation.Of(db, ask.Customer, ct).ConfigureAwait(false) is not { BotIsSilent: true } conversation) return null;
        var command = await CommandOf(ask, ct).ConfigureAwait(false);
        if (command == LeaveHuman.CommandName || (command == CallHuman.CommandName && conversation.Owner == ConversationOwner.Queue)) return null;
        var (kind, text, media) = Describe(ask);
        await AddCustomerMessage.Execute(db, keys, clock, ask.Customer, ask.Channel, kind, text, media, ask.Key, ct).ConfigureAwait(false);
        return PushWishes.WishOf(ask) is { } wish ? await _pushes.Fulfil(ask, wish, ct).ConfigureAwait(false) : Reply.Silence;
    }

    private async Task<string?> CommandOf(Ask ask, CancellationToken ct)
    {
        // Only the key of a menu entry is the name of a command; who types it has said a word like any other.
        if (ask.Inbound is MenuClickEvent { EventKey: (CallHuman.CommandName or LeaveHuman.CommandName) and var name }) return name;
        var words = ask.Inbound is MenuClickEvent click ? Ask.Plain(click.EventKey) : ask.Words;
        if (words.Length == 0) return null;
        var hits = await keywords.Match(ask, words, ct).ConfigureAwait(false);
        return hits.FirstOrDefault() is { Rest: "" } hit ? hit.Keyword.Command : null;
    }

    private static (string Kind, string Text, string? MediaId) Describe(Ask ask) => ask.Inbound switch
    {
        TextMessage text => ("text", text.Content, null),
        VoiceMessage voice => ("voice", voice.Recognition ?? "", voice.MediaId),
        ImageMessage image => ("image", "", image.MediaId),
        VideoMessage video => ("video", "", video.MediaId),
        LocationMessage place => ("location", Place(place.Label, place.Point), null),
        LocationSelectEvent place => ("location", Place(place.PlaceName + place.Label, place.Point), null),
        LinkMessage link => ("link", $"{link.Title} {link.Url}".Trim(), null),
        FileMessage file => ("file", file.Title, null),
        MiniProgramPageMessage page => ("card", page.Title, null),
        ScanCodeWaitEvent scan => ("scan", scan.Code.Content, null),
        ScanCodePushEvent scan => ("scan", scan.Code.Content, null),
        ScanEvent scan => ("scan", scan.Scene, null),
        MenuClickEvent click => ("menu", click.EventKey, null),
        _ => ("other", "", null),
    };

    private static string Place(string label, GeoPoint? point) =>
        point is { } at ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{label}（{at.Latitude:0.#####},{at.Longitude:0.#####}）") : label;
}

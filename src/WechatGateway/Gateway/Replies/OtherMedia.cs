using Courier.Kernel.Data;
using Courier.Services.Conversations;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// What the bot cannot understand: it says so, and what helps. A picture, and a voice that WeChat did not turn into words, are kept in the
/// conversation, so that a person who takes it over later can look at them.
/// </summary>
internal sealed class OtherMedia(Db db, DataKeys keys, TimeProvider clock) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        switch (ask.Inbound)
        {
            case ImageMessage image:
                await Keep(ask, "image", image.MediaId, ct).ConfigureAwait(false);
                return new Reply(Texts.Picture);
            case VoiceMessage voice when ask.Text is null:
                await Keep(ask, "voice", voice.MediaId, ct).ConfigureAwait(false);
                return new Reply(Texts.Voice);
            default:
                return Words(ask.Inbound) is { } words ? new Reply(words) : null;
        }
    }

    private Task Keep(Ask ask, string kind, string mediaId, CancellationToken ct) =>
        AddCustomerMessage.Execute(db, keys, clock, ask.Customer, ask.Channel, kind, "", mediaId, ask.Key, ct);

    private static string? Words(Inbound inbound) => inbound switch
    {
        VideoMessage => Texts.Video,
        LinkMessage => Texts.Link,
        FileMessage => Texts.File,
        MiniProgramPageMessage => Texts.Card,
        _ => null,
    };
}

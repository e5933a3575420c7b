using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Replies;

/// <summary>What the bot cannot understand: it says so, and what helps.</summary>
internal sealed class OtherMedia : IReplyRule
{
    public Task<Reply?> Answer(Ask ask, CancellationToken ct) => Task.FromResult(ask.Inbound switch
    {
        ImageMessage => new Reply(Texts.Picture),
        VoiceMessage when ask.Text is null => new Reply(Texts.Voice),
        VideoMessage => new Reply(Texts.Video),
        LinkMessage => new Reply(Texts.Link),
        FileMessage => new Reply(Texts.File),
        MiniProgramPageMessage => new Reply(Texts.Card),
        _ => null,
    });
}

using Courier.Services.Conversations;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;

namespace Courier.WechatGateway.Replies;

/// <summary>Fetches pictures and voices from WeChat, which keeps them for three days.</summary>
internal sealed class WechatMedia(WechatAccounts accounts, WechatClient wechat) : IChannelMedia
{
    public string Channel => "wechat";

    public async Task<FetchedMedia> Fetch(string appId, string mediaId, CancellationToken ct)
    {
        if (!accounts.TryFind(appId, out var account)) return new FetchedMedia.Gone("the account is not configured any more");
        try
        {
            var file = await wechat.SendAsync(account.Wechat, new GetMedia(mediaId), ct).ConfigureAwait(false);
            return file.Bytes.IsEmpty ? new FetchedMedia.Gone("WeChat gave no file") : new FetchedMedia.Got(file.Bytes);
        }
        catch (WechatException error)
        {
            return error.Reaction switch
            {
                ErrorReaction.NewMediaOnce or ErrorReaction.Drop or ErrorReaction.DropAndMarkUnreachable or ErrorReaction.NeverRetry or ErrorReaction.Refuse =>
                    new FetchedMedia.Gone($"WeChat says {error.Code}"),
                ErrorReaction.BreakCall => new FetchedMedia.Later(TimeSpan.FromMinutes(2), $"WeChat says {error.Code}"),
                ErrorReaction.StopAndAlert => new FetchedMedia.Later(TimeSpan.FromMinutes(30), $"WeChat says {error.Code}"),
                ErrorReaction.RefreshTokenOnce or ErrorReaction.BackOff or ErrorReaction.FallBack or ErrorReaction.LoginAgain or ErrorReaction.Ignore
                    or ErrorReaction.Ambiguous or ErrorReaction.Unknown => new FetchedMedia.Later(TimeSpan.FromMinutes(1), $"WeChat says {error.Code}"),
            };
        }
    }
}

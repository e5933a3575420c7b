using Courier.Services.Parcels;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Followers;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Replies;

/// <summary>Bar codes and QR codes scanned from the menu (labels, and links that carry a number), and our own QR codes scanned by a follower.</summary>
internal sealed class Scans(ParcelAnswers parcels, ParcelsOptions options, Follows follows, KeywordTable keywords) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct) => ask.Inbound switch
    {
        ScanCodeWaitEvent scan => await Code(ask, scan.Code, ct).ConfigureAwait(false),
        ScanCodePushEvent scan => await Code(ask, scan.Code, ct).ConfigureAwait(false),
        ScanEvent scan => new Reply(await follows.About(ask, scan.Scene, ct).ConfigureAwait(false)
            ?? Texts.Guidance(await keywords.Guide(ask, ct).ConfigureAwait(false))),
        _ => null,
    };

    private async Task<Reply?> Code(Ask ask, ScannedCode code, CancellationToken ct)
    {
        var numbers = ReadWaybills.In(code.Content, options).Candidates;
        return new Reply(numbers.Count == 0
            ? Texts.ScanUnreadable
            : await parcels.Of(ask, [.. numbers.Select(c => c.Number)], null, ct).ConfigureAwait(false));
    }
}

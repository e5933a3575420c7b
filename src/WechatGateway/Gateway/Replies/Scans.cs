using Courier.Services.Parcels;
using Courier.Wechat.Client.Callbacks;

namespace Courier.WechatGateway.Replies;

/// <summary>Bar codes and QR codes scanned from the menu: labels, and links that carry a number.</summary>
internal sealed class Scans(ParcelAnswers parcels, ParcelsOptions options) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        var code = ask.Inbound switch
        {
            ScanCodeWaitEvent scan => scan.Code,
            ScanCodePushEvent scan => scan.Code,
            _ => null,
        };
        if (code is null) return null;
        var numbers = ReadWaybills.In(code.Content, options).Candidates;
        return new Reply(numbers.Count == 0
            ? Texts.ScanUnreadable
            : await parcels.Of(ask, [.. numbers.Select(c => c.Number)], null, ct).ConfigureAwait(false));
    }
}

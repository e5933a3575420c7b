using Courier.Services.Parcels;
using Courier.Wechat.Client.Callbacks;
using Courier.WechatGateway.Keywords;
using Courier.WechatGateway.Replies;

namespace Courier.WechatGateway.Followers;

/// <summary>Somebody follows or scans a QR code of ours: both are kept; who follows is welcomed and told what the code's scene is about.</summary>
internal sealed class Follows(FollowerLedger ledger, FollowerProfiles profiles, KeywordTable keywords, ParcelAnswers parcels)
{
    private const string WaybillScene = "wb_";

    /// <summary>The answer to a follow; null for anything else, also for a scan, which the reply rules answer.</summary>
    public Task<Reply?> Answer(Ask ask, CancellationToken ct) => ask.Inbound switch
    {
        SubscribeEvent follow => Welcome(ask, follow.Scene, ct),
        ScanEvent scan => Keep(ask, scan.Scene, ct),
        _ => Task.FromResult<Reply?>(null),
    };

    /// <summary>What a scene is about: the parcel on whose label the code stands; null for another scene.</summary>
    public async Task<string?> About(Ask ask, string? scene, CancellationToken ct) =>
        scene is not null && scene.StartsWith(WaybillScene, StringComparison.OrdinalIgnoreCase)
        && WaybillNumber.TryParse(scene[WaybillScene.Length..], null, out var waybill)
            ? await parcels.Of(ask, [waybill], null, ct).ConfigureAwait(false)
            : null;

    private async Task<Reply?> Welcome(Ask ask, string? scene, CancellationToken ct)
    {
        var who = new FollowerName(ask.Account.AppId, ask.OpenId);
        if (await ledger.Followed(who, true, scene ?? "", ask.Inbound.SentAt, ct).ConfigureAwait(false)) await profiles.Want(who.AppId, who.OpenId, ct).ConfigureAwait(false);
        else await profiles.Settle(who.AppId, who.OpenId, ct).ConfigureAwait(false);
        if (scene is not null) await ledger.Scanned(who, scene, followedByIt: true, ct).ConfigureAwait(false);
        var about = await About(ask, scene, ct).ConfigureAwait(false)
            ?? Texts.Guidance(await keywords.Guide(ask, ct).ConfigureAwait(false));
        return new Reply(Texts.Welcome(about));
    }

    private async Task<Reply?> Keep(Ask ask, string scene, CancellationToken ct)
    {
        await ledger.Scanned(new FollowerName(ask.Account.AppId, ask.OpenId), scene, followedByIt: false, ct).ConfigureAwait(false);
        return null;
    }
}

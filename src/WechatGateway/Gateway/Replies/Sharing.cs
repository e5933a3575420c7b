using System.Text.RegularExpressions;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.WechatGateway.Replies;

/// <summary>分享 CY1234567890128 gives a link for friends, 取消分享 takes it back; without a number the parcel asked for last is meant.</summary>
internal sealed partial class Sharing(Db db, DataKeys keys, TimeProvider clock, ParcelsOptions options, SiteLinks links) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (!ask.HasChinese) return null;
        var words = ask.Words;
        if (After(words, "取消分享", "停止分享", "撤回分享") is { } taken) return await TakeBack(ask, taken, ct).ConfigureAwait(false);
        if (InOtherWords().IsMatch(words)) return await Share(ask, "", ct).ConfigureAwait(false);
        return After(words, "分享快递", "分享") is { } shared ? await Share(ask, shared, ct).ConfigureAwait(false) : null;
    }

    /// <summary>Are these plain words answered here, whoever says them?</summary>
    public static bool Takes(string plain) => InOtherWords().IsMatch(plain) || After(plain, "取消分享", "停止分享", "撤回分享", "分享快递", "分享") is "";

    private async Task<Reply?> Share(Ask ask, string rest, CancellationToken ct)
    {
        if (!Names(rest, out var waybill)) return null;
        waybill ??= (await ShowParties.Execute(db, keys, ask.Customer, null, ct).ConfigureAwait(false))?.Waybill;
        if (waybill is not { } number) return new Reply(Texts.ShareWhich);
        try
        {
            var share = await ShareParcel.Execute(db, keys, clock, options, ask.Customer, number, null, ct).ConfigureAwait(false);
            return new Reply(share is null ? Texts.ShareUnknown(number.Text) : Texts.Shared(number.Text, links.To(share.Path).AbsoluteUri, ChinaTime.Words(share.ExpiresAt, clock.GetUtcNow())));
        }
        catch (RuleBroken refused)
        {
            return new Reply(refused.Message + "。");
        }
    }

    private async Task<Reply?> TakeBack(Ask ask, string rest, CancellationToken ct)
    {
        if (!Names(rest, out var waybill)) return null;
        var taken = waybill is { } number
            ? await ShareParcel.Revoke(db, clock, ask.Customer, number, ct).ConfigureAwait(false)
            : await ShareParcel.RevokeAll(db, clock, ask.Customer, ct).ConfigureAwait(false) > 0;
        return new Reply(taken ? Texts.ShareTakenBack : Texts.NothingShared);
    }

    // 把快递分享给朋友, 分享我的快递: the parcel asked for last.
    [GeneratedRegex("^(?:我想|我要|帮我|请)?(?:把(?:我的|这个)?(?:快递|快件|包裹|物流|运单)(?:信息|进度)?分享(?:一下)?(?:(?:给|到)(?:我的)?(?:朋友|好友|家人|别人|微信))?|分享(?:我的|这个)?(?:快递|快件|包裹|物流|运单)(?:信息|进度)?(?:给(?:我的)?(?:朋友|好友|家人|别人))?)[。.!]?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex InOtherWords();

    private static string? After(string words, params ReadOnlySpan<string> leads)
    {
        foreach (var lead in leads) if (words.StartsWith(lead, StringComparison.Ordinal)) return words[lead.Length..].Trim(' ', ':', '+', '。');
        return null;
    }

    // "分享一下心得" is no wish of this kind.
    private bool Names(string rest, out WaybillNumber? waybill)
    {
        waybill = null;
        if (rest.Length == 0) return true;
        if (ReadWaybills.In(rest, options).Candidates is not { Count: > 0 } found) return false;
        waybill = found[0].Number;
        return true;
    }
}

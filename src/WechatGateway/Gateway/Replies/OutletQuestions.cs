using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;

namespace Courier.WechatGateway.Replies;

/// <summary>网点 南山区, 粤海街道有网点吗, 麻磡村能派送吗: outlets by area or name, and who serves a street or village. Without a place it is the next rule's turn.</summary>
internal sealed partial class OutletQuestions(Db db, OutletBook book, Divisions divisions, TimeProvider clock) : IReplyRule
{
    private const int LongestText = 50;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: > 2 and <= LongestText }) return null;
        var said = HalfWidth.Of(ask.Text);
        if (!OutletWords().IsMatch(said) && !CoverageWords().IsMatch(said)) return null;
        var text = RegionCode().Replace(said, code => FindOutlets.PlaceOf(divisions, code.Value)?.FullName ?? code.Value);
        if (RegionCode().Match(text) is { Success: true } unknown) return new Reply(Texts.UnknownRegion(unknown.Value));
        var search = OutletWords().IsMatch(text)
            ? await FindOutlets.Search(db, book, divisions, Fillers().Replace(OutletWords().Replace(text, " "), "").Trim(), ct).ConfigureAwait(false)
            : CoverageWords().IsMatch(text) ? await FindOutlets.Coverage(db, book, divisions, CoverageWords().Replace(text, ""), ct).ConfigureAwait(false) : null;
        return search is null ? null : new Reply(Texts.Outlets(search, clock.GetUtcNow()));
    }

    /// <summary>Does a text ask about outlets or delivery at a place that it names by its code?</summary>
    internal static bool NamesPlaceByCode(string text)
    {
        var said = HalfWidth.Of(text);
        return RegionCode().IsMatch(said) && (OutletWords().IsMatch(said) || CoverageWords().IsMatch(said));
    }

    // 440305, as forms and parcel data name 广东省深圳市南山区; nine and twelve digits name streets and villages.
    [GeneratedRegex("(?<![0-9A-Za-z])(?:[0-9]{6}|[0-9]{9}|[0-9]{12})(?![0-9A-Za-z])")]
    private static partial Regex RegionCode();

    [GeneratedRegex("服务网点|快递网点|网点|营业点|营业厅|营业部|门店|服务点|寄件点")]
    private static partial Regex OutletWords();

    [GeneratedRegex("(?:请问|你好|您好|帮我|查一?下|找一?下|查询|查找|附近|周边|最近|哪里|在哪儿?|哪儿|有没有|有哪些|有几个|有|你们|快递|的|电话|地址|营业时间|几点(?:关门|开门)|多少|是|吗|呢|么|[?？!！。,，:：])+")]
    private static partial Regex Fillers();

    [GeneratedRegex("(?:能不能|可不可以|能|可以|会|给|是否|在)?(?:派送|配送|送货上门|送货|送得到|送到|派件|派到|派|送件|送|收件|寄件|寄快递|服务范围|覆盖|到得了)(?:的|内)?(?:吗|不|么|嘛|呢)?[?？。!！]*$")]
    private static partial Regex CoverageWords();
}

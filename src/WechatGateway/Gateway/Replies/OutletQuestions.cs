using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Network;

namespace Courier.WechatGateway.Replies;

/// <summary>
/// 网点 南山区, 粤海街道有网点吗, 南山区快递柜, 麻磡村能派送吗: outlets by area or name, lockers by area, and who serves a street or village. Without a place it is the
/// next rule's turn, unless one of the outlets is asked for (哪个网点能寄大件).
/// </summary>
internal sealed partial class OutletQuestions(Db db, OutletBook book, Divisions divisions, TimeProvider clock) : IReplyRule
{
    private const int LongestText = 50, MostAreas = 12;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Words is not { Length: > 2 and <= LongestText } said) return null;
        if (PlaceOfOurs().Match(said) is { Success: true } ours
            && await InArea(Fillers().Replace(said.Remove(ours.Index, ours.Length).Insert(ours.Index, " "), "").Trim(), ours.Groups["locker"].Success, ct).ConfigureAwait(false) is { } inArea)
            return inArea;
        if (!OutletWords().IsMatch(said) && !CoverageWords().IsMatch(said)) return null;
        var text = RegionCode().Replace(said, code => FindOutlets.PlaceOf(divisions, code.Value)?.FullName ?? code.Value);
        if (RegionCode().Match(text) is { Success: true } unknown) return new Reply(Texts.UnknownRegion(unknown.Value));
        var search = OutletWords().IsMatch(text)
            ? await FindOutlets.Search(db, book, divisions, Fillers().Replace(OutletWords().Replace(text, " "), "").Trim(), ct).ConfigureAwait(false)
            : CoverageWords().IsMatch(text) ? await FindOutlets.Coverage(db, book, divisions, CoverageWords().Replace(text, ""), ct).ConfigureAwait(false) : null;
        return search is not null ? new Reply(Texts.Outlets(search, clock.GetUtcNow())) : WhichOutlet().IsMatch(text) ? new Reply(Texts.WhichOutlet) : null;
    }

    // Of lockers and stations people say many other things: only a place beside the word is a question where they are.
    private async Task<Reply?> InArea(string where, bool isLocker, CancellationToken ct)
    {
        if (divisions.NamedIn(where) is not { Rest: "", Candidates.Count: > 0 } named) return null;
        if (!isLocker) return await FindOutlets.Search(db, book, divisions, where, ct).ConfigureAwait(false) is { } search ? new Reply(Texts.Outlets(search, clock.GetUtcNow())) : null;
        foreach (var area in named.Candidates.Take(MostAreas))
            if (await FindNamedPlaces.Within(db, PlaceKind.Locker, Area(area), area.Level == DivisionLevel.Street ? area.Name : "", ct).ConfigureAwait(false) is { Count: > 0 } lockers)
                return new Reply(Texts.Lockers(area.FullName, lockers));
        return new Reply(Texts.NoLockers(named.Candidates.Count == 1 ? named.Candidates[0].FullName : named.Said));
    }

    // Lockers are filed under districts; the street is looked for in their address.
    private static Division Area(Division place) => place is { Level: DivisionLevel.Street, Parent: { } district } ? district : place;

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

    [GeneratedRegex("(?<locker>快递柜|自提柜|智能柜|寄存柜)|快递驿站|驿站|快递点|代收点|自提点")]
    private static partial Regex PlaceOfOurs();

    [GeneratedRegex("(?:哪个|哪一个|哪家|哪些)(?:服务网点|快递网点|网点|营业点|营业厅|营业部|门店|服务点|寄件点)")]
    private static partial Regex WhichOutlet();

    [GeneratedRegex("(?:请问|你好|您好|帮我|查一?下|找一?下|查询|查找|附近|周边|最近|哪里|在哪儿?|哪儿|有没有|有哪些|有几个|有|你们|快递|的|电话|地址|营业时间|几点(?:关门|开门)|多少|是|吗|呢|么|[?？!！。,，:：])+")]
    private static partial Regex Fillers();

    [GeneratedRegex("(?:能不能|可不可以|能|可以|会|给|是否|在)?(?:派送|配送|送货上门|送货|送得到|送到|派件|派到|派|送件|送|收件|寄件|寄快递|服务范围|覆盖|到得了)(?:的|内)?(?:吗|不|么|嘛|呢)?[?？。!！]*$")]
    private static partial Regex CoverageWords();
}

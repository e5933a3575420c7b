using System.Text.RegularExpressions;
using Courier.Kernel;

namespace Courier.Services.Addresses.Parsing;

/// <summary>Reads messages about parcels that wait in lockers and stations, as people paste them.</summary>
public static partial class PickupText
{
    private const int MostCharacters = 1000;

    private static readonly string[] Carriers =
        ["圆通", "中通", "申通", "韵达", "极兔", "顺丰", "京东", "EMS", "邮政", "德邦", "百世", "天天", "丹鸟", "优速", "宅急送", "跨越", "安能", "菜鸟速递", "苏宁", "品骏", "国通", "快捷", "速尔", "丰网", "众邮"];

    /// <summary>What the message says of its first code; null when it holds none: verification codes, notices of delivery, advertising.</summary>
    /// <param name="text">The message; longer ones are read up to 1000 characters.</param>
    public static PickupNotice? Read(string text) => ReadAll(text) is [var first, ..] ? first : null;

    /// <summary>What the message says of each of its codes (取件码 8-2-3012、8-2-3015), in their order; empty when it holds none.</summary>
    /// <param name="text">The message; longer ones are read up to 1000 characters.</param>
    public static IReadOnlyList<PickupNotice> ReadAll(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var message = HalfWidth.Of(text.Length > MostCharacters ? text[..MostCharacters] : text);
        if (First(message) is not { } first) return [];
        var (place, carrier) = (Place(message), CarrierIn(message));
        var codes = Listed(message, first).Distinct().ToList();
        var waybills = Waybill().Matches(message).Select(m => m.Groups["number"].Value.ToUpperInvariant()).Where(w => !codes.Contains(w)).Distinct().ToList();
        // Which number belongs to which code is known only where there are as many.
        return [.. codes.Select((code, i) => new PickupNotice(code, place, carrier) { Waybill = waybills.Count == codes.Count ? waybills[i] : "" })];
    }

    /// <summary>The carrier that a message names, by its short name; empty for none. An account's name (“圆通速递”公众号) is none.</summary>
    /// <param name="text">The message.</param>
    public static string CarrierIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (found, first) = ("", text.Length);
        foreach (var carrier in Carriers)
        {
            for (var at = text.IndexOf(carrier, StringComparison.OrdinalIgnoreCase); at >= 0 && at < first; at = text.IndexOf(carrier, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (IsAccount(text, at) || IsPlaceName(text, at, carrier)) continue;
                (found, first) = (carrier == "菜鸟速递" ? "菜鸟" : carrier, at);
            }
        }
        return found;
    }

    private static bool IsAccount(string text, int at) => AccountBehind().IsMatch(text.AsSpan(at, Math.Min(16, text.Length - at)));

    // 天天超市, 快捷酒店, 苏宁易购门店, 邮政局旁, 邮政储蓄: houses, not carriers.
    private static bool IsPlaceName(string text, int at, string carrier)
    {
        var rest = text.AsSpan(at + carrier.Length);
        if (carrier is "天天" or "快捷" or "苏宁" or "跨越" or "百世" or "国通") return !(rest.StartsWith("快递") || rest.StartsWith("快运") || rest.StartsWith("速递") || rest.StartsWith("物流") || rest.StartsWith("速运") || rest.StartsWith("汇通"));
        if (carrier == "邮政") return rest.StartsWith("店") || rest.StartsWith("局") || rest.StartsWith("储蓄") || rest.StartsWith("支局") || rest.StartsWith("所") || rest.StartsWith("银行") || rest.StartsWith("大厦");
        return carrier == "京东" && (rest.StartsWith("方") || rest.StartsWith("便利店"));
    }

    private static Group? First(string message)
    {
        foreach (Match match in Labelled().Matches(message))
            if (Good(message, match.Groups["code"]) is not null) return match.Groups["code"];
        if (IsVerification().IsMatch(message)) return null;
        foreach (Match match in By().Matches(message))
            if (Good(message, match.Groups["code"]) is not null) return match.Groups["code"];
        return null;
    }

    // Codes that stand beside each other are of one make; dates and telephones behind them are not.
    private static IEnumerable<string> Listed(string message, Group first)
    {
        var code = Good(message, first)!;
        var hyphens = code.Count(c => c == '-');
        yield return code;
        for (var end = first.Index + first.Length; Another().Match(message, end) is { Success: true } match; end = match.Index + match.Length)
        {
            if (Good(message, match.Groups["code"]) is not { } next || next.Count(c => c == '-') != hyphens || IsDate().IsMatch(next)) yield break;
            yield return next;
        }
    }

    // Numbers of parcels and telephones stand in such messages too.
    private static string? Good(string message, Group found)
    {
        var code = found.Value.Trim('-');
        if (code.Length is < 3 or > 20 || !code.Any(char.IsAsciiDigit) || Phone.TryParse(code, out var phone) && phone.IsMobile) return null;
        var letters = code.TakeWhile(char.IsAsciiLetter).Count();
        if (!code.Contains('-', StringComparison.Ordinal) && (code.Length >= 13 || letters >= 2 && code.Length >= 11)) return null;
        var after = message.AsSpan(found.Index + found.Length).TrimStart();
        return after.StartsWith("分钟") || after.StartsWith("小时") || after.StartsWith("元") || after.StartsWith("%") || after.StartsWith("月") || after.StartsWith("日") || after.StartsWith("天") ? null : code;
    }

    private static string Place(string message)
    {
        foreach (var pattern in (ReadOnlySpan<Regex>)[Address(), Arrived(), StandsAt(), GoTo(), BehindBar()])
        {
            foreach (Match match in pattern.Matches(message))
            {
                var place = match.Groups["place"].Value.Trim('"', '“', '”', '『', '』', '[', ']', '【', '】', ' ', ':');
                if (place.Length is >= 2 and <= 40 && !NoPlace().IsMatch(place) && Array.IndexOf(Carriers, place) < 0) return place;
            }
        }
        return "";
    }

    private const string CodeToken = "(?<code>[A-Za-z]{0,4}[0-9]*[A-Za-z]?(?:-[A-Za-z0-9]{1,8}){1,4}|[A-Za-z]{0,3}[0-9]{3,12}[A-Za-z]?)";

    [GeneratedRegex("(?:取件验证码|取件密码|取件编码|取件编号|取货密码|取货验证码|提货密码|开柜密码|开箱密码|开箱码|开柜码|取件码|取货码|提货码|提件码|自提码|领取码|领货码|收货码|取件号|取货号|货架号|货号|提取码|取餐码|快递码|包裹码|密码)(?:是|为|)[^A-Za-z0-9,。;!?，；\\n]{0,4}(?:[0-9A-Za-z]{1,4}号?(?:柜|箱|货架|架)[^A-Za-z0-9,。;\\n]{0,2})?" + CodeToken)]
    private static partial Regex Labelled();

    [GeneratedRegex("(?:凭借|凭|使用|请用|用|报|出示|输入)[^A-Za-z0-9,。;\\n]{0,3}" + CodeToken + "[^A-Za-z0-9,。;\\n]{0,2}(?:到|至|来|在|取|领|前往|即可|去|于)")]
    private static partial Regex By();

    [GeneratedRegex("\\G *[、,，和及与/;；&] *" + CodeToken)]
    private static partial Regex Another();

    [GeneratedRegex("(?<![A-Za-z0-9-])(?:(?<number>[A-Za-z]{2,4}[0-9]{9,16}[A-Za-z]{0,2}|[0-9]{13,18})|(?:单号|运单|快递单)(?:号|)(?:为|是|:|) ?(?<number>[A-Za-z]{0,4}[0-9]{9,18}))(?![A-Za-z0-9-])")]
    private static partial Regex Waybill();

    [GeneratedRegex("^20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}$")]
    private static partial Regex IsDate();

    [GeneratedRegex("验证码|校验码|动态码|登录|密码为|银行|尾号[0-9]{4}的")]
    private static partial Regex IsVerification();

    [GeneratedRegex("^[^,。;，]{2,12}[”\"』」]?(?:公众号|小程序|APP|app|客户端|官网)")]
    private static partial Regex AccountBehind();

    [GeneratedRegex("(?:取件地址|取货地址|驿站地址|站点地址|地址|位置)(?:为|是|)\\s*:?\\s*(?<place>[^,。;，；!\\n]{2,40})")]
    private static partial Regex Address();

    [GeneratedRegex("(?:已经?到达?|已送达|已送至|已放至|已放在|已存放在|已存放于|已存至|已存入|已投递至|已投放至|已投递到|已派送至|已被?放入|到达|送达|存放于|存放在|暂存在|暂存于|代收于|放置于|放置在|签收于|寄存在|寄存于|投放到|送至|放于|放在)(?:了|\\s)*(?<place>[^,。;，；!\\n“\"]{2,40}?)(?=[,。;，；!\\n“\"]|请|取件码|取货码|速取|待取|凭|$)")]
    private static partial Regex Arrived();

    [GeneratedRegex("(?:在|于)(?<place>[^,。;，；!\\n]{2,30}?(?:驿站|柜|超市|店|代收点|门口|货架|菜鸟|小区|物业))")]
    private static partial Regex StandsAt();

    [GeneratedRegex("(?:到|至|来|前往|去)(?<place>[^,。;，；!\\n]{2,40}?)(?=取您|取快|取件|取包|取走|取顺|取圆|取中|取申|取韵|取极|取京|取邮|取出|领取|领件|提取|提货|自取|速取|取回|取$|取[,。;，；!])")]
    private static partial Regex GoTo();

    [GeneratedRegex("\\|\\s*(?<place>[^|\\n]{2,40})")]
    private static partial Regex BehindBar();

    [GeneratedRegex("^[0-9:点时分日月号]+(?:前|后)?$|付款|小时内|^期$|^货$|^您|^付|预计|派送")]
    private static partial Regex NoPlace();
}

using System.Globalization;

namespace Courier.Services.Rates;

/// <summary>What operators read about the files of a card.</summary>
internal static class CardTexts
{
    public const string Missing = "不能为空";
    public const string Formula = "不能以 =、+、@ 开头：看起来是公式，请粘贴为数值";
    public const string ControlCharacter = "含有换行或其他控制字符";
    public const string CodeForm = "应为代码：小写字母开头，只含小写字母、数字和下划线，最多20个字符";
    public const string Yuan = "应为金额（元），0至1000000，最多两位小数";
    public const string Percent = "应为百分数，0至100，最多两位小数，不写%";
    public const string Time = "应为时刻，如 18:00";
    public const string Date = "应为日期，如 2027-01-20";
    public const string YesNo = "应为 yes 或 no";
    public const string NoFile = "缺少这个文件";
    public const string NoHeader = "文件是空的，第一行应为列名";
    public const string NotText = "不是文本文件，或编码不是 UTF-8 或 GBK";
    public const string FileTooLarge = "文件超过1MB";
    public const string TooManyRows = "超过20000行";
    public const string NoRows = "没有数据行";
    public const string Quote = "引号没有成对，从这一行起无法读取";
    public const string SameProduct = "产品代码重复";
    public const string SameCode = "代码重复";
    public const string NoStandard = "必须有代码为 standard 的产品";
    public const string SamePrice = "同一产品和区域的价格重复";
    public const string SameTime = "同一产品和区域的时效重复";
    public const string UnknownProduct = "products 文件里没有这个产品";
    public const string UnknownZone = "zones 文件里没有这个区域";
    public const string UnknownRounding = "roundings 文件里没有这条进位规则";
    public const string UnknownRegion = "既不是 regions 文件里的地区，也不是省份全称或“省/市”";
    public const string UnknownPlace = "没有这个省、市或区县，请写全称";
    public const string RegionIsProvince = "地区名不能与省份同名";
    public const string DistrictInZone = "区域划分只到地市，不能用含区县的地区";
    public const string SameOnlyTo = "“同市”“同省”只能写在 to 列";
    public const string NoTime = "这个产品和区域在 times 文件里没有时效";
    public const string StandardEverywhere = "standard 在每个区域都要有价格，这个区域没有";
    public const string BandOrder = "同一规则的 up_to_grams 要从小到大，最后一行留空";
    public const string BandStep = "up_to_grams 应为 step_grams 的整数倍，否则重一点反而便宜";
    public const string YuanOrPercent = "yuan 和 percent 恰好填一个";
    public const string SomeDiscount = "yuan 和 percent 至少填一个";
    public const string UntilBeforeFrom = "结束早于开始";
    public const string NightSame = "开始和结束相同";
    public const string InsuranceOrder = "同一产品的 up_to_yuan 要从小到大";
    public const string CodOrder = "最高收费低于最低收费";
    public const string NoCod = "这个产品可代收货款，但 cod 文件里没有它的手续费";
    public const string DoorNoDiscount = "上门取件没有自寄优惠，应为 locker 或 outlet";
    public const string ExamplePlace = "应为“省/市”，且有这个地方";
    public const string ExampleNotCarried = "价格示例按这份价目表算不出来：此产品不寄这条线路或这个重量";

    public static string TooLong(int most) => string.Create(CultureInfo.InvariantCulture, $"最多{most}个字符");

    public static string Whole(long least, long most) => string.Create(CultureInfo.InvariantCulture, $"应为整数，{least}至{most}");

    public static string OneOf(IEnumerable<string> known) => "应为其中之一：" + string.Join('、', known);

    public static string Several(IEnumerable<string> known) => "应为其中若干个，用 | 隔开：" + string.Join('、', known);

    public static string FieldCount(int has, int wants) => string.Create(CultureInfo.InvariantCulture, $"这一行有{has}格，列名有{wants}个");

    public static string ColumnMissing(string column) => $"缺少列 {column}";

    public static string ColumnUnknown(string column) => $"没有 {column} 这个列，或列名重复";

    public static string FileUnknown(string name) => $"不认识的文件名 {name}";

    public static string InsuranceEnds(string product, long fen) => $"产品 {product} 最高可保{Texts.Yuan(fen)}，保价分档没有到这么高";

    public static string Gap(QuotePlace from, QuotePlace to) => $"没有一行适用于 {from.CityName}→{to.CityName}";
}

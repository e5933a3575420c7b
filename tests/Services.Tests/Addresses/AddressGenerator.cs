using Courier.Services.Addresses;
using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

/// <summary>A pasted text that was made from its fields, and which ways of writing were drawn for it.</summary>
internal sealed record GeneratedAddress(string Text, string Way, string Region, string Name, string Phone, RegionName Place, string Detail)
{
    /// <summary>What is read wrongly; null when every field comes back.</summary>
    public string? Wrong(ParsedAddress read)
    {
        var (wanted, got) = ($"{Name}|{Phone}|{Place}|{Cases.Bare(Detail)}", $"{read.Name}|{read.Phone?.Text}|{new RegionName(read.Province, read.City, read.District)}|{Cases.Bare(read.Detail)}");
        return wanted == got ? null : $"[{Way}, {Region}] {Text.ReplaceLineEndings("⏎")}\n    {got}\n    {wanted}";
    }
}

/// <summary>Makes pasted texts: any district of the country, its name in one of the ways people write it, any name, number and detail, put together in any of the usual ways.</summary>
internal sealed class AddressGenerator(int seed)
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武";
    private const string GivenNames = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文玲辉鹏宇浩欣怡婷雪梅建国志海燕春秋红兰凤琴云飞翔思雨子涵梓萱一诺晨曦佳琪俊豪天佑嘉懿书瑶慧颖晓东旭阳永康德胜玉珍秀荣";

    private static readonly string[] Whos = ["欧阳修远", "司马静", "诸葛明", "上官云", "慕容晓晓", "买买提·艾力", "阿依古丽·吐尔逊", "扎西多吉", "王先生", "李女士", "赵小姐", "刘老师", "陈阿姨", "小张", "老周", "阿梅", "孙师傅"];

    private static readonly string[] Roads =
    [
        "人民路18号", "北京东路668号科技大厦", "南京西路1266号", "中山路88号阳光花园3栋2单元501室", "重庆路12号院", "解放大道99号", "建设北路5号6-2-302", "上海路7号附2号", "广州大道中33号B座1203", "长江中路218号万达广场A座",
        "学府路1号大学城12号楼", "迎宾大道102号汽车站旁", "和平街3巷7弄2号", "工业园创业路6号厂房2楼", "文化路与青年路交叉口往东50米", "幸福里小区8幢1单元1102", "滨江花园二期16栋A1801", "新华书店对面", "东风村三组45号", "一中家属院2号楼3单元",
        "西藏路9号锦江之星", "天津路55号恒大名都9-1-1604", "云南路8号丰巢柜", "苏州街18号长远天地C座", "湖南路1号军民大院", "四川北路2号", "深圳路168号创业大厦20层2001", "海南大街77号", "中心市场东门1排6号", "经济开发区纬三路9号",
    ];

    private static readonly (string Way, string Form)[] Ways =
    [
        ("address name number", "{a} {n} {p}"), ("name number address", "{n} {p} {a}"), ("number address name", "{p} {a} {n}"), ("name address number", "{n} {a} {p}"), ("number name address", "{p} {n} {a}"), ("address number name", "{a} {p} {n}"),
        ("commas", "{n}，{p}，{a}"), ("commas behind", "{a}，{n}，{p}"), ("half commas", "{n},{p},{a}"), ("lines", "{n}\n{p}\n{a}"), ("lines, address first", "{a}\n{n}\n{p}"), ("tabs", "{n}\t{p}\t{a}"), ("slashes", "{n}/{p}/{a}"),
        ("labels", "收件人：{n}\n手机号码：{p}\n收货地址：{a}"), ("labels in one line", "姓名:{n} 电话:{p} 地址:{a}"), ("labels with commas", "收货人：{n}，联系电话：{p}，详细地址：{a}"), ("address label first", "地址：{a} 收件人：{n} 电话：{p}"),
        ("region and detail apart", "收货人: {n}\n手机号码: 86-{p}\n所在地区: {r}\n详细地址: {d}"), ("shop export", "{n}，86-{p}，{r} {d} ，000000"), ("shop two lines", "{n} {p}\n{r}\n{d}"), ("tagged", "{n} {p} 默认 家\n{r} {d}"),
        ("number between", "{n}{p}{a}"), ("number between, behind", "{a}{p}{n}"), ("name at the head", "{n}{a}{p}"), ("received by", "{a} {n}收 {p}"), ("received by in brackets", "{a}（{n}收）{p}"), ("please send to", "麻烦寄到{a}，{n}，{p}，谢谢"),
        ("grouped number", "{n} {p344} {a}"), ("country code", "{a} {n} +86 {p}"), ("remark", "{n} {p} {a} 易碎轻拿轻放"), ("order number", "订单编号：4501239876540001\n{n} {p}\n{a}"), ("brackets", "【收件人】{n}【电话】{p}【地址】{a}"),
    ];

    private static readonly List<Division> Districts = [.. new Divisions().All.Where(Deepest)];

    private static readonly ILookup<string, Division> Streets = new Divisions().All.Where(d => d.Level == DivisionLevel.Street).ToLookup(d => d.Parent!.Code);

    private static readonly ILookup<string, Division> ByName = Districts.ToLookup(d => d.Name);

    private readonly Random _random = new(seed);

    public GeneratedAddress Next()
    {
        var place = Of(Districts);
        var (region, written) = Region(place);
        var (who, phone, detail) = (Who(), $"1{_random.Next(3, 10)}{_random.Next(100_000_000, 999_999_999)}", Street(place) + Of(Roads));
        var (way, form) = Of(Ways);
        var text = form.Replace("{a}", written + detail, StringComparison.Ordinal).Replace("{r}", written, StringComparison.Ordinal).Replace("{d}", detail, StringComparison.Ordinal)
            .Replace("{p344}", $"{phone[..3]} {phone[3..7]} {phone[7..]}", StringComparison.Ordinal).Replace("{p}", phone, StringComparison.Ordinal).Replace("{n}", who, StringComparison.Ordinal);
        return new GeneratedAddress(text, way, region, who, phone, RegionNames.Of(place), detail);
    }

    private static bool Deepest(Division d) =>
        d is { Level: DivisionLevel.District, IsPlace: true, Kind: not ("statistical" or "unofficial") } || d is { Level: DivisionLevel.City, IsPlace: true } && RegionNames.HasNoDistricts(d) && d.Kind != "unofficial";

    /// <summary>Its name in a way that does not leave open which place is meant.</summary>
    private (string Way, string Text) Region(Division place)
    {
        var (province, city, district) = RegionNames.Of(place);
        if (city == district) (city, district) = (district, "");
        if (city == province) city = "";
        string[] levels = [province, city, district];
        var onlyOne = ByName[place.Name].Count() == 1;
        var onlyOneInProvince = ByName[place.Name].Count(d => d.Code[..2] == place.Code[..2]) == 1;
        return _random.Next(10) switch
        {
            0 or 1 => ("in full", string.Concat(levels)),
            2 => ("with blanks", string.Join(' ', levels.Where(l => l.Length > 0))),
            3 => ("short province", ShortProvince(province) + city + district),
            4 when city.Length > 0 && district.Length > 0 => ("without province", city + district),
            5 when onlyOneInProvince && district.Length > 0 => ("without city", province + district),
            6 when onlyOne && place.Level == DivisionLevel.District => ("district only", district.Length > 0 ? district : city),
            7 when city.EndsWith('市') && city.Length > 2 && district.Length > 2 => ("short city", ShortProvince(province) + city[..^1] + district),
            9 when city.EndsWith('市') && city.Length > 2 && place.Level == DivisionLevel.District && place.ShortName.Length > 1 && !PlaceNames.IsPartOfBanner(place.Name) => ("short everything", $"{ShortProvince(province)}{city[..^1]}{place.ShortName} "),
            8 => ("twice", string.Concat(levels) + string.Concat(levels)),
            _ => ("in full", string.Concat(levels)),
        };
    }

    private static string ShortProvince(string province) => province.StartsWith("内蒙古", StringComparison.Ordinal) || province.StartsWith("黑龙江", StringComparison.Ordinal) ? province[..3] : province[..2];

    private string Street(Division place)
    {
        if (_random.Next(2) == 0) return "";
        var streets = Streets[place.Code].Where(s => s.Kind != "quasi").ToList();
        return streets.Count == 0 ? "" : Of(streets).Name;
    }

    private string Who()
    {
        if (_random.Next(5) == 0) return Of(Whos);
        var given = GivenNames[_random.Next(GivenNames.Length)].ToString();
        return Surnames[_random.Next(Surnames.Length)] + given + (_random.Next(3) > 0 ? GivenNames[_random.Next(GivenNames.Length)] : "");
    }

    private T Of<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
